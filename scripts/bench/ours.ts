/** Our side, written once for all rows: what a user of the library calls. */

import { randomBytes } from "node:crypto";

import { concatBytes, toHex } from "../../src/core/bytes.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { openAttestationV2 } from "../../src/formats/openattestation-v2/openattestation-v2.ts";
import { buildSortedTree } from "../../src/merkle/sorted-tree.ts";
import { PLACEMENT } from "./samples.ts";

/** Seals a batch, grows its tree and gives every document as text. */
export function wrapBatch(credentials: readonly JsonObject[]): readonly string[] {
  const sealed = credentials.map((credential) => openAttestationV2.seal(credential, PLACEMENT, (n) => randomBytes(n)));
  const { root, size, pathOf, indexOf } = buildSortedTree(concatBytes(...sealed.map(({ leaf }) => leaf)));
  const anchor = { ...PLACEMENT, root: toHex(root), block: 1 };
  return sealed.map(({ text, leaf }, at) =>
    openAttestationV2.attach(text, { leaf, path: pathOf(at), root, index: indexOf(at), size }, anchor, []),
  );
}

/** Whether digest and root of a document are what it states: the part of verifying that needs no network. */
export async function isIntact(document: JsonObject): Promise<boolean> {
  const opened = await openAttestationV2.open(document);
  return (
    opened.kind === "opened" &&
    opened.claims.inclusions.every(({ leaf, root }) => leaf.stated === leaf.computed && root.stated === root.computed)
  );
}
