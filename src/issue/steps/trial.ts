/** One document, tried out before any money is spent: a signature that nobody could verify must not be anchored. */

import { fromHex, toUtf8 } from "../../core/bytes.ts";
import { TestamurError } from "../../core/errors.ts";
import type { Finding } from "../../core/findings.ts";
import type { Job } from "../job.ts";
import { placeOf, type BatchTree } from "../trees.ts";

/**
 * Lets our own verifier look for the issuer's key and check the first document's signature with it.
 *
 * @throws {TestamurError} `CHECK_FAILED` when the signature does not hold, or the issuer does not list its key;
 *   `NODE_UNAVAILABLE` while the issuer's document cannot be read.
 */
export async function trySignature(job: Job, batch: BatchTree): Promise<void> {
  if (!job.format.carriesSignature) return;
  const bytes = toUtf8(await firstDocument(job, batch));
  const { findings } = await (await job.ports.openChecker(1)).check(bytes);
  const signatures = findings.filter(({ aspect }) => aspect === "signature");
  const doubt = signatures.find(({ outcome }) => outcome === "unknown");
  if (doubt !== undefined) throw unsure(job, doubt);
  const bad = signatures.find(({ outcome }) => outcome !== "pass");
  if (bad === undefined) return;
  throw new TestamurError("CHECK_FAILED", `the documents' signature would not hold: ${bad.message}`, {
    next: "nothing was anchored; testamur key did shows the DID document to publish. A batch that is not anchored can be abandoned",
  });
}

/** With a stand-in for its block: the anchor is not what is tried. */
async function firstDocument(job: Job, batch: BatchTree): Promise<string> {
  const { chainId, store, id } = job.order;
  for await (const { sealed, signature } of job.ports.batches.readSealed(id)) {
    const signatures = signature === undefined ? [] : [fromHex(signature)];
    return job.format.attach(sealed, placeOf(batch, 0), { chainId, store, root: batch.root, block: 0 }, signatures);
  }
  throw new TestamurError("TREE_EMPTY", `batch ${id} has no credentials`);
}

function unsure(job: Job, doubt: Finding): TestamurError {
  return new TestamurError("NODE_UNAVAILABLE", `the documents' signature could not be checked: ${doubt.message}`, {
    next: `nothing was anchored; publish the DID document (testamur key did), then: testamur resume ${job.order.id}`,
  });
}
