/**
 * Writes the test vectors of docs/merkle-jcs-2026.md: `node scripts/make-merkle-jcs-vectors.ts`. The trees are made by
 * the definition (test/support/reference-tree.ts), not by the code that issues; a test reads the file with the verifier.
 */
import { mkdir, writeFile } from "node:fs/promises";

import { toJcs } from "../src/canon/jcs.ts";
import { toHexDigits, type Digest } from "../src/core/bytes.ts";
import { isObject, memberOf, objectOf, textOf, type Json, type JsonObject } from "../src/core/json.ts";
import { leafOf } from "../src/formats/w3c-vc-v2/anchor.ts";
import { ANCHOR_NONCE, ANCHOR_STORE, MAY_WITHHOLD } from "../src/formats/w3c-vc-v2/names.ts";
import { parseProofValue, toProofValue } from "../src/formats/w3c-vc-v2/proof-value.ts";
import { referencePath, referenceRoot, treeHash } from "../test/support/reference-tree.ts";
import { badge, drafts, issue, ISSUED_SUITES, PLACEMENT } from "../test/support/w3c-samples.ts";

export const VECTORS_FILE: string = "test/vectors-own/merkle-jcs-2026.json";

/** Sizes beside which a power of two lies: where trees change their shape. */
const EDGES: readonly number[] = [63, 64, 65, 127, 128, 129, 255, 256, 257];

/** JSON texts whose canonical form is easily got wrong. */
const CORNERS: readonly string[] = [
  '{"\\u20ac":1,"\\r":2,"\\ufb33":3,"1":4,"\\ud83d\\ude00":5,"\\u0080":6,"\\u00f6":7}',
  "[-0,1e21,1E-7,1.0,100,0.000001,333333333.33333329,4.5e-324]",
  '"\\u0000\\u001f\\b\\t\\n\\f\\r\\"\\\\\\/\\u007f\\u2028"',
  '{"\\u00e9":"NFC","e\\u0301":"NFD"}',
  '{"b":[],"a":{},"":null}',
];

/** Everything the file holds: the same in every run. */
export async function makeVectors(): Promise<JsonObject> {
  return {
    about: "Test vectors of the cryptosuite merkle-jcs-2026; bytes are hexadecimal, digests Keccak-256.",
    canonical: CORNERS.map((text) => toCanonicalVector(JSON.parse(text) as Json, text)),
    trees: [...Array.from({ length: 33 }, (_, at) => at + 1), ...EDGES].map(toTreeVector),
    documents: await Promise.all(ISSUED_SUITES.map(toDocumentVector)),
    withheld: await toWithheldVector(),
    refused: await toRefusedVectors(),
  };
}

function toCanonicalVector(value: Json, input: string): JsonObject {
  const leaf = isObject(value) ? { leaf: toHexDigits(leafOf(value)) } : {};
  return { input, canonical: toJcs(value), ...leaf };
}

/** The tree over the leaves of `{"i":0}`, `{"i":1}` and so on; every place in small trees, some in larger ones. */
function toTreeVector(size: number): JsonObject {
  const leaves = Array.from({ length: size }, (_, i) => leafOf({ i }));
  const places = size <= 33 ? leaves.keys().toArray() : [0, size >> 1, size - 2, size - 1];
  return {
    size,
    treeHash: toHexDigits(treeHash(leaves)),
    root: toHexDigits(referenceRoot(leaves)),
    proofValues: Object.fromEntries(places.map((index) => [index, proofValueOf(leaves, index)])),
  };
}

function proofValueOf(leaves: readonly Digest[], index: number): string {
  return toProofValue({ size: leaves.length, index, path: referencePath(leaves, index) });
}

async function toDocumentVector(suite: (typeof ISSUED_SUITES)[number]): Promise<JsonObject> {
  const { document, root, sealed } = await issue(badge({ proof: drafts(suite) }), { suite, size: 5, index: 2 });
  const { proof: _, ...content } = document;
  return {
    suite,
    document,
    canonical: toJcs(content),
    leaf: toHexDigits(sealed.leaf),
    size: 5,
    index: 2,
    root: toHexDigits(root),
    signed: toHexDigits(sealed.toSign ?? new Uint8Array()),
  };
}

async function toWithheldVector(): Promise<JsonObject> {
  const pointers = ["/description", "/credentialSubject/result/1"];
  const { document, root } = await issue(badge({ description: "With honours", [MAY_WITHHOLD]: pointers }));
  const hidden = { ...document, disclosures: [] };
  return { whole: document, hidden, credential: objectOf(document, "credential") ?? {}, root: toHexDigits(root) };
}

/** Documents that must not be accepted, each with the thing that was done to it. */
async function toRefusedVectors(): Promise<Json> {
  const { document, root } = await issue();
  const [signature = {}, anchor = {}] = (memberOf(document, "proof") ?? []) as readonly JsonObject[];
  const { store } = PLACEMENT;
  const withAnchor = (members: JsonObject): JsonObject => ({
    ...document,
    proof: [signature, { ...anchor, ...members }],
  });
  const leaves = Array.from({ length: 5 }, (_, i) => leafOf({ i }));
  const cases: Readonly<Record<string, JsonObject>> = {
    "a value changed": { ...document, name: "Master of Science" },
    "a member added": { ...document, description: "With honours" },
    "a size one larger": withAnchor({ proofValue: reshape(anchor, { size: 6 }) }),
    "another index": withAnchor({ proofValue: reshape(anchor, { index: 3 }) }),
    "path items swapped": withAnchor({ proofValue: reshape(anchor, {}, (path) => path.toReversed()) }),
    "a path item missing": withAnchor({ proofValue: reshape(anchor, {}, (path) => path.slice(1)) }),
    "a path item more": withAnchor({ proofValue: reshape(anchor, {}, (path) => [...path, ...path.slice(0, 1)]) }),
    "the path of another document": withAnchor({ proofValue: proofValueOf(leaves, 2) }),
    "a number in more bytes than it takes": withAnchor({ proofValue: "uhAEYBQKA" }),
    "a byte after the end": withAnchor({ proofValue: "uhAEBAIAA" }),
    "another chain": { ...document, [ANCHOR_STORE]: `eip155:1:${store}` },
    "another store": { ...document, [ANCHOR_STORE]: `eip155:31337:${store.slice(0, -1)}4` },
    "a store in capitals": { ...document, [ANCHOR_STORE]: `eip155:31337:${store.toUpperCase().replace("X", "x")}` },
    "a nonce of 15 bytes": { ...document, [ANCHOR_NONCE]: "uAAAAAAAAAAAAAAAAAAAA" },
    "an anchor proof with a date": withAnchor({ created: "2026-06-30T12:00:00Z" }),
    "no signature": { ...document, proof: [anchor] },
    "no anchor": { ...document, proof: [signature] },
    "an anchor of another issuer's store": withAnchor({ verificationMethod: "did:web:other.example#store-1" }),
  };
  return Object.entries(cases).map(([what, altered]) => ({ what, document: altered, root: toHexDigits(root) }));
}

function reshape(
  anchor: JsonObject,
  place: { readonly size?: number; readonly index?: number },
  change: (path: readonly Digest[]) => readonly Digest[] = (path) => path,
): string {
  const stated = parseProofValue(textOf(anchor, "proofValue") ?? "");
  return toProofValue({ ...stated, ...place, path: change(stated.path) });
}

/** One member a line, long enough to read and short enough to compare. */
function toText(vectors: JsonObject): string {
  const lines = Object.entries(vectors).map(([name, value]) => {
    const items = Array.isArray(value)
      ? `[\n    ${value.map((item) => JSON.stringify(item)).join(",\n    ")}\n  ]`
      : JSON.stringify(value);
    return `  ${JSON.stringify(name)}: ${items}`;
  });
  return `{\n${lines.join(",\n")}\n}\n`;
}

if (import.meta.main) {
  await mkdir("test/vectors-own", { recursive: true });
  await writeFile(VECTORS_FILE, toText(await makeVectors()));
}
