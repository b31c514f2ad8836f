/** proofValue: upstream's vectors byte for byte in both spellings, and every second reading refused. */

import { expect } from "chai";
import fc from "fast-check";

import { toMultibase58 } from "../../../src/core/base58.ts";
import { fromHex, toHex, toHexDigits } from "../../../src/core/bytes.ts";
import { toCborBytes, type Cbor } from "../../../src/core/cbor.ts";
import { Refusal } from "../../../src/core/refusal.ts";
import { toJsonPath, type MerkleProof } from "../../../src/formats/blockcerts/merkle-proof.ts";
import { toBLink, type ChainName, type ProofAnchor } from "../../../src/formats/blockcerts/networks.ts";
import { parseProofValue, toProofValue, type Spelling } from "../../../src/formats/blockcerts-v3/proof-value.ts";
import { holds } from "../../support/property.ts";
import { describeVectors, vectorText } from "../../support/vector-files.ts";

interface Decoded {
  readonly path: readonly Readonly<Record<"left" | "right", string>>[];
  readonly merkleRoot: string;
  readonly targetHash: string;
  readonly anchors: readonly [string];
}

interface Vectors {
  readonly encode: readonly { readonly style: Spelling; readonly decoded: Decoded; readonly proofValue: string }[];
}

interface DecodedDocuments {
  readonly proofs: readonly {
    readonly document: string;
    readonly style: Spelling;
    readonly proofValue: string;
    readonly decoded: Decoded;
  }[];
}

function fromDecoded({ path, merkleRoot, targetHash, anchors: [link] }: Decoded): MerkleProof {
  const [, chain = "", network = "", id = ""] = link.split(":");
  const anchor: ProofAnchor = { chain: chain as ChainName, network, transaction: id.replace(/^0x/, "") };
  const steps = path.map(({ left, right }) =>
    left === undefined
      ? { side: "right" as const, digest: fromHex(right ?? "") }
      : { side: "left" as const, digest: fromHex(left) },
  );
  return { path: steps, merkleRoot: fromHex(merkleRoot), targetHash: fromHex(targetHash), anchor };
}

function codeOf(proofValue: string): string {
  try {
    parseProofValue(proofValue);
    return "read";
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error);
  }
}

describeVectors("blockcerts/proofvalue", "proofValue of the Blockcerts corpus", () => {
  const vectors = JSON.parse(vectorText("blockcerts/proofvalue/vectors.json")) as Vectors;
  const documents = JSON.parse(vectorText("blockcerts/proofvalue/documents.json")) as DecodedDocuments;

  vectors.encode.forEach(({ style, decoded, proofValue }, at) => {
    it(`vector ${at} (${style}) is written and read byte for byte`, () => {
      expect(toProofValue(fromDecoded(decoded), style)).to.equal(proofValue);
      expect(parseProofValue(proofValue)).to.deep.equal({ ...fromDecoded(decoded), spelling: style });
    });
  });

  documents.proofs.forEach(({ document, style, proofValue, decoded }, at) => {
    it(`proof ${at} of ${document} reads as decoded and is written the same again`, () => {
      const proof = parseProofValue(proofValue);
      expect(proof.spelling).to.equal(style);
      expect(toJsonPath(proof.path)).to.deep.equal(decoded.path);
      expect(toHexDigits(proof.targetHash)).to.equal(decoded.targetHash);
      expect(toHexDigits(proof.merkleRoot)).to.equal(decoded.merkleRoot);
      const [link] = decoded.anchors;
      expect(toBLink(proof.anchor)).to.equal(link.replace(/^blink:mocknet \((.*)\)$/, "blink:mocknet:mocknet:$1"));
      expect(toProofValue(proof, proof.spelling)).to.equal(proofValue);
    });
  });
});

const digest = fc.uint8Array({ minLength: 32, maxLength: 32 });
const network = fc.constantFrom(
  { chain: "btc", network: "mainnet" },
  { chain: "btc", network: "regtest" },
  { chain: "eth", network: "mainnet" },
  { chain: "eth", network: "sepolia" },
  { chain: "mtc", network: "mumbai" },
  { chain: "mocknet", network: "mocknet" },
) as fc.Arbitrary<Pick<ProofAnchor, "chain" | "network">>;
const proofs: fc.Arbitrary<MerkleProof> = fc.record({
  path: fc.array(fc.record({ side: fc.constantFrom("left" as const, "right" as const), digest }), { maxLength: 25 }),
  merkleRoot: digest,
  targetHash: digest,
  anchor: fc.record({ network, id: digest }).map((one) => ({ ...one.network, transaction: toHexDigits(one.id) })),
});

describe("parseProofValue", () => {
  it("reads what toProofValue writes, in both spellings", async () => {
    await holds(
      fc.property(proofs, fc.constantFrom<Spelling>("bytes", "text"), (proof, spelling) => {
        expect(parseProofValue(toProofValue(proof, spelling))).to.deep.equal({ ...proof, spelling });
      }),
      0.5,
    );
  });

  it("reads 64 steps and refuses 65", () => {
    const steps = (count: number): Cbor => array(...Array.from({ length: count }, () => array(integer(0), word())));
    expect(codeOf(packed({ 3: steps(64) }))).to.equal("read");
    expect(codeOf(packed({ 3: steps(65) }))).to.equal("PROOF_TOO_LONG");
  });

  it("refuses a text without its multibase letter, with foreign letters or without end", () => {
    const good = toProofValue(SMALL, "text");
    expect(codeOf(good)).to.equal("read");
    for (const bad of [good.slice(1), `${good}0`, `${good} `, `z${"1".repeat(8_000)}`, "", "z"])
      expect(codeOf(bad), bad.slice(0, 20)).to.equal("SHAPE_WRONG");
  });

  it("refuses a root of 31 bytes, upper-case digits and text that is no hexadecimal", () => {
    expect(codeOf(packed({ 0: bytesWord(new Uint8Array(31)) }))).to.equal("HASH_MALFORMED");
    expect(codeOf(packed({ 0: textWord("A".repeat(64)), 1: textWord("a".repeat(64)), 2: textAnchor() }))).to.equal(
      "HASH_MALFORMED",
    );
    expect(codeOf(packed({ 0: textWord("g".repeat(64)), 1: textWord("a".repeat(64)), 2: textAnchor() }))).to.equal(
      "HASH_MALFORMED",
    );
  });

  it("refuses both spellings in one proof", () => {
    expect(codeOf(packed({ 1: textWord("a".repeat(64)) }))).to.equal("SHAPE_WRONG");
  });

  it("refuses no anchor and two anchors", () => {
    expect(codeOf(packed({ 2: array() }))).to.equal("SHAPE_WRONG");
    expect(codeOf(packed({ 2: array(bytesAnchor(), bytesAnchor()) }))).to.equal("SHAPE_WRONG");
  });

  it("refuses chains and networks that Blockcerts does not know", () => {
    expect(codeOf(packed({ 2: array(bytesAnchor(4, 1)) }))).to.equal("SHAPE_WRONG");
    expect(codeOf(packed({ 2: array(bytesAnchor(1, 31337)) }))).to.equal("SHAPE_WRONG");
  });

  it("refuses a member that is missing, stated twice or unknown", () => {
    const { 3: path, ...others } = MEMBERS;
    expect(codeOf(pack(others))).to.equal("SHAPE_WRONG");
    expect(codeOf(packPairs([...pairs(MEMBERS), ...pairs({ 3: path })]))).to.equal("SHAPE_WRONG");
    expect(codeOf(packed({ 4: integer(0) }))).to.equal("SHAPE_WRONG");
  });

  it("refuses a step without a side, with an unknown side or with two digests", () => {
    for (const step of [array(word()), array(integer(2), word()), array(integer(0), word(), word()), integer(0)])
      expect(codeOf(packed({ 3: array(step) }))).to.equal("SHAPE_WRONG");
  });

  it("refuses a tag and a map where the packages write an array", () => {
    const tagged: Cbor = { kind: "tag", tag: 37, item: array(...pairs(MEMBERS)) };
    expect(codeOf(toMultibase58(toCborBytes(tagged)))).to.equal("SHAPE_WRONG");
    const map: Cbor = {
      kind: "map",
      entries: Object.entries(MEMBERS).map(([key, value]) => [integer(Number(key)), value]),
    };
    expect(codeOf(toMultibase58(toCborBytes(map)))).to.equal("SHAPE_WRONG");
  });
});

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

const SMALL: MerkleProof = {
  path: [],
  merkleRoot: new Uint8Array(32).fill(1),
  targetHash: new Uint8Array(32).fill(1),
  anchor: { chain: "eth", network: "sepolia", transaction: "ab".repeat(32) },
};

function array(...items: readonly Cbor[]): Cbor {
  return { kind: "array", items };
}

function integer(value: number): Cbor {
  return { kind: "integer", value };
}

function bytesWord(value: Uint8Array): Cbor {
  return { kind: "bytes", value: toCborBytes({ kind: "bytes", value }) };
}

function textWord(value: string): Cbor {
  return { kind: "bytes", value: toCborBytes({ kind: "text", value }) };
}

function word(): Cbor {
  return bytesWord(new Uint8Array(32));
}

function bytesAnchor(chain = 1, network = 11155111): Cbor {
  return array(array(integer(0), integer(chain)), array(integer(1), integer(network)), array(integer(2), word()));
}

function textAnchor(): Cbor {
  const id = textWord(`0x${"a".repeat(64)}`);
  return array(array(array(integer(0), integer(1)), array(integer(1), integer(1)), array(integer(2), id)));
}

const MEMBERS: Readonly<Record<number, Cbor>> = { 3: array(), 0: word(), 1: word(), 2: array(bytesAnchor()) };

function pairs(members: Readonly<Record<number, Cbor | undefined>>): Cbor[] {
  return Object.entries(members).map(([key, value]) => array(integer(Number(key)), value ?? array()));
}

/** Base58 of any length: the product's own encoder stops at 2,048 bytes. */
function packPairs(items: readonly Cbor[]): string {
  let rest = BigInt(toHex(toCborBytes(array(...items))));
  let text = "";
  for (; rest > 0n; rest /= 58n) text = (ALPHABET[Number(rest % 58n)] ?? "") + text;
  return `z${text}`;
}

function pack(members: Readonly<Record<number, Cbor>>): string {
  return packPairs(pairs(members));
}

function packed(changes: Readonly<Record<number, Cbor>>): string {
  return pack({ ...MEMBERS, ...changes });
}
