/** A did:web on the loopback interface, whose document a test publishes when it knows it. */

import { startLoopbackServer } from "./loopback-server.ts";

export interface WebIdentity {
  readonly did: string;
  /** What a verifier must be allowed to ask: `localhost:<port>`. */
  readonly host: string;
  /** Puts a JSON text there, or takes it away; gives what lay there before. */
  publish(document: string | undefined): string | undefined;
  close(): Promise<void>;
}

/** Starts with nothing published. */
export async function startWebIdentity(): Promise<WebIdentity> {
  let published: string | undefined;
  const server = await startLoopbackServer((request, response) => {
    const found = request.url === "/.well-known/did.json" ? published : undefined;
    response.writeHead(found === undefined ? 404 : 200, { "content-type": "application/did+json" }).end(found);
  });
  const port = new URL(server.url).port;
  return {
    did: `did:web:localhost%3A${port}`,
    host: `localhost:${port}`,
    publish: (document) => {
      const before = published;
      published = document;
      return before;
    },
    close: server.close,
  };
}
