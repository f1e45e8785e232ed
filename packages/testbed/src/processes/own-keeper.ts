import { lazy } from "../lazy.ts";
import { Keeper } from "./keeper.ts";

/** The one keeper of this process: it lives as long as the process does, so nobody has to stop it. */
export const ownKeeper = lazy(() => new Keeper());
