/** An attacker's tricks against one document, each a line: what goes in, what we answer. Numbers are those of our list of attacks. */

import { expect } from "chai";
import fc from "fast-check";

import { concatBytes, fromHex, toHex, toHexDigits, toUtf8 } from "../../src/core/bytes.ts";
import type { Headline } from "../../src/core/findings.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { keccak256 } from "../../src/core/keccak.ts";
import { openAttestationV2 } from "../../src/formats/openattestation-v2/openattestation-v2.ts";
import { buildSortedTree } from "../../src/merkle/sorted-tree.ts";
import { verify } from "../../src/verify/verify.ts";
import { STORE, fakePorts } from "../support/fake-ports.ts";
import { holds } from "../support/property.ts";
import { seededRandom } from "../support/seeded-random.ts";

const placement = { chainId: 1337, store: STORE };

const credential = (name: string): JsonObject => ({
  name: "Bachelor of Laws",
  issuers: [
    {
      name: "University of Example",
      documentStore: STORE,
      identityProof: { type: "DNS-TXT", location: "uni.example" },
    },
  ],
  recipient: { name, passed: true, credits: 4, note: null },
  courses: [
    { title: "Torts", grade: "A" },
    { title: "Equity", grade: "F" },
  ],
  empty: {},
});

/** Four documents of one batch, as texts. */
const sealed = ["Zoë", "محمد", "李小龍", "Ann"].map((name, at) =>
  openAttestationV2.seal(credential(name), placement, seededRandom(at)),
);
const tree = buildSortedTree(concatBytes(...sealed.map(({ leaf }) => leaf)));
const texts = sealed.map(({ text, leaf }, at) =>
  openAttestationV2.attach(
    text,
    { leaf, path: tree.pathOf(at), root: tree.root, index: at, size: 4 },
    { ...placement, root: toHex(tree.root), block: 1 },
    [],
  ),
);
const good = texts[0] ?? "";

interface Signature {
  type: string;
  targetHash: string;
  proof: unknown[];
  merkleRoot: string;
}

/** The good document with its signature changed. */
function signed(change: (signature: Signature) => unknown): string {
  const document = JSON.parse(good) as { signature: Signature };
  change(document.signature);
  return JSON.stringify(document);
}

/** The good document with a member of `data` changed, the JSON text of its value given. */
function withData(change: (data: Record<string, unknown>) => unknown): string {
  const document = JSON.parse(good) as { data: Record<string, unknown> };
  change(document.data);
  return JSON.stringify(document);
}

function hiding(...hashes: unknown[]): string {
  return JSON.stringify({ ...(JSON.parse(good) as object), privacy: { obfuscatedData: hashes } });
}

const saltedTrue = /"[0-9a-f-]{36}:boolean:true"/.exec(good)?.[0] ?? "";
const first = (signature: Signature): string => String(signature.proof[0]);

const ATTACKS: readonly (readonly [number, string, string | Uint8Array, Headline])[] = [
  [1, "a name is changed", good.replace("Zoë", "Zoé"), "TAMPERED"],
  [
    1,
    "a salt is changed",
    good.replace(/"name":"(.)/, (_, digit: string) => `"name":"${digit === "0" ? "1" : "0"}`),
    "TAMPERED",
  ],
  [2, "a member is renamed", good.replace('"passed"', '"failed"'), "TAMPERED"],
  [3, "a member is added to the signed part", withData((data) => (data["extra"] = {})), "TAMPERED"],
  [3, "an unsalted member is added to the signed part", withData((data) => (data["extra"] = "text")), "MALFORMED"],
  [4, "a member is added beside the signed part", good.replace(/^\{/, '{"note":"cum laude",'), "MALFORMED"],
  [4, "a member is added to the signature", signed((signature) => Object.assign(signature, { note: 1 })), "MALFORMED"],
  [5, "a member is removed", withData((data) => delete data["courses"]), "TAMPERED"],
  [6, "a type tag is changed", good.replace(":boolean:true", ":string:true"), "TAMPERED"],
  [6, "a salted text becomes a bare boolean", good.replace(saltedTrue, "true"), "MALFORMED"],
  [7, "a value becomes an array of itself", good.replace(saltedTrue, `[${saltedTrue}]`), "TAMPERED"],
  [
    8,
    "an array becomes an object with numeric keys",
    withData((data) => (data["courses"] = Object.assign({}, data["courses"]))),
    "MALFORMED",
  ],
  [9, "an empty object is added", withData((data) => (data["more"] = {})), "TAMPERED"],
  [9, "an empty object becomes an empty array", withData((data) => (data["empty"] = [])), "TAMPERED"],
  [10, "an array is reordered", withData((data) => (data["courses"] as object[]).reverse()), "TAMPERED"],
  [11, "a key stands twice", good.replace('"passed"', '"passed":"x","passed"'), "MALFORMED"],
  [11, "a key stands twice, once in escapes", good.replace('"passed"', '"p\\u0061ssed":"x","passed"'), "MALFORMED"],
  [12, "a number no JavaScript holds", good.replace(saltedTrue, "9007199254740993"), "MALFORMED"],
  [12, "a number beyond all bounds", good.replace(saltedTrue, "1e400"), "MALFORMED"],
  [13, "a dotted key", withData((data) => (data["a.b"] = {})), "MALFORMED"],
  [13, "an empty key", withData((data) => (data[""] = {})), "MALFORMED"],
  [14, "a key __proto__", good.replace('"data":{', '"data":{"__proto__":{},'), "MALFORMED"],
  [14, "a key constructor", good.replace('"data":{', '"data":{"constructor":{},'), "MALFORMED"],
  [15, "a lone surrogate", good.replace("Zoë", "Zo\\ud800"), "MALFORMED"],
  [
    15,
    "bytes that are no UTF-8",
    concatBytes(toUtf8(good.slice(0, 50)), Uint8Array.of(0xc0, 0xaf), toUtf8(good.slice(50))),
    "MALFORMED",
  ],
  [15, "a byte order mark", `\ufeff${good}`, "MALFORMED"],
  [15, "a raw NUL", good.replace("Zoë", "Zo\u0000"), "MALFORMED"],
  [16, "another Unicode form of the same name", good.replace("Zoë", "Zoe\u0308"), "TAMPERED"],
  [19, "nesting without end", "[".repeat(100_000), "MALFORMED"],
  [
    19,
    "nesting without end inside the data",
    good.replace('"empty":{}', `"empty":${'{"a":'.repeat(80)}{}${"}".repeat(80)}`),
    "MALFORMED",
  ],
  [20, "something after the document", `${good} {}`, "MALFORMED"],
  [20, "two documents", `${good}\n${texts[1] ?? ""}`, "MALFORMED"],
  [20, "nothing at all", "", "MALFORMED"],
  [21, "a comment", good.replace("{", "{/* hello */"), "MALFORMED"],
  [21, "single quotes", good.replaceAll('"', "'"), "MALFORMED"],
  [21, "NaN", good.replace(saltedTrue, "NaN"), "MALFORMED"],
  [22, "a PDF", "%PDF-1.7\n%âãÏÓ", "MALFORMED"],
  [22, "a PNG", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), "MALFORMED"],
  [22, "a page of HTML", "<!doctype html><title>degree</title>", "MALFORMED"],
  [22, "a JSON text that is no object", '"degree"', "MALFORMED"],
  [22, "an object that is no document", '{"hello":"world"}', "MALFORMED"],
  [23, "a version nobody knows", good.replace("/2.0/schema.json", "/9.0/schema.json"), "UNSUPPORTED"],
  [
    24,
    "the label of version 3 on the shape of version 2",
    good.replace("/2.0/schema.json", "/3.0/schema.json"),
    "MALFORMED",
  ],
  [
    30,
    "the hash of a visible value among the hidden",
    hiding(toHexDigits(keccak256(toUtf8(JSON.stringify({ empty: {} }))))),
    "MALFORMED",
  ],
  [30, "a hidden hash twice", hiding("ab".repeat(32), "ab".repeat(32)), "MALFORMED"],
  [31, "a hidden hash too short", hiding("ab".repeat(31)), "MALFORMED"],
  [31, "a hidden hash in capitals", hiding("AB".repeat(32)), "MALFORMED"],
  [31, "a hidden hash with 0x", hiding(`0x${"ab".repeat(31)}`), "MALFORMED"],
  [31, "a hidden hash with something after it", hiding(`${"ab".repeat(32)} `), "MALFORMED"],
  [31, "a hidden hash that is no text", hiding({}), "MALFORMED"],
  [31, "a hidden hash of our own making", hiding("ab".repeat(32)), "TAMPERED"],
  [
    37,
    "a value is put in again with another salt",
    good.replace(saltedTrue, `"${"0".repeat(8)}-0000-4000-8000-${"0".repeat(12)}:boolean:true"`),
    "TAMPERED",
  ],
  [
    38,
    "data of one document, proof of another",
    JSON.stringify({ ...(JSON.parse(good) as object), data: (JSON.parse(texts[1] ?? "") as { data: object }).data }),
    "TAMPERED",
  ],
  [
    39,
    "hidden hashes without end",
    hiding(...Array.from({ length: 100_001 }, (_, at) => at.toString(16).padStart(64, "0"))),
    "MALFORMED",
  ],
  [
    41,
    "an inner node given as the leaf",
    signed((signature) => Object.assign(signature, { targetHash: first(signature), proof: signature.proof.slice(1) })),
    "TAMPERED",
  ],
  [
    42,
    "the root given as the leaf, without a path",
    signed((signature) => Object.assign(signature, { targetHash: signature.merkleRoot, proof: [] })),
    "TAMPERED",
  ],
  [46, "a path of 65 steps", signed((signature) => (signature.proof = Array(65).fill("ab".repeat(32)))), "MALFORMED"],
  [46, "a path one step too long", signed((signature) => signature.proof.push("ab".repeat(32))), "TAMPERED"],
  [46, "a path one step too short", signed((signature) => signature.proof.pop()), "TAMPERED"],
  [47, "a sibling of 31 bytes", signed((signature) => (signature.proof[0] = "ab".repeat(31))), "MALFORMED"],
  [47, "a sibling of 33 bytes", signed((signature) => (signature.proof[0] = "ab".repeat(33))), "MALFORMED"],
  [
    47,
    "a sibling in capitals",
    signed((signature) => (signature.proof[0] = first(signature).toUpperCase())),
    "MALFORMED",
  ],
  [47, "a sibling with 0x", signed((signature) => (signature.proof[0] = `0x${first(signature)}`)), "MALFORMED"],
  [47, "a sibling that is null", signed((signature) => (signature.proof[0] = null)), "MALFORMED"],
  [47, "a sibling that is an object", signed((signature) => (signature.proof[0] = {})), "MALFORMED"],
  [47, "a path that is no list", signed((signature) => Object.assign(signature, { proof: "" })), "MALFORMED"],
  [
    49,
    "the path of another document",
    signed((signature) =>
      Object.assign(signature, { proof: (JSON.parse(texts[1] ?? "") as { signature: Signature }).signature.proof }),
    ),
    "TAMPERED",
  ],
  [
    54,
    "a root in capitals",
    signed((signature) => (signature.merkleRoot = signature.merkleRoot.toUpperCase())),
    "MALFORMED",
  ],
  [55, "another algorithm's name", signed((signature) => (signature.type = "SHA2MerkleProof")), "MALFORMED"],
  [55, "no proof at all", JSON.stringify({ ...(JSON.parse(good) as object), signature: undefined }), "TAMPERED"],
];

async function headlineOf(document: string | Uint8Array): Promise<Headline> {
  let asked = 0;
  const counting = fakePorts({ chain: { viewOf: async (id) => (asked++, fakePorts().chain.viewOf(id)) } });
  const report = await verify(typeof document === "string" ? toUtf8(document) : document, {}, counting);
  if (report.findings.some((found) => found.aspect === "integrity" && found.outcome === "fail")) {
    expect(asked, "asked the network after integrity had failed").to.equal(0);
    expect(report.credential, "reported contents as fact").to.equal(undefined);
    expect(report.issuer).to.equal(undefined);
  }
  return report.headline;
}

describe("attacks on a document", () => {
  it("leave the four documents of the batch valid", async () => {
    for (const text of texts) expect(await headlineOf(text)).to.equal("VALID");
  });

  it("do not make a difference of white space or of the order of members", async () => {
    expect(await headlineOf(JSON.stringify(JSON.parse(good), null, 2))).to.equal("VALID");
    expect(
      await headlineOf(JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(good) as object).toReversed()))),
    ).to.equal("VALID");
  });

  for (const [number, trick, document, headline] of ATTACKS) {
    it(`${number}: ${trick} → ${headline}`, async () => {
      expect(document, "the trick changed nothing").not.to.equal(good);
      expect(await headlineOf(document)).to.equal(headline);
    });
  }

  it("leave no mark on the objects of everybody", async () => {
    await headlineOf(good.replace('"data":{', '"data":{"__proto__":{"polluted":"x"},'));
    expect(({} as { polluted?: string }).polluted).to.equal(undefined);
  });

  it("1: any flipped bit of any byte is never valid, unless it is white space at the end", async () => {
    const bytes = toUtf8(good.trimEnd());
    await holds(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(7), async (at, bit) => {
        const flipped = bytes.slice();
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
        expect(await headlineOf(flipped)).not.to.equal("VALID");
      }),
      5,
    );
  });

  it("43, 45: a leaf cannot be two nodes, and nothing is a document of zero hashes", async () => {
    const zero = "00".repeat(32);
    expect(
      await headlineOf(
        signed((signature) => Object.assign(signature, { targetHash: zero, merkleRoot: zero, proof: [] })),
      ),
    ).to.equal("TAMPERED");
    expect(fromHex(zero)).to.have.length(32);
  });

  it("70: hostile sizes are refused in little time", async () => {
    const started = performance.now();
    await headlineOf(`{"a":"${"x".repeat(17 * 1024 * 1024)}"}`);
    await headlineOf(`[${"0,".repeat(1_000_000)}0]`);
    // a long name that would be repeated for each of many entries, and for each list on the way to them
    const lists = Array(440)
      .fill(`${"[".repeat(59)}0${"]".repeat(59)}`)
      .join(",");
    const longPaths = withData((data) => Object.assign(data, { long: 0 })).replace(
      '"long":0',
      `"${"k".repeat(75_000)}":[${lists}]`,
    );
    expect(await headlineOf(longPaths)).to.equal("MALFORMED");
    const third = {
      type: "OpenAttestationMerkleProofSignature2018",
      proofPurpose: "assertionMethod",
      proofs: [],
      privacy: { obfuscated: [] },
    };
    const digests = { targetHash: "0".repeat(64), merkleRoot: "0".repeat(64), salts: "W10=" };
    const version = "https://schema.openattestation.com/3.0/schema.json";
    const values = Array(9_990).fill(0);
    expect(
      await headlineOf(JSON.stringify({ version, ["k".repeat(16_400)]: values, proof: { ...third, ...digests } })),
    ).to.equal("MALFORMED");
    expect(performance.now() - started).to.be.lessThan(2_000);
  });
});
