/** The development corpus: every document gives the hash, the path and the losses that its index states. */

import { expect } from "chai";

import { toHex } from "../../../src/core/bytes.ts";
import type { Claims } from "../../../src/core/claims.ts";
import type { JsonObject } from "../../../src/core/json.ts";
import { Refusal } from "../../../src/core/refusal.ts";
import { hashContent } from "../../../src/formats/blockcerts/hash-content.ts";
import type { MerkleProof } from "../../../src/formats/blockcerts/merkle-proof.ts";
import { blockcertsV2 } from "../../../src/formats/blockcerts-v2/blockcerts-v2.ts";
import { readSignature } from "../../../src/formats/blockcerts-v2/signature.ts";
import { readProofs } from "../../../src/formats/blockcerts-v3/proofs.ts";
import { blockcertsV3 } from "../../../src/formats/blockcerts-v3/blockcerts-v3.ts";
import type { Opened } from "../../../src/formats/format.ts";
import { foldOrdered } from "../../../src/merkle/ordered-tree.ts";
import { describeVectors, vectorText } from "../../support/vector-files.ts";
import { cellsOf, corpusDocument, corpusRows, type Row } from "./corpus.ts";

async function open(document: JsonObject): Promise<Opened> {
  const formats = [blockcertsV2, blockcertsV3].filter((format) => format.detect(document));
  expect(formats.length, "formats that detect it").to.equal(1);
  return formats[0]!.open(document);
}

async function claimsOf(row: Row): Promise<Claims> {
  const opened = await open(corpusDocument(row["file"]!));
  if (opened.kind === "refused") throw new Error(`${opened.finding.code} ${opened.finding.message}`);
  return opened.claims;
}

async function codeOf(row: Row): Promise<string> {
  const opened = await open(corpusDocument(row["file"]!));
  return opened.kind === "refused" ? opened.finding.code : "opened";
}

/** Whether each path leads from the stated leaf to the stated root. */
function pathsOf(document: JsonObject): readonly string[] {
  const proofs = document["signature"] === undefined ? merkleProofsOf(document) : [readSignature(document)];
  return proofs.map(({ targetHash, path, merkleRoot }) =>
    foldOrdered(targetHash, path).map(toHex).at(-1) === toHex(merkleRoot) ? "ok" : "BAD",
  );
}

function merkleProofsOf(document: JsonObject): readonly MerkleProof[] {
  return readProofs(document).flatMap((proof) => (proof.kind === "merkle" ? [proof.merkle] : []));
}

/** What is hashed for each Merkle proof; for an unproven document, the document. */
function contentsOf(document: JsonObject): readonly JsonObject[] {
  const { signature, proof, ...bare } = document;
  if (signature !== undefined) return [bare];
  if (proof === undefined) return [document];
  return readProofs(document)
    .filter(({ kind }) => kind === "merkle")
    .map(({ content }) => content);
}

describeVectors("blockcerts", "the Blockcerts corpus", () => {
  const rows = corpusRows();

  it("has 45 documents", () => {
    expect(rows.length).to.equal(45);
  });

  for (const row of rows.filter((one) => cellsOf(one, "hash_check").some((cell) => cell !== "-")))
    it(`${row["file"]}: hash ${row["hash_check"]}, path ${row["path_check"]}`, async () => {
      const { inclusions, anchors } = await claimsOf(row);
      const own = inclusions.slice(0, cellsOf(row, "hash_check").length);
      const hashes = own.map(({ leaf }) => (leaf.stated === leaf.computed ? "ok" : "MISMATCH"));
      expect(hashes).to.deep.equal(cellsOf(row, "hash_check"));
      expect(pathsOf(corpusDocument(row["file"]!))).to.deep.equal(cellsOf(row, "path_check"));
      const roots = own.map(({ root }) => root.stated === root.computed);
      expect(roots).to.deep.equal(own.map((_, at) => hashes[at] === "ok" && cellsOf(row, "path_check")[at] === "ok"));
      expect(anchors.map((anchor) => "inclusion" in anchor && anchor.inclusion)).to.deep.equal(inclusions);
    });

  for (const row of rows.filter((one) => cellsOf(one, "dropped").some((cell) => cell !== "-")))
    it(`${row["file"]}: dropped ${row["dropped"]}`, async () => {
      const losses = await Promise.all(
        contentsOf(corpusDocument(row["file"]!)).map(async (content) => (await hashContent(content)).losses),
      );
      expect(losses.map((one) => (one.length > 0 ? "yes" : "none"))).to.deep.equal(cellsOf(row, "dropped"));
    });

  const codes: Readonly<Record<string, string>> = {
    "valid-v1": "FORMAT_UNSUPPORTED",
    "valid-other-suite": "FORMAT_UNSUPPORTED",
    unmapped: "MEMBER_UNKNOWN",
    "own-vocab": "PROOF_MISSING",
    unsigned: "PROOF_MISSING",
  };
  for (const row of rows.filter((one) => codes[one["class"]!] !== undefined || one["version"]?.startsWith("1.")))
    it(`${row["file"]}: ${row["class"]}`, async () => {
      expect(await codeOf(row)).to.equal(codes[row["class"]!] ?? "FORMAT_UNSUPPORTED");
    });

  it("names what 3.0-beta leaves out", async () => {
    for (const row of rows.filter((one) => one["version"]!.startsWith("3.0-beta")))
      expect((await claimsOf(row)).unprotected).to.include("display");
  });

  it("reports nothing as unprotected in a document that is valid", async () => {
    for (const row of rows.filter((one) => one["class"] === "valid"))
      expect((await claimsOf(row)).unprotected, row["file"]).to.deep.equal([]);
  });
});

describeVectors("blockcerts/canonical", "hashContent", () => {
  const files: Readonly<Record<string, readonly [file: string, proof: number]>> = {
    "hashed-v2.0-alpha-py-valid.nq": ["documents/v2.0-alpha/py-valid.json", 0],
    "hashed-v3.0-ethereum-sepolia-v3.nq": ["documents/v3.0/ethereum-sepolia-v3.json", 0],
    "hashed-v3.1-mocknet-v3-valid-proof1.nq": ["documents/v3.1/mocknet-v3-valid.json", 0],
    "hashed-v3.1-mocknet-vc-v2-data-integrity-proof-multiple-signatures-proof0.nq": [
      "documents/v3.1/mocknet-vc-v2-data-integrity-proof-multiple-signatures.json",
      0,
    ],
    "hashed-v3.1-mocknet-vc-v2-data-integrity-proof-multiple-signatures-proof1.nq": [
      "documents/v3.1/mocknet-vc-v2-data-integrity-proof-multiple-signatures.json",
      1,
    ],
    "hashed-v3.1-schema-3.1-example-multisigned-proof1.nq": ["documents/v3.1/schema-3.1-example-multisigned.json", 0],
    "hashed-v3.2-mocknet-vc-v2-name-description-multilingual.nq": [
      "documents/v3.2/mocknet-vc-v2-name-description-multilingual.json",
      0,
    ],
    "hashed-vp-mocknet-verifiable-presentation.nq": ["documents/vp/mocknet-verifiable-presentation.json", 0],
  };
  for (const [name, [file, proof]] of Object.entries(files))
    it(`hashes exactly ${name}`, async () => {
      const { quads } = await hashContent(contentsOf(corpusDocument(file))[proof]!);
      expect(quads).to.equal(vectorText(`blockcerts/canonical/${name}`));
    });

  it("gives upstream's statements where the proof is left in", async () => {
    for (const [name, file] of [
      ["upstream-schema-3.0-example.nq", "documents/v3.0/schema-3.0-example.json"],
      ["upstream-schema-3.1-example-multisigned.nq", "documents/v3.1/schema-3.1-example-multisigned.json"],
    ]) {
      const outcome = await hashContent(corpusDocument(file!)).catch((error: unknown) => error);
      if (outcome instanceof Refusal || outcome instanceof Error) throw outcome;
      expect((outcome as { readonly quads: string }).quads).to.equal(vectorText(`blockcerts/canonical/${name}`));
    }
  });
});
