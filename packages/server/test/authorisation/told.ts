/** A signed pass that somebody was told. */
export interface ToldPass {
  readonly who: string;
  readonly where: string;
  /** What kind it says it is. */
  readonly kind: string;
  readonly subject: string;
}

/** Everything that anybody was told, by whom and where they heard it. */
export class Told {
  readonly #heard: { readonly who: string; readonly where: string; readonly text: string }[] = [];

  hear(who: string, where: string, text: string): void {
    this.#heard.push({ who, where, text });
  }

  /** How much was listened to, by who listened. */
  get counts(): ReadonlyMap<string, number> {
    const groups = Map.groupBy(this.#heard, ({ who }) => who);
    return new Map([...groups].map(([who, all]) => [who, all.length]));
  }

  /** Who was told a secret, in whatever way JSON, a URL or a page could write it, with one place where they heard it. */
  whoHeard(secret: string): ReadonlyMap<string, string> {
    const forms = [...new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])];
    const hits = this.#heard.filter(({ text }) => forms.some((form) => text.includes(form)));
    return new Map(hits.map(({ who, where }) => [who, where]));
  }

  /** Every signed token in whatever was told. */
  passes(): readonly ToldPass[] {
    return this.#heard.flatMap(({ who, where, text }) =>
      [...text.matchAll(/eyJ[\w-]+\.(eyJ[\w-]+)\.[\w-]+/g)].map(([token, body = ""]) => {
        const { typ = "" } = decoded(token.split(".")[0] ?? "") as { readonly typ?: string };
        const { sub = "" } = decoded(body) as { readonly sub?: string };
        return { who, where, kind: typ, subject: sub };
      }),
    );
  }
}

function decoded(part: string): unknown {
  return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
}
