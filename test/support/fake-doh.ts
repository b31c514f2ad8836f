/** A DNS-over-HTTPS resolver on the loopback interface that says, or fails to say, whatever a test wants. */

import type { ServerResponse } from "node:http";

import { startLoopbackServer } from "./loopback-server.ts";

/** How the resolver behaves when asked about a name. */
export type DohBehaviour =
  /** NOERROR with these TXT records, one text each; none: the name exists and has no TXT record. */
  | { readonly kind: "records"; readonly texts: readonly string[]; readonly authenticated?: boolean }
  | { readonly kind: "no-such-name" }
  /** A DNS status such as 2, SERVFAIL. */
  | { readonly kind: "status"; readonly status: number }
  /** Takes the question and never answers. */
  | { readonly kind: "silence" }
  | { readonly kind: "delay"; readonly ms: number; readonly next: DohBehaviour }
  /** Any answer at all. */
  | { readonly kind: "raw"; readonly body: string; readonly httpStatus?: number; readonly contentType?: string };

export interface FakeDoh {
  /** What to configure as resolver. */
  readonly url: string;
  /** `127.0.0.1:<port>`. */
  readonly host: string;
  /** The names it was asked about, in order. */
  readonly asked: string[];
  /** Sets the behaviour for a name; names without one do not exist. */
  answer(name: string, behaviour: DohBehaviour): void;
  close(): Promise<void>;
}

/** Starts a resolver; `zone` gives TXT records by name. */
export async function startFakeDoh(zone: Readonly<Record<string, readonly string[]>> = {}): Promise<FakeDoh> {
  const behaviours = new Map<string, DohBehaviour>(
    Object.entries(zone).map(([name, texts]) => [name, { kind: "records", texts }]),
  );
  const asked: string[] = [];
  const server = await startLoopbackServer((request, response) => {
    const query = new URL(request.url ?? "", "http://localhost").searchParams;
    const name = query.get("name") ?? "";
    asked.push(name);
    behave(behaviours.get(name) ?? { kind: "no-such-name" }, name, response);
  });
  return {
    url: `${server.url}/dns-query`,
    host: server.host,
    asked,
    answer: (name, behaviour) => void behaviours.set(name, behaviour),
    close: server.close,
  };
}

function behave(behaviour: DohBehaviour, name: string, response: ServerResponse): void {
  switch (behaviour.kind) {
    case "records":
      send(response, toAnswer(name, 0, behaviour.texts, behaviour.authenticated ?? false));
      return;
    case "no-such-name":
      send(response, toAnswer(name, 3, [], false));
      return;
    case "status":
      send(response, toAnswer(name, behaviour.status, [], false));
      return;
    case "silence":
      return;
    case "delay":
      setTimeout(() => behave(behaviour.next, name, response), behaviour.ms);
      return;
    case "raw":
      send(response, behaviour.body, behaviour.httpStatus, behaviour.contentType);
      return;
  }
}

/** The JSON that public resolvers answer with; a TXT text is quoted in pieces of at most 255 characters. */
export function toAnswer(name: string, status: number, texts: readonly string[], authenticated: boolean): string {
  const records = texts.map((text) => ({ name, type: 16, TTL: 300, data: toPieces(text) }));
  const question = [{ name, type: 16 }];
  const flags = { TC: false, RD: true, RA: true, AD: authenticated, CD: false };
  return JSON.stringify({
    Status: status,
    ...flags,
    Question: question,
    ...(records.length > 0 && { Answer: records }),
  });
}

function toPieces(text: string): string {
  const pieces = text.match(/.{1,255}/gs) ?? [""];
  return pieces.map((piece) => `"${piece.replaceAll(/[\\"]/g, String.raw`\$&`)}"`).join(" ");
}

function send(response: ServerResponse, body: string, status = 200, contentType = "application/dns-json"): void {
  response.writeHead(status, { "content-type": contentType }).end(body);
}
