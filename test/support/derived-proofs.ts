/** Derived proofs of ecdsa-sd-2023: of our own making, and taken apart, altered and put together again. */

import { toCanonicalQuads } from "../../src/canon/rdfc.ts";
import { relabel } from "../../src/canon/relabel.ts";
import { findMultibase64, toMultibase64 } from "../../src/core/base64url.ts";
import { concatBytes, fromUtf8 } from "../../src/core/bytes.ts";
import { parseCbor, toCborBytes, type Cbor } from "../../src/core/cbor.ts";
import { signEcdsa, toEcdsaPublicKey } from "../../src/core/ecdsa.ts";
import { textOf, type JsonObject } from "../../src/core/json.ts";
import { sha256, sha256OfText } from "../../src/core/sha256.ts";
import { seededRandom } from "./seeded-random.ts";
import { ISSUER, sign } from "./w3c-samples.ts";

/** What a derived proof packs, in its order. */
export interface ProofParts {
  readonly baseSignature: Uint8Array;
  readonly keyBytes: Uint8Array;
  readonly signatures: readonly Uint8Array[];
  readonly labels: readonly (readonly [number, Uint8Array])[];
  readonly mandatory: readonly number[];
}

/** Bytes 5d 00 and 5d 01 of the marks. */
export const BASE_TAG = 0x5d00;
export const DERIVED_TAG = 0x5d01;

const integer = (value: number): Cbor => ({ kind: "integer", value });
const bytes = (value: Uint8Array): Cbor => ({ kind: "bytes", value });
const array = (items: readonly Cbor[]): Cbor => ({ kind: "array", items });

/** The CBOR of the parts, for those who want to alter it further. */
export function toItems({ baseSignature, keyBytes, signatures, labels, mandatory }: ProofParts): readonly Cbor[] {
  return [
    bytes(baseSignature),
    bytes(keyBytes),
    array(signatures.map(bytes)),
    { kind: "map", entries: labels.map(([name, label]) => [integer(name), bytes(label)] as const) },
    array(mandatory.map(integer)),
  ];
}

export function toText(items: readonly Cbor[], tag: number = DERIVED_TAG): string {
  return toMultibase64(toCborBytes({ kind: "tag", tag, item: array(items) }));
}

/** The parts of the one proof of a document. */
export function partsOf(document: JsonObject): ProofParts {
  const packed = findMultibase64(textOf(document["proof"] as JsonObject, "proofValue") ?? "");
  const root = packed === undefined ? undefined : parseCbor(packed);
  const items = root?.kind === "tag" && root.item.kind === "array" ? root.item.items : [];
  const [base, key, signatures, labels, mandatory] = items;
  return {
    baseSignature: toBytes(base),
    keyBytes: toBytes(key),
    signatures: signatures?.kind === "array" ? signatures.items.map(toBytes) : [],
    labels:
      labels?.kind === "map" ? labels.entries.map(([name, label]) => [toInteger(name), toBytes(label)] as const) : [],
    mandatory: mandatory?.kind === "array" ? mandatory.items.map(toInteger) : [],
  };
}

/** The document with some of the parts of its proof exchanged. */
export function withParts(document: JsonObject, change: (parts: ProofParts) => Partial<ProofParts>): JsonObject {
  const parts = partsOf(document);
  const proofValue = toText(toItems({ ...parts, ...change(parts) }));
  return { ...document, proof: { ...(document["proof"] as JsonObject), proofValue } };
}

function toBytes(item: Cbor | undefined): Uint8Array {
  if (item?.kind !== "bytes") throw new Error("no bytes");
  return item.value;
}

function toInteger(item: Cbor): number {
  if (item.kind !== "integer") throw new Error("no integer");
  return item.value;
}

export interface DerivedOptions {
  readonly seed?: number;
  /** Which statements no holder may leave out; absent: those on the credential itself. */
  readonly isMandatory?: (statement: string) => boolean;
  /** Further members of the proof, or others. */
  readonly proof?: JsonObject;
}

/** A credential as a holder would show it, signed by the issuer of `w3c-samples.ts` with its P-256 key. */
export async function signDerived(content: JsonObject, options: DerivedOptions = {}): Promise<JsonObject> {
  const { seed = 1, isMandatory = (statement) => statement.startsWith(`<${textOf(content, "id")}>`) } = options;
  const random = seededRandom(seed);
  const configuration: JsonObject = {
    type: "DataIntegrityProof",
    cryptosuite: "ecdsa-sd-2023",
    created: "2026-06-30T12:00:00Z",
    verificationMethod: `${ISSUER}#key-2`,
    proofPurpose: "assertionMethod",
    ...options.proof,
  };
  const text = await canonical(content);
  const names = [...new Set(text.match(/_:c14n\d+/g))].map((name) => Number(name.slice(6))).toSorted((a, b) => a - b);
  const labels = names.map((name) => [name, random(32)] as const);
  const { statements } = relabel(text, new Map(labels.map(([name, label]) => [`c14n${name}`, toMultibase64(label)])));
  const secret = random(32);
  const mandatory = [...statements.keys()].filter((at) => isMandatory(fromUtf8(statements[at]!)));
  const keyBytes = concatBytes(Uint8Array.of(0x80, 0x24), toEcdsaPublicKey("P-256", secret));
  const proofHash = sha256OfText(await canonical({ "@context": content["@context"] ?? [], ...configuration }));
  const mandatoryHash = sha256(concatBytes(...mandatory.map((at) => statements[at]!)));
  const parts: ProofParts = {
    baseSignature: sign("ecdsa-rdfc-2019", concatBytes(proofHash, keyBytes, mandatoryHash)),
    keyBytes,
    signatures: statements.filter((_, at) => !mandatory.includes(at)).map((one) => signEcdsa("P-256", secret, one)),
    labels,
    mandatory,
  };
  return { ...content, proof: { ...configuration, proofValue: toText(toItems(parts)) } };
}

async function canonical(document: JsonObject): Promise<string> {
  return toCanonicalQuads(document, { contexts: ["w3c"], safe: true, withDirection: true });
}
