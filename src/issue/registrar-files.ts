/** What lies beside the documents: the registrar's index, and the facts of the batch. No salts, no contents. */

import type { Anchor } from "../core/ports/anchoring.ts";
import type { BatchOrder, SealedNotes } from "../core/ports/batches.ts";
import { VERSION } from "../core/version.ts";
import { csvLine } from "./csv-cell.ts";
import { filesOf, placeInFile } from "./document-files.ts";

/** Lines of `index.csv`: which file belongs to whom, and which line of it. */
export async function* indexLines(entries: AsyncIterable<SealedNotes>): AsyncGenerator<string> {
  yield csvLine(["row", "learner id", "file", "leaf"]);
  for await (const file of filesOf(entries))
    for (const [at, { row, learnerId, leaf }] of file.entries.entries())
      yield csvLine([String(row), learnerId ?? "", placeInFile(file, at), leaf]);
}

/** The text of `batch.info`: what anybody needs to find the batch on the chain, and to tell which files it was made from. */
export function batchFacts(order: BatchOrder, anchor: Anchor, count: number): string {
  const facts = {
    batch: order.id,
    format: order.format,
    root: anchor.root,
    chainId: anchor.chainId,
    store: anchor.store,
    account: order.account,
    ...(anchor.transaction !== undefined && { transaction: anchor.transaction }),
    block: anchor.block,
    count,
    rosterSha256: order.rosterDigest,
    templateSha256: order.templateDigest,
    createdAt: order.createdAt,
    version: VERSION,
  };
  return `${JSON.stringify(facts, null, 2)}\n`;
}
