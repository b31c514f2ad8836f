/** Our side, written once for all rows: what a user of the library calls. */

import { sealTask, type Threads } from "../../src/app/batch-threads.ts";
import { randomPool } from "../../src/app/random-pool.ts";
import { ByteWriter } from "../../src/core/byte-writer.ts";
import { concatBytes, fromUtf8 } from "../../src/core/bytes.ts";
import type { JsonObject } from "../../src/core/json.ts";
import type { Sealed } from "../../src/formats/format.ts";
import { openAttestationV2 } from "../../src/formats/openattestation-v2/openattestation-v2.ts";
import type { Sealing } from "../../src/issue/seal-each.ts";
import { buildSortedTree } from "../../src/merkle/sorted-tree.ts";
import { PLACEMENT } from "./samples.ts";

/** Credentials that travel to a thread together, as in the issuing job. */
const TOGETHER = 64;

/** Seals a batch in this thread, grows its tree and gives every document as text. */
export function wrapBatch(credentials: readonly JsonObject[]): readonly string[] {
  const random = randomPool();
  return attachAll(credentials.map((credential) => openAttestationV2.seal(credential, PLACEMENT, random)));
}

/** The same; the sealing is done by threads beside this one, as the issuing job does it. */
export async function wrapBatchInThreads(
  credentials: readonly JsonObject[],
  threads: Threads,
): Promise<readonly string[]> {
  const groups: Promise<readonly Sealing[]>[] = [];
  for (let at = 0; at < credentials.length; at += TOGETHER) {
    const group = credentials.slice(at, at + TOGETHER).map((credential) => ({ credential, placement: PLACEMENT }));
    groups.push(threads.run(sealTask("openattestation-v2", group)));
  }
  return attachAll((await Promise.all(groups)).flat().map(expectSealed));
}

function attachAll(sealed: readonly Pick<Sealed, "leaf" | "bytes">[]): readonly string[] {
  const { root, size, pathOf, indexOf } = buildSortedTree(concatBytes(...sealed.map(({ leaf }) => leaf)));
  const out = new ByteWriter();
  return sealed.map(({ bytes = new Uint8Array(), leaf }, at) => {
    out.clear();
    openAttestationV2.writeDocument(out, bytes, { leaf, path: pathOf(at), root, index: indexOf(at), size });
    return out.toText();
  });
}

export function expectSealed(sealing: Sealing): Sealed {
  if (sealing.kind === "sealed") {
    const { form, ...sealed } = sealing.sealed;
    return typeof form === "string"
      ? { ...sealed, text: form }
      : {
          ...sealed,
          bytes: new Uint8Array(form),
          get text() {
            return fromUtf8(form);
          },
        };
  }
  throw new Error(`a credential was refused: ${JSON.stringify(sealing.problems)}`);
}

/** Whether digest and root of a document are what it states: the part of verifying that needs no network. */
export async function isIntact(document: JsonObject): Promise<boolean> {
  const opened = await openAttestationV2.open(document);
  return (
    opened.kind === "opened" &&
    opened.claims.inclusions.every(({ leaf, root }) => leaf.stated === leaf.computed && root.stated === root.computed)
  );
}
