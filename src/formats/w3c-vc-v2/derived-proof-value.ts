/**
 * The proof value of ecdsa-sd-2023: what a holder derives from the issuer's proof for those parts that are shown. CBOR
 * under a tag of its own, after a multibase `u`.
 */

import { findMultibase64, toMultibase64 } from "../../core/base64url.ts";
import { parseCbor, type Cbor } from "../../core/cbor.ts";
import { findMultikeyIn } from "../../core/multikey.ts";
import { refuse } from "../../core/refusal.ts";

export interface DerivedProofValue {
  /** By the issuer's key, over the proof's configuration, `keyBytes` and the mandatory statements: 64 bytes. */
  readonly baseSignature: Uint8Array;
  /** The key of this one document, P-256 and compressed, 33 bytes; the issuer threw its secret half away. */
  readonly key: Uint8Array;
  /** That key as the issuer signed it, with its multikey header: 35 bytes. */
  readonly keyBytes: Uint8Array;
  /** By that key, one for each statement that is not mandatory, in their order: 64 bytes each. */
  readonly signatures: readonly Uint8Array[];
  /** For each canonical name of an unnamed part, `c14n0`, the name under which it was signed. */
  readonly labels: ReadonlyMap<string, string>;
  /** Which statements, counted from 0, no holder may leave out. */
  readonly mandatory: ReadonlySet<number>;
}

/** The tags 0x5d00 and 0x5d01, which a reader sees as the bytes d9 5d 00 and d9 5d 01. */
const BASE_TAG = 0x5d00;
const DERIVED_TAG = 0x5d01;

/** Signatures of one document: each takes a few milliseconds to check, and all of them must fit into seconds. */
export const MAX_STATEMENT_SIGNATURES = 1_024;

/** Names, and mandatory statements, of one proof. */
const MAX_ENTRIES = 5_000;

const SIGNATURE_BYTES = 64;
const KEY_BYTES = 35;
/** An HMAC-SHA-256. */
const LABEL_BYTES = 32;

/**
 * Unpacks a derived proof.
 *
 * @throws {Refusal} `SHAPE_WRONG` for anything else, the issuer's own base proof among it; `PROOF_TOO_LONG` above 1,024
 *   signatures, 5,000 names or 5,000 mandatory statements.
 * @see VC DI ECDSA 1.0, parseDerivedProofValue
 */
export function parseDerivedProofValue(text: string): DerivedProofValue {
  const bytes = findMultibase64(text);
  const packed = bytes === undefined ? undefined : parseCbor(bytes);
  if (packed?.kind === "tag" && packed.tag === BASE_TAG) {
    return refuseValue("it is the issuer's base proof, which is for the holder alone: a derived one has to be shown");
  }
  if (packed?.kind !== "tag" || packed.tag !== DERIVED_TAG) return refuseValue("it has not the mark of one");
  const [base, key, signatures, labels, mandatory, ...others] = arrayOf(packed.item);
  if (others.length > 0) return refuseValue("it has more than five parts");
  const keyBytes = bytesOf(key, KEY_BYTES);
  return {
    baseSignature: bytesOf(base, SIGNATURE_BYTES),
    key: readKey(keyBytes),
    keyBytes,
    signatures: readSignatures(arrayOf(signatures)),
    labels: readLabels(labels),
    mandatory: readMandatory(arrayOf(mandatory)),
  };
}

function readKey(bytes: Uint8Array): Uint8Array {
  const key = findMultikeyIn(bytes);
  return key?.curve === "P-256" ? key.bytes : refuseValue("its key is not one of the curve P-256");
}

function readSignatures(items: readonly Cbor[]): readonly Uint8Array[] {
  insistOnCount(items.length, MAX_STATEMENT_SIGNATURES, "signatures");
  return items.map((item) => bytesOf(item, SIGNATURE_BYTES));
}

/** Two names alike would make two parts of the document one. */
function readLabels(item: Cbor | undefined): ReadonlyMap<string, string> {
  const entries = item?.kind === "map" ? item.entries : refuseValue("its names are not a map");
  insistOnCount(entries.length, MAX_ENTRIES, "names");
  const labels = new Map(
    entries.map(([key, label]) => [`c14n${countOf(key)}`, toMultibase64(bytesOf(label, LABEL_BYTES))]),
  );
  if (new Set(labels.values()).size < entries.length) refuseValue("it gives a name twice");
  return labels;
}

function readMandatory(items: readonly Cbor[]): ReadonlySet<number> {
  insistOnCount(items.length, MAX_ENTRIES, "mandatory statements");
  const indexes = new Set(items.map(countOf));
  return indexes.size === items.length ? indexes : refuseValue("it counts a mandatory statement twice");
}

function insistOnCount(count: number, most: number, what: string): void {
  if (count > most) refuse("PROOF_TOO_LONG", `A proof has ${count} ${what}; at most ${most} are read.`);
}

function arrayOf(item: Cbor | undefined): readonly Cbor[] {
  return item?.kind === "array" ? item.items : refuseValue("one of its lists is none");
}

function bytesOf(item: Cbor | undefined, length: number): Uint8Array {
  return item?.kind === "bytes" && item.value.length === length
    ? item.value
    : refuseValue(`where ${length} bytes should be there is something else`);
}

function countOf(item: Cbor): number {
  return item.kind === "integer" && item.value >= 0 ? item.value : refuseValue("one of its numbers is none");
}

function refuseValue(what: string): never {
  return refuse("SHAPE_WRONG", `The proofValue of a proof is not a derived one of ecdsa-sd-2023: ${what}.`);
}
