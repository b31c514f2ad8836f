/** The public test vectors of merkle-jcs-2026: made again they are the same, and the verifier reads them as they say. */

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { makeVectors, VECTORS_FILE } from "../../../scripts/make-merkle-jcs-vectors.ts";
import { toJcs } from "../../../src/canon/jcs.ts";
import { fromHex, toHexDigits } from "../../../src/core/bytes.ts";
import type { Json, JsonObject } from "../../../src/core/json.ts";
import { leafOf } from "../../../src/formats/w3c-vc-v2/anchor.ts";
import { parseProofValue } from "../../../src/formats/w3c-vc-v2/proof-value.ts";
import { w3cVcV2 } from "../../../src/formats/w3c-vc-v2/w3c-vc-v2.ts";
import { foldPositional } from "../../../src/merkle/positional-tree.ts";
import { firstFault } from "../../support/w3c-samples.ts";

interface Vectors {
  readonly canonical: readonly { readonly input: string; readonly canonical: string; readonly leaf?: string }[];
  readonly trees: readonly {
    readonly size: number;
    readonly root: string;
    readonly proofValues: Readonly<Record<string, string>>;
  }[];
  readonly documents: readonly {
    readonly document: JsonObject;
    readonly canonical: string;
    readonly leaf: string;
    readonly root: string;
    readonly signed: string;
  }[];
  readonly withheld: {
    readonly whole: JsonObject;
    readonly hidden: JsonObject;
    readonly credential: JsonObject;
    readonly root: string;
  };
  readonly refused: readonly { readonly what: string; readonly document: JsonObject; readonly root: string }[];
}

const ROOT = join(import.meta.dirname, "../../..");
const vectors = JSON.parse(readFileSync(join(ROOT, VECTORS_FILE), "utf8")) as Vectors;

describe("the vectors of merkle-jcs-2026", () => {
  it("are what their script makes", async () => {
    expect(await makeVectors()).to.deep.equal(vectors);
  });

  it("stand in the specification with the numbers it prints", () => {
    const page = readFileSync(join(ROOT, "docs/merkle-jcs-2026.md"), "utf8");
    const { trees } = vectors;
    const [one, , , , , , seven] = trees;
    for (const text of [one?.root, seven?.root, seven?.proofValues["4"], toHexDigits(leafOf({ i: 0 }))])
      expect(page).to.contain(text ?? "?");
  });

  it("give the canonical texts", () => {
    for (const { input, canonical, leaf } of vectors.canonical) {
      const value = JSON.parse(input) as Json;
      expect(toJcs(value)).to.equal(canonical);
      if (leaf !== undefined) expect(toHexDigits(leafOf(value as JsonObject))).to.equal(leaf);
    }
  });

  it("lead from every place to the root, and from no other place of the same tree", () => {
    for (const { size, root, proofValues } of vectors.trees) {
      for (const [place, text] of Object.entries(proofValues)) {
        const { index, path, ...rest } = parseProofValue(text);
        expect([rest.size, index]).to.deep.equal([size, Number(place)]);
        const leaf = leafOf({ i: index });
        expect(toHexDigits(foldPositional(leaf, path, { index, size })?.at(-1) ?? new Uint8Array())).to.equal(root);
        for (let other = 0; other < Math.min(size, 33); other++) {
          if (other === index) continue;
          const reached = foldPositional(leaf, path, { index: other, size })?.at(-1);
          expect(reached === undefined ? "" : toHexDigits(reached)).to.not.equal(root);
        }
      }
    }
  });

  it("hold as documents, and the parts of one may be withheld", async () => {
    for (const { document, canonical, leaf, root } of vectors.documents) {
      const { proof: _, ...content } = document;
      expect(toJcs(content)).to.equal(canonical);
      expect(toHexDigits(leafOf(content))).to.equal(leaf);
      expect(await firstFault(document, fromHex(root))).to.equal(undefined);
      const opened = await w3cVcV2.open(document);
      const [signature] = opened.kind === "opened" ? opened.claims.signatures : [];
      expect(signature?.kind === "data-integrity" && signature.message).to.equal(
        `0x${vectors.documents.find((one) => one.document === document)?.signed}`,
      );
    }
    const { root, ...forms } = vectors.withheld;
    for (const document of Object.values(forms)) expect(await firstFault(document, fromHex(root))).to.equal(undefined);
  });

  for (const { what, document, root } of vectors.refused) {
    it(`are not accepted with ${what}`, async () => {
      expect(await firstFault(document, fromHex(root))).to.not.equal(undefined);
    });
  }
});
