/** cert-verifier-js, unmodified: Blockcerts' own verifier, with its network replaced by what a test says. */

import { createRequire } from "node:module";
import { join } from "node:path";

import type { Hex } from "../../../src/core/bytes.ts";
import type { JsonObject } from "../../../src/core/json.ts";

const PEERS: string = join(import.meta.dirname, "..", "..", "peers");
const CLIENT = "@blockcerts/cert-verifier-js/dist/verifier-node/index.js";

/** What the test's chain says of any transaction. */
export interface ChainFact {
  readonly root: string;
  readonly sender: Hex;
  /** ISO 8601. */
  readonly time: string;
}

export interface StockVerdict {
  readonly status: string;
  readonly message: string;
}

interface Certificate {
  init(): Promise<void>;
  verify(): Promise<StockVerdict>;
}

interface StockClient {
  readonly Certificate: new (document: object, options: object) => Certificate;
}

/** The client, or undefined with a word on the terminal where the clients of other projects are not installed. */
export function findStockClient(): StockClient | undefined {
  try {
    return createRequire(join(PEERS, "package.json"))(CLIENT) as StockClient;
  } catch (error) {
    console.warn(`not asked, since it is not installed in test/peers: ${CLIENT} (${String(error).split("\n", 1)[0]})`);
    return undefined;
  }
}

/**
 * What the client says of a document.
 *
 * @param pages  what each address answers; any other address is refused.
 */
export async function askStockClient(
  client: StockClient,
  document: JsonObject,
  pages: Readonly<Record<string, JsonObject>>,
  fact: ChainFact,
): Promise<StockVerdict> {
  const realFetch = globalThis.fetch;
  const { error, warn } = console;
  console.error = console.warn = () => undefined; // it prints every verdict that is not good, and more
  globalThis.fetch = async (input) => {
    const url = new URL(input instanceof Request ? input.url : input);
    url.searchParams.delete("assertionId");
    const page = pages[url.href];
    return page === undefined ? Promise.reject(new Error(`refused: ${url.href}`)) : Response.json(page);
  };
  try {
    const explorer = {
      serviceURL: "http://127.0.0.1:1",
      priority: 0,
      apiType: "rpc",
      chainType: "eth",
      parsingFunction: async () => ({
        remoteHash: fact.root,
        issuingAddress: fact.sender,
        time: fact.time,
        revokedAddresses: [],
      }),
    };
    // it changes what it is given
    const certificate = new client.Certificate(structuredClone(document), { explorerAPIs: [explorer] });
    await certificate.init();
    return await certificate.verify();
  } finally {
    globalThis.fetch = realFetch;
    console.error = error;
    console.warn = warn;
  }
}
