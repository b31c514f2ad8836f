/** A DNS-over-HTTPS responder on loopback that plays a university's DNS in the demo. It knows the records it is given, and no others. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface LocalDns {
  /** The address a resolver is configured with. */
  readonly url: string;
  stop(): Promise<void>;
}

const NO_ERROR = 0;
const NAME_ERROR = 3;
const TXT = 16;

/** @param records  TXT texts by domain. */
export async function startLocalDns(records: Readonly<Record<string, readonly string[]>>): Promise<LocalDns> {
  const server = createServer((request, response) => {
    const name = (new URL(request.url ?? "/", "http://localhost").searchParams.get("name") ?? "").replace(/\.$/, "");
    const texts = Object.hasOwn(records, name) ? (records[name] ?? []) : undefined;
    const Answer = texts?.map((text) => ({ name, type: TXT, TTL: 60, data: `"${text}"` }));
    response.setHeader("Content-Type", "application/dns-json");
    response.end(
      JSON.stringify({
        Status: texts === undefined ? NAME_ERROR : NO_ERROR,
        AD: false,
        Question: [{ name, type: TXT }],
        ...(Answer !== undefined && { Answer }),
      }),
    );
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a TCP server that listens has one
  return {
    url: `http://127.0.0.1:${port}/resolve`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}
