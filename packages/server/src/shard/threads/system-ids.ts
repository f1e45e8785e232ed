import type { Ids } from "matchforge";
import { uuidv7obj } from "uuidv7";

/** Fresh ids: UUIDv7 without dashes, so that they sort by time. */
export const systemIds: Ids = {
  next: (prefix) => `${prefix}_${uuidv7obj().toHex()}`,
};
