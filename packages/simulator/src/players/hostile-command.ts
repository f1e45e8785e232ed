import type { Command, MatchId, PlayerId, State } from "@matchforge/core";
import type { Random } from "../time/random.ts";
import { hostileGroupCommands } from "./hostile-group-commands.ts";
import { hostileMatchCommands } from "./hostile-match-commands.ts";
import { hostileProposals } from "./hostile-proposals.ts";
import { hostileServerCommands } from "./hostile-server-commands.ts";
import { hostileShardCommands } from "./hostile-shard-commands.ts";

/** What a hostile command is made of. */
export interface HostileOptions {
  readonly random: Random;
  readonly player: PlayerId;
  readonly state: State;
  /** The last match the player was in, over or not. */
  readonly lastMatch: MatchId;
}

/** A command no honest client would send, such as a compromised gateway or matcher could still put into the log. */
export function hostileCommand(options: HostileOptions): Command {
  const families = [
    hostileMatchCommands,
    hostileGroupCommands,
    hostileProposals,
    hostileShardCommands,
    hostileServerCommands,
  ];
  return options.random.pick(options.random.pick(families)(options));
}
