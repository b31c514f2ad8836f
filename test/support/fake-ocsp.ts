/** A revocation responder on the loopback interface: `GET /<anything>/0x<hash>`. */

import type { Hex } from "../../src/core/bytes.ts";
import { startLoopbackServer } from "./loopback-server.ts";

/** What the responder says of a node; nodes without an entry are good. */
export type OcspBehaviour =
  | { readonly kind: "good" }
  | { readonly kind: "revoked"; readonly reasonCode: number }
  | { readonly kind: "silence" }
  | { readonly kind: "redirect"; readonly location: string }
  /** Any answer at all. */
  | { readonly kind: "raw"; readonly body: string; readonly httpStatus?: number; readonly contentType?: string };

export interface FakeOcsp {
  /** What a document would state as `location`. */
  readonly url: string;
  /** `127.0.0.1:<port>`: what the operator must allow. */
  readonly host: string;
  /** Paths it was asked for, in order of arrival. */
  readonly asked: string[];
  answer(node: Hex, behaviour: OcspBehaviour): void;
  close(): Promise<void>;
}

export async function startFakeOcsp(): Promise<FakeOcsp> {
  const behaviours = new Map<string, OcspBehaviour>();
  const asked: string[] = [];
  const server = await startLoopbackServer((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    const node = path.slice(path.lastIndexOf("/") + 1);
    const behaviour = behaviours.get(node) ?? { kind: "good" };
    const send = (body: string, status = 200, type = "application/json") =>
      void response.writeHead(status, { "content-type": type }).end(body);
    switch (behaviour.kind) {
      case "good":
        return send(JSON.stringify({ revoked: false, documentHash: node }));
      case "revoked":
        return send(JSON.stringify({ revoked: true, documentHash: node, reasonCode: behaviour.reasonCode }));
      case "silence":
        return;
      case "redirect":
        response.writeHead(302, { location: behaviour.location }).end();
        return;
      case "raw":
        return send(behaviour.body, behaviour.httpStatus, behaviour.contentType);
    }
  });
  return {
    url: `${server.url}/ocsp`,
    host: server.host,
    asked,
    answer: (node, behaviour) => void behaviours.set(node, behaviour),
    close: server.close,
  };
}
