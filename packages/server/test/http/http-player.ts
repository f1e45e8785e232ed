import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { PlayerId } from "@matchforge/core";
import type { ErrorCode, TicketRequest, TicketView } from "@matchforge/protocol";
import { ticketView } from "@matchforge/protocol/schemas";
import { Errors } from "typebox/value";
import { problemOf } from "./http-client.ts";

type Method = "GET" | "HEAD" | "POST" | "DELETE";

/** What a request says beside its address. */
export interface Sent {
  readonly body?: unknown;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** A client without a socket: requests as a player. */
export class HttpPlayer {
  readonly id: PlayerId;
  readonly #url: string;

  constructor(url: string, id: PlayerId) {
    this.#url = url;
    this.id = id;
  }

  /** The same player at another node. */
  at(url: string): HttpPlayer {
    return new HttpPlayer(url, this.id);
  }

  send(method: Method, path: string, { body, key, headers, signal }: Sent = {}): Promise<Response> {
    return fetch(`${this.#url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.id}`,
        ...(key !== undefined && { "idempotency-key": key }),
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal !== undefined && { signal }),
    });
  }

  /** Makes a ticket; answers it with the status. */
  async create(
    body: TicketRequest = { mode: "arena" },
    key: string = randomUUID(),
  ): Promise<{ status: number; ticket: TicketView }> {
    const response = await this.send("POST", "/tickets", { body, key });
    return { status: response.status, ticket: await ticketIn(response) };
  }

  /** How a ticket stands. */
  async look(
    id: string,
    query: { readonly wait?: number; readonly since?: string } = {},
  ): Promise<TicketView> {
    const text = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, `${value}`]));
    return ticketIn(await this.send("GET", `/tickets/${id}?${text}`));
  }

  /** Asks again with what is known until a ticket is as asked for. */
  async until(ticket: TicketView, isSo: (ticket: TicketView) => boolean): Promise<TicketView> {
    let now = ticket;
    while (!isSo(now)) now = await this.look(now.ticket_id, { wait: 5, since: now.version });
    return now;
  }

  async cancel(id: string): Promise<TicketView> {
    return ticketIn(await this.send("DELETE", `/tickets/${id}`));
  }

  /** The code with which a request is refused. */
  async refusal(method: Method, path: string, sent: Sent = {}): Promise<ErrorCode> {
    return (await problemOf(await this.send(method, path, sent))).code;
  }

  /** Says something of a match. */
  async act(match: string, step: string, body?: unknown): Promise<unknown> {
    const response = await this.send("POST", `/matches/${match}/${step}`, body === undefined ? {} : { body });
    const text = await response.text();
    assert.equal(response.status, 200, text);
    return JSON.parse(text);
  }

  /** The events of a ticket's stream, as they come. */
  async *events(id: string, sent: Sent = {}): AsyncGenerator<{ id: string; ticket: TicketView }> {
    const response = await this.send("GET", `/tickets/${id}/events`, sent);
    assert.equal(response.headers.get("content-type"), "text/event-stream; charset=utf-8");
    assert.ok(response.body !== null);
    let text = "";
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) {
        const fields = new Map(block.split("\n").map((line) => line.split(/: (.*)/s) as [string, string]));
        if (fields.get("event") !== "update") continue;
        const ticket = checked(JSON.parse(fields.get("data") ?? "null"));
        yield { id: fields.get("id") ?? "", ticket };
      }
    }
  }
}

async function ticketIn(response: Response): Promise<TicketView> {
  const text = await response.text();
  assert.ok(response.ok, `${response.status} ${text}`);
  return checked(JSON.parse(text));
}

function checked(ticket: unknown): TicketView {
  assert.deepEqual([...Errors(ticketView.answer, ticket)], [], JSON.stringify(ticket));
  return ticket as TicketView;
}
