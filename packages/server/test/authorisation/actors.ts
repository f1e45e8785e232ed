import type { AuthorisationRig } from "./authorisation-rig.ts";
import type { Scene } from "./scenes.ts";

const hourMs = 3_600_000;
const soon = () => Date.now() + hourMs;

/** Whoever may ask for something, and what they show; null for nothing. */
export const actors = {
  nobody: { is: "shows no token", token: async () => null },
  owner: {
    is: "the player whose ticket and match it is, or who leads the party",
    token: ({ tokens }, { owner: player }) => tokens.mint({ player, expiresAt: soon() }),
  },
  other: {
    is: "the opponent in the match, or a member of the party",
    token: ({ tokens }, { other: player }) => tokens.mint({ player, expiresAt: soon() }),
  },
  stranger: {
    is: "a player who has to do with none of it",
    token: ({ tokens }, { stranger: player }) => tokens.mint({ player, expiresAt: soon() }),
  },
  guest: {
    is: "a guest, whom the party has invited",
    token: ({ tokens }, { guest: player }) => tokens.mint({ player, guest: true, expiresAt: soon() }),
  },
  server: {
    is: "the game server itself, by its own token",
    token: ({ tokens }, { server }) => tokens.mint({ server, expiresAt: soon() }),
  },
  "other server": {
    is: "another game server, by its own token",
    token: ({ tokens }) => tokens.mint({ server: "server_other", expiresAt: soon() }),
  },
  credential: {
    is: "the game server, by its credential for the match",
    token: ({ passes }, { match, attempt }) => passes.credentialFor({ match, attempt }),
  },
  "old credential": {
    is: "a game server that the match had before, by its credential",
    token: ({ passes }, { match, attempt }) => passes.credentialFor({ match, attempt: attempt - 1 }),
  },
  "other credential": {
    is: "a game server, by its credential for another match",
    token: ({ passes }) => passes.credentialFor({ match: "match_other", attempt: 1 }),
  },
  "match ticket": { is: "shows the owner's match ticket", token: async (_, { matchTicket }) => matchTicket },
  expired: {
    is: "shows a token of the owner that has expired",
    token: ({ tokens }, { owner: player }) => tokens.mint({ player, expiresAt: Date.now() - hourMs }),
  },
  forged: {
    is: "shows a token of an operator, signed by somebody else",
    token: ({ forger }, { owner: player }) => forger.mint({ player, role: "admin", expiresAt: soon() }),
  },
  admin: {
    is: "an operator, who may play as well",
    token: ({ tokens }, { operator: player }) => tokens.mint({ player, role: "admin", expiresAt: soon() }),
  },
} as const satisfies Readonly<
  Record<
    string,
    {
      readonly is: string;
      readonly token: (rig: AuthorisationRig, scene: Scene) => Promise<string | null>;
    }
  >
>;
export type ActorName = keyof typeof actors;

/** All of them; the operator last, who changes most. */
export const actorNames = Object.keys(actors) as ActorName[];
