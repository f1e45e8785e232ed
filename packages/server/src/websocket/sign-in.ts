import { type ClientMessage, PROTOCOL_VERSION } from "@matchforge/protocol";
import { archivedMemory } from "../auth/archived-player.ts";
import type { GatewayDeps } from "./ports.ts";
import { Session } from "./session.ts";
import type { Connection } from "./socket/connection.ts";
import { defaultRating } from "./views/queue-update.ts";

type Auth = Extract<ClientMessage, { readonly type: "auth" }>;

const retryMs = 1_000;
/** Who was sent away by a fault of ours is reported as gone only if not back by then. */
const faultGraceMs = 15_000;

/** Signs players in and out: a connection counts once its `player.connected` stands in the log. */
export class SignIn {
  readonly #deps: GatewayDeps;
  readonly #replace: (session: Session) => void;
  readonly #isDraining: () => boolean;
  readonly #signedIn: (session: Session) => void;
  readonly #cancels = new Set<() => void>();

  constructor(options: {
    readonly deps: GatewayDeps;
    /** Makes a session the player's only one on this node. */
    readonly replace: (session: Session) => void;
    /** The node is on its way out. */
    readonly isDraining: () => boolean;
    /** The player has been told `auth.success`. */
    readonly signedIn: (session: Session) => void;
  }) {
    this.#deps = options.deps;
    this.#replace = options.replace;
    this.#isDraining = options.isDraining;
    this.#signedIn = options.signedIn;
  }

  take(connection: Connection, message: Auth): void {
    if (connection.session !== null || connection.isSigningIn) {
      return connection.refuse("ALREADY_AUTHENTICATED", message.id);
    }
    connection.isSigningIn = true;
    this.#signIn(connection, message)
      .catch((error: unknown) => {
        this.#deps.logger.error({ error }, "a player could not be signed in");
        connection.refuse("INTERNAL_ERROR", message.id);
      })
      .finally(() => {
        connection.isSigningIn = false;
      });
  }

  /**
   * Tells the shard that a connection has ended, until the shard knows. A fault of ours costs players nothing:
   * whoever was sent away gets time to come back, and a draining node leaves it to its own `node.draining`.
   */
  signOut(session: Session): void {
    if (session.connection.closedFor !== "serviceRestart") return this.#reportGone(session);
    if (!this.#isDraining()) this.#later(faultGraceMs, session);
  }

  /** Reports nobody any more. */
  stop(): void {
    for (const cancel of this.#cancels) cancel();
    this.#cancels.clear();
  }

  #reportGone(session: Session): void {
    const { node } = this.#deps;
    const { player, epoch } = session;
    if (this.#isDraining() || node.state.players.get(player)?.epoch !== epoch) return;
    void node.submit({ type: "player.disconnected", player, epoch }).then((outcome) => {
      if (!outcome.ok && outcome.code !== "DRAINING") this.#later(retryMs, session);
    });
  }

  #later(delayMs: number, session: Session): void {
    const cancel = this.#deps.clock.after(delayMs, () => {
      this.#cancels.delete(cancel);
      this.#reportGone(session);
    });
    this.#cancels.add(cancel);
  }

  async #signIn(connection: Connection, { id, data }: Auth): Promise<void> {
    const verified = await this.#deps.tokens.verify(data.token);
    if (!verified.ok) return connection.refuse(verified.code, id);
    const { identity } = verified;
    if (identity.role === "server") return connection.refuse("FORBIDDEN", id);
    const { pathPlayer } = connection;
    if (data.address !== undefined || (pathPlayer !== null && pathPlayer !== identity.player)) {
      return connection.refuse("IDENTITY_MISMATCH", id);
    }
    const { node, archive } = this.#deps;
    const { player, guest, expiresAt } = identity;
    const memory = await archivedMemory(archive, node.state, player);
    const outcome = await node.submit({
      type: "player.connected",
      player,
      node: node.key,
      guest,
      ...memory,
    });
    if (!outcome.ok) return connection.refuse(outcome.code, id, { retryAfterMs: retryMs });
    if (outcome.events.some((event) => event.type === "refused")) {
      return connection.refuse("STORE_UNAVAILABLE", id, { retryAfterMs: retryMs });
    }
    const instance = data.client ?? `${node.key}#${connection.id}`;
    const { records = [] } = memory;
    const session = new Session({ identity, epoch: outcome.position, connection, instance, records });
    if (!connection.isOpen) return this.signOut(session);
    // Between the entry and this moment the player may have connected elsewhere, or this node been given up.
    const isCurrent = node.state.players.get(player)?.epoch === session.epoch;
    if (!isCurrent)
      return connection.close(node.state.players.get(player)?.epoch ? "replaced" : "serviceRestart");
    connection.session = session;
    this.#replace(session);
    const rating = defaultRating(node.state, player);
    const success = {
      player_id: player,
      rating,
      session_expires: expiresAt,
      protocol_version: PROTOCOL_VERSION,
    };
    connection.send("auth.success", success, id);
    this.#signedIn(session);
  }
}
