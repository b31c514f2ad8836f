/** Blockcerts of our own: credentials to issue, batches of them, and documents of version 2 and of presentations made by hand. */

import { concatBytes, toHexDigits, type Hex } from "../../../src/core/bytes.ts";
import type { Claims } from "../../../src/core/claims.ts";
import { isObject, type Json, type JsonObject } from "../../../src/core/json.ts";
import { hashContent } from "../../../src/formats/blockcerts/hash-content.ts";
import { toJsonPath } from "../../../src/formats/blockcerts/merkle-proof.ts";
import type { ProofAnchor } from "../../../src/formats/blockcerts/networks.ts";
import { blockcertsV2 } from "../../../src/formats/blockcerts-v2/blockcerts-v2.ts";
import { blockcertsV3 } from "../../../src/formats/blockcerts-v3/blockcerts-v3.ts";
import { toProofValue, type Spelling } from "../../../src/formats/blockcerts-v3/proof-value.ts";
import type { Placement } from "../../../src/formats/format.ts";
import { buildOrderedTree, toSteps } from "../../../src/merkle/ordered-tree.ts";
import { checkIntegrity } from "../../../src/verify/check-integrity.ts";
import { seededRandom } from "../../support/seeded-random.ts";

export const ISSUER = "https://uni.example/blockcerts.json";
export const KEY: string = `${ISSUER}#key-1`;
export const TRANSACTION: Hex = `0x${"5e".repeat(32)}`;
export const PLACEMENT: Placement = { chainId: 11155111, store: "0x5fbdb2315678afecb367f032d93f642f64180aa3" };
export const SEPOLIA: ProofAnchor = { chain: "eth", network: "sepolia", transaction: "5e".repeat(32) };

export const VC_2 = "https://www.w3.org/ns/credentials/v2";
export const VC_1 = "https://www.w3.org/2018/credentials/v1";
export const DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2";
export const BLOCKCERTS_3_2 = "https://w3id.org/blockcerts/v3.2";

/** A credential as a registrar's template gives it. */
export function credential(changes: JsonObject = {}): JsonObject {
  return {
    name: "Bachelor of Science",
    issuer: { id: ISSUER, name: "University of Example" },
    validFrom: "2026-07-01T00:00:00Z",
    credentialSubject: {
      id: "did:example:ada",
      name: "Ada Lovelace",
      claim: { name: "Mathematics", description: "with honours" },
    },
    display: { contentMediaType: "text/html", content: "<p>Ada Lovelace</p>" },
    proof: { verificationMethod: KEY },
    ...changes,
  };
}

/** An issued document, and the other leaves of its batch. */
export async function issue(
  changes: JsonObject = {},
  { size = 3, index = 1, seed = 1 }: { readonly size?: number; readonly index?: number; readonly seed?: number } = {},
): Promise<JsonObject> {
  const sealed = await blockcertsV3.seal(credential(changes), PLACEMENT, seededRandom(seed));
  const random = seededRandom(seed + 1);
  const leaves = Array.from({ length: size }, (_, at) => (at === index ? sealed.leaf : random(32)));
  const tree = buildOrderedTree(concatBytes(...leaves));
  const place = { leaf: sealed.leaf, path: tree.pathOf(index), root: tree.root, index, size };
  const root: Hex = `0x${toHexDigits(tree.root)}`;
  const anchor = { ...PLACEMENT, root, transaction: TRANSACTION, block: 7 };
  return parse(blockcertsV3.attach(sealed.text, place, anchor, []));
}

/** How `prove` makes a proof; everything has a default. */
export interface ProofWishes {
  readonly anchor?: ProofAnchor;
  readonly spelling?: Spelling;
  /** Members of the proof that differ. */
  readonly members?: JsonObject;
  /** Proofs before this one, which it covers. */
  readonly earlier?: readonly JsonObject[];
}

/** The proof of any content in a batch of two, whatever an issuer would say of it. */
export async function proofOf(content: JsonObject, wishes: ProofWishes = {}): Promise<JsonObject> {
  const { anchor = SEPOLIA, spelling = "text", members = {}, earlier } = wishes;
  const { leaf } = await hashContent(earlier === undefined ? content : { ...content, proof: earlier });
  const tree = buildOrderedTree(concatBytes(leaf, seededRandom(9)(32)));
  const path = toSteps(tree.pathOf(0), 0, 2);
  return {
    type: "DataIntegrityProof",
    cryptosuite: "merkle-proof-2019",
    proofPurpose: "assertionMethod",
    created: "2026-07-01T00:00:00Z",
    verificationMethod: KEY,
    proofValue: toProofValue({ path, merkleRoot: tree.root, targetHash: leaf, anchor }, spelling),
    ...members,
  };
}

/** A document of any content with its proof. */
export async function prove(content: JsonObject, wishes: ProofWishes = {}): Promise<JsonObject> {
  return { ...content, proof: await proofOf(content, wishes) };
}

/** A version 3 document's content, written by hand. */
export function content(changes: JsonObject = {}, contexts: readonly Json[] = []): JsonObject {
  const { proof: _, ...said } = credential();
  return {
    "@context": [VC_2, DATA_INTEGRITY, ...contexts, BLOCKCERTS_3_2],
    id: "urn:uuid:0c0f3a64-8f44-4a6a-9d0c-0d8f6c3f8e11",
    type: ["VerifiableCredential", "BlockcertsCredential"],
    ...said,
    ...changes,
  };
}

/** A version 2 document's content. */
export function assertion(changes: JsonObject = {}): JsonObject {
  return {
    "@context": ["https://w3id.org/openbadges/v2", "https://w3id.org/blockcerts/v2"],
    type: "Assertion",
    id: "urn:uuid:7f1d2c1e-4c0b-4c39-9f57-6c2d8b2a9b01",
    issuedOn: "2019-07-01T10:00:00Z",
    recipient: { type: "email", identity: "ada@uni.example", hashed: false },
    recipientProfile: { type: ["RecipientProfile", "Extension"], name: "Ada Lovelace" },
    badge: {
      type: "BadgeClass",
      id: "urn:uuid:5a5b6a0e-6b79-4f3c-8d3b-3f6e0a7f3c02",
      name: "Bachelor of Science",
      description: "Mathematics",
      issuer: {
        type: "Profile",
        id: ISSUER,
        name: "University of Example",
        url: "https://uni.example",
        email: "registrar@uni.example",
        revocationList: "https://uni.example/revoked.json",
      },
    },
    ...changes,
  };
}

/** A version 2 document of that content, in a batch of two. */
export async function sign(said: JsonObject, changes: JsonObject = {}): Promise<JsonObject> {
  const { leaf } = await hashContent(said);
  const tree = buildOrderedTree(concatBytes(leaf, seededRandom(9)(32)));
  return {
    ...said,
    signature: {
      type: ["MerkleProof2017", "Extension"],
      targetHash: toHexDigits(leaf),
      merkleRoot: toHexDigits(tree.root),
      proof: toJsonPath(toSteps(tree.pathOf(0), 0, 2)),
      anchors: [{ sourceId: TRANSACTION, type: "ETHData", chain: "ethereumSepolia" }],
      ...changes,
    },
  };
}

/** The claims of a document that must open. */
export async function claimsOf(document: JsonObject): Promise<Claims> {
  const opened = await formatOf(document).open(document);
  if (opened.kind === "refused") throw new Error(`${opened.finding.code}: ${opened.finding.message}`);
  return opened.claims;
}

/** The code of integrity: of the refusal, or of the check on the claims. */
export async function integrityOf(document: JsonObject): Promise<string> {
  const opened = await formatOf(document).open(document);
  return opened.kind === "refused" ? opened.finding.code : checkIntegrity(opened.claims).code;
}

/** The message of a refusal; empty for a document that opens. */
export async function messageOf(document: JsonObject): Promise<string> {
  const opened = await formatOf(document).open(document);
  return opened.kind === "refused" ? opened.finding.message : "";
}

/** A member that is an object. */
export function inner(object: JsonObject, name: string): JsonObject {
  const value = object[name];
  if (!isObject(value)) throw new Error(`${name} is no object`);
  return value;
}

export function parse(text: string): JsonObject {
  return JSON.parse(text) as JsonObject;
}

function formatOf(document: JsonObject): typeof blockcertsV2 {
  const formats = [blockcertsV2, blockcertsV3].filter((format) => format.detect(document));
  const [format] = formats;
  if (format === undefined || formats.length > 1) throw new Error(`${formats.length} formats detect it`);
  return format;
}
