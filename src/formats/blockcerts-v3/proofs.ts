/** The proofs of a version 3 document: an ordered list, in which each covers the document and the proofs before it. */

import { toJcs } from "../../canon/jcs.ts";
import { isArray, isObject, memberOf, textOf, type Json, type JsonObject } from "../../core/json.ts";
import { refuse } from "../../core/refusal.ts";
import { refuseUnknownMembers, textAt } from "../blockcerts/members.ts";
import type { MerkleProof } from "../blockcerts/merkle-proof.ts";
import { parseProofValue } from "./proof-value.ts";
import { isMerkle, proofsOf, suiteOf } from "./suites.ts";

/** One proof, and what of the document it is a proof of. */
export type Proof = ProofFacts &
  ({ readonly kind: "merkle"; readonly merkle: MerkleProof } | { readonly kind: "other" });

interface ProofFacts {
  readonly suite: string;
  /** Who says to have made the proof: a key at an address or in a DID document. Nothing protects it. */
  readonly verificationMethod: string | undefined;
  readonly created: string | undefined;
  /** The document with the proofs before this one. */
  readonly content: JsonObject;
}

const MAX_PROOFS = 10;

/** What a Merkle proof may say; none of it but `proofValue` is evidence. */
const MEMBERS: readonly string[] = [
  "id",
  "type",
  "cryptosuite",
  "chainedProofType",
  "created",
  "proofPurpose",
  "verificationMethod",
  "proofValue",
  "previousProof",
  "domain",
  "challenge",
];
/** Those that are texts wherever they stand. */
const TEXTS: readonly string[] = ["id", "challenge"];
const PURPOSES: readonly string[] = ["assertionMethod", "authentication"];

/**
 * The proofs, first to last.
 *
 * @throws {Refusal} `PROOF_MISSING` without any, and where a proof follows one that is not there; `MEMBER_UNKNOWN`,
 *   `SHAPE_WRONG`, `HASH_MALFORMED`, `PROOF_TOO_LONG` for a Merkle proof that has not exactly one reading.
 */
export function readProofs(document: JsonObject): readonly Proof[] {
  const proofs = proofsOf(document);
  if (proofs.length === 0) refuse("PROOF_MISSING", "The document carries no proof: nobody has issued it.");
  if (proofs.length > MAX_PROOFS)
    refuse("SHAPE_WRONG", `The document has ${proofs.length} proofs; ${MAX_PROOFS} are read.`);
  const { proof: _, ...bare } = document;
  const isList = isArray(memberOf(document, "proof"));
  return proofs.map((proof, at) => {
    if (!isObject(proof)) return refuse("SHAPE_WRONG", "A proof of the document is no object.");
    const earlier = proofs.slice(0, at);
    insistOnPrevious(proof, earlier);
    return readProof(proof, isList ? { ...bare, proof: earlier } : bare);
  });
}

function readProof(proof: JsonObject, content: JsonObject): Proof {
  const facts = {
    suite: suiteOf(proof),
    verificationMethod: textOf(proof, "verificationMethod"),
    created: textOf(proof, "created"),
    content,
  };
  if (!isMerkle(proof)) return { kind: "other", ...facts };
  refuseUnknownMembers(proof, MEMBERS, "The proof");
  textAt(proof, "created", "proof"); // not believed, but wanted by every other reader
  for (const name of TEXTS) if (memberOf(proof, name) !== undefined) textAt(proof, name, "proof");
  if (!PURPOSES.includes(textAt(proof, "proofPurpose", "proof")))
    refuse("SHAPE_WRONG", `The proof is made for ${JSON.stringify(memberOf(proof, "proofPurpose"))}, not for issuing.`);
  const verificationMethod = textAt(proof, "verificationMethod", "proof");
  return {
    kind: "merkle",
    ...facts,
    verificationMethod,
    merkle: parseProofValue(textAt(proof, "proofValue", "proof")),
  };
}

/** A proof that says which one it follows makes a missing one visible. Older documents repeat it, newer ones name its id. */
function insistOnPrevious(proof: JsonObject, earlier: readonly Json[]): void {
  const previous = memberOf(proof, "previousProof");
  if (previous === undefined) return;
  const isThere = (isArray(previous) ? previous : [previous]).every((one) =>
    earlier.some((other) => isSame(one, other)),
  );
  if (!isThere) refuse("PROOF_MISSING", "A proof of the document follows another proof, which is missing.");
}

function isSame(previous: Json, proof: Json): boolean {
  if (!isObject(proof)) return false;
  return typeof previous === "string" ? textOf(proof, "id") === previous : toJcs(previous) === toJcs(proof);
}
