/** A batch of Blockcerts 3.2, made as an issuer makes it. */

import { concatBytes, toHex, type Digest, type Hex } from "../../src/core/bytes.ts";
import { blockcertsV3 } from "../../src/formats/blockcerts-v3/blockcerts-v3.ts";
import { buildOrderedTree } from "../../src/merkle/ordered-tree.ts";
import { CHAIN_ID, diploma } from "../../test/support/blockcerts-issuer.ts";
import { PLACEMENT } from "./samples.ts";

/**
 * Seals a batch, grows its tree, has the root anchored and gives every document as text.
 *
 * @param anchor  puts the root on record; returns the transaction.
 */
export async function issueBlockcerts(
  count: number,
  random: (count: number) => Uint8Array,
  anchor: (root: Digest) => Hex | Promise<Hex>,
): Promise<readonly string[]> {
  const place = { ...PLACEMENT, chainId: CHAIN_ID };
  const sealed = [];
  for (let learner = 0; learner < count; learner++)
    sealed.push(await blockcertsV3.seal(diploma(learner), place, random));
  const { root, size, pathOf, indexOf } = buildOrderedTree(concatBytes(...sealed.map(({ leaf }) => leaf)));
  const record = { ...place, root: toHex(root), transaction: await anchor(root), block: 1 };
  return sealed.map(({ text, leaf }, at) =>
    blockcertsV3.attach(text, { leaf, path: pathOf(at), root, index: indexOf(at), size }, record, []),
  );
}
