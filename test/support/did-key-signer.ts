/** Somebody with a did:key who signs whatever is handed over, as a conformance suite does: also what nobody should sign. */

import { toMultibase58 } from "../../src/core/base58.ts";
import { fromHex } from "../../src/core/bytes.ts";
import { signEd25519, toEd25519PublicKey } from "../../src/core/ed25519.ts";
import { toMultikey } from "../../src/core/multikey.ts";
import { isObject, memberOf, textOf, type JsonObject } from "../../src/core/json.ts";
import { Refusal } from "../../src/core/refusal.ts";
import { canonicaliserOf } from "../../src/formats/w3c-vc-v2/hash-data.ts";
import { GENERIC } from "../../src/formats/w3c-vc-v2/profile.ts";
import { findSuite } from "../../src/formats/w3c-vc-v2/suites.ts";

const SECRET = fromHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
const NAME: string = toMultikey({ curve: "Ed25519", bytes: toEd25519PublicKey(SECRET) });

export const TESTER: string = `did:key:${NAME}`;

/** A document to be signed, by the issuer the tester is. */
export function byTester(credential: JsonObject): JsonObject {
  const { issuer } = credential;
  return { ...credential, issuer: isObject(issuer) ? { ...issuer, id: TESTER } : TESTER };
}

/** The proof's usual members; `changes` come on top, and `undefined` takes a member away. */
export function proofConfiguration(changes: Readonly<Record<string, JsonObject[string] | undefined>> = {}): JsonObject {
  const members = {
    type: "DataIntegrityProof",
    cryptosuite: "eddsa-rdfc-2022",
    created: "2026-01-01T00:00:00Z",
    verificationMethod: `${TESTER}#${NAME}`,
    proofPurpose: "assertionMethod",
    ...changes,
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

export interface SigningDetails {
  /** The suite whose bytes are signed, whatever the proof says of itself. */
  readonly signedAs?: string;
  /** Proofs it is made over. */
  readonly previous?: readonly JsonObject[];
}

/** The document with its proof; what has no canonical form gets a signature of nothing. */
export async function signAnything(
  document: JsonObject,
  proof: JsonObject = proofConfiguration(),
  { signedAs = textOf(proof, "cryptosuite") ?? "", previous = [] }: SigningDetails = {},
): Promise<JsonObject> {
  const suite = findSuite("DataIntegrityProof", signedAs) ?? findSuite("DataIntegrityProof", "eddsa-rdfc-2022");
  if (suite === undefined) throw new Error("the usual suite is known");
  const whole = suite.form === "jcs" ? { "@context": memberOf(document, "@context") ?? [], ...proof } : proof;
  const message = await canonicaliserOf(document, GENERIC)
    .hashDataOf({ suite, curve: "Ed25519", proof: whole, previous })
    .catch((error: unknown) => (error instanceof Refusal ? new Uint8Array() : Promise.reject(error as Error)));
  return { ...document, proof: { ...whole, proofValue: toMultibase58(signEd25519(SECRET, message)) } };
}
