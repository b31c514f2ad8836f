/** Stores of the newer generation (OpenAttestation 4): they want root, leaf and path, and consult root and leaf only. */

import type { Hex } from "../core/bytes.ts";
import type { Inclusion } from "../core/claims.ts";
import type { Answer } from "../core/ports/answer.ts";
import type { StoreRevocation } from "../core/ports/chain.ts";
import { parseBool, selectorOf } from "./abi-answers.ts";
import { answer, silent } from "./answers.ts";
import type { BlockReads } from "./block-reads.ts";
import { reasonOf } from "./rpc-outcome.ts";
import { provenCall } from "./store-calls.ts";
import { PLAIN_CALL_GAS } from "./store-nodes.ts";

/** `InvalidDocument`: the path does not lead to a root of this store. */
const INVALID_DOCUMENT = "0xc45a8d98";
/** `DocumentNotIssued`. */
const DOCUMENT_NOT_ISSUED = "0x517eeb7d";

export interface ProvenStanding {
  readonly issued: boolean;
  readonly final: boolean;
  readonly revocation?: StoreRevocation;
}

/** These stores keep no block numbers, so nothing is said of when. */
export async function readProvenStanding(
  store: Hex,
  inclusion: Inclusion,
  reads: BlockReads,
  finalReads: BlockReads | undefined,
): Promise<Answer<ProvenStanding>> {
  const root = inclusion.root.computed;
  const leaf = inclusion.leaf.computed;
  const [issued, before, revoked, rootRevoked] = await Promise.all([
    ask(reads, store, provenCall("isIssued", root, leaf, inclusion.path)),
    finalReads === undefined
      ? answer(false)
      : ask(finalReads, store, provenCall("isIssued", root, leaf, inclusion.path)),
    ask(reads, store, provenCall("isRevoked", root, leaf, inclusion.path)),
    ask(reads, store, provenCall("isRevoked", root, root, [])),
  ]);
  if (issued.kind === "silent") return issued;
  if (before.kind === "silent") return before;
  if (revoked.kind === "silent") return revoked;
  const isWhole = rootRevoked.kind === "answer" && rootRevoked.value;
  return answer({
    issued: issued.value,
    final: before.value,
    ...(revoked.value && { revocation: { node: isWhole ? root : leaf } }),
  });
}

/** Strictly a bool, or one of the two refusals that say "not here"; anything else is silence. */
async function ask(reads: BlockReads, store: Hex, data: Hex): Promise<Answer<boolean>> {
  const called = await reads.call({ to: store, data, gas: PLAIN_CALL_GAS });
  if (called.kind === "ok") {
    const value = parseBool(called.value);
    // before it was deployed, a store answers with nothing at all
    if (value === undefined && called.value === "0x") return answerOfNobody(reads, store);
    return value === undefined ? silent(`the contract at ${store} does not answer with true or false`) : answer(value);
  }
  const isRefusal =
    called.kind === "reverted" && [INVALID_DOCUMENT, DOCUMENT_NOT_ISSUED].includes(selectorOf(called.data));
  return isRefusal ? answer(false) : silent(`store ${store}: ${reasonOf(called)}`);
}

async function answerOfNobody(reads: BlockReads, store: Hex): Promise<Answer<boolean>> {
  const code = await reads.codeOf(store);
  return code.kind === "ok" && code.value === "0x" ? answer(false) : silent(`the contract at ${store} answers nothing`);
}
