/** cert-verifier-js, unmodified: Blockcerts' own verifier, asking a node of ours and a web that a test has written. */

import { createRequire } from "node:module";
import { join } from "node:path";

import type { JsonObject } from "../../src/core/json.ts";
import type { LocalNode } from "../support/local-node.ts";
import { withPages, type Pages } from "../support/pages.ts";

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

const { Certificate } = createRequire(join(import.meta.dirname, "package.json"))(
  "@blockcerts/cert-verifier-js/dist/verifier-node/index.js",
) as StockClient;

/** What the client says of a document; trouble of its own counts as a failure, as it does to whoever uses it. */
export async function askBlockcerts(document: JsonObject, node: LocalNode, pages: Pages): Promise<StockVerdict> {
  const { error, warn, log } = console;
  console.error = console.warn = console.log = () => undefined; // it prints every verdict that is not good, and more
  try {
    return await withPages(pages, async () => {
      const explorer = {
        serviceURL: node.url,
        priority: 0,
        apiType: "rpc",
        chainType: "eth",
        parsingFunction: async (of: { readonly transactionId: string }) => readTransaction(node, of.transactionId),
      };
      const certificate = new Certificate(structuredClone(document), { explorerAPIs: [explorer] }); // it changes what it is given
      await certificate.init();
      return await certificate.verify();
    });
  } catch (trouble) {
    return { status: "failure", message: String(trouble) };
  } finally {
    Object.assign(console, { error, warn, log });
  }
}

/** What an explorer would say of a mined, successful transaction. */
async function readTransaction(node: LocalNode, id: string): Promise<object> {
  const hash = id.startsWith("0x") ? id : `0x${id}`;
  const [transaction, receipt] = (await Promise.all([
    node.request("eth_getTransactionByHash", [hash]),
    node.request("eth_getTransactionReceipt", [hash]),
  ])) as [Record<string, string> | null, Record<string, string> | null];
  if (transaction === null || receipt?.["status"] !== "0x1") throw new Error(`no such transaction: ${hash}`);
  const block = (await node.request("eth_getBlockByNumber", [receipt["blockNumber"], false])) as Record<string, string>;
  return {
    remoteHash: transaction["input"]?.slice(2),
    issuingAddress: transaction["from"],
    time: new Date(Number(block["timestamp"]) * 1000).toISOString(),
    revokedAddresses: [],
  };
}
