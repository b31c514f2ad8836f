/** Credentials of our own, sealed, signed and anchored in small trees; the keys are published test keys. */

import { toMultibase58 } from "../../src/core/base58.ts";
import { fromHex, toHex, type Digest } from "../../src/core/bytes.ts";
import type { Claims } from "../../src/core/claims.ts";
import { signEcdsa, toEcdsaPublicKey } from "../../src/core/ecdsa.ts";
import { signEd25519, toEd25519PublicKey } from "../../src/core/ed25519.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { verifySignature, type PublicKey } from "../../src/core/public-key.ts";
import type { Placement, Sealed, TreePlace } from "../../src/formats/format.ts";
import { canonicaliserOf } from "../../src/formats/w3c-vc-v2/hash-data.ts";
import { STRICT } from "../../src/formats/w3c-vc-v2/profile.ts";
import { findSuite } from "../../src/formats/w3c-vc-v2/suites.ts";
import { w3cVcV2 } from "../../src/formats/w3c-vc-v2/w3c-vc-v2.ts";
import { referencePath, referenceRoot } from "./reference-tree.ts";
import { seededRandom } from "./seeded-random.ts";

export const ISSUER = "did:web:uni.example";
export const PLACEMENT: Placement = { chainId: 31337, store: "0x5fbdb2315678afecb367f032d93f642f64180aa3" };

const SECRET = fromHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");

/** The issuer's keys, as its DID document would list them. */
export const KEYS: Readonly<Record<string, PublicKey>> = {
  [`${ISSUER}#key-1`]: { curve: "Ed25519", bytes: toEd25519PublicKey(SECRET) },
  [`${ISSUER}#key-2`]: { curve: "P-256", bytes: toEcdsaPublicKey("P-256", SECRET) },
};

/** The methods of that document that stand for stores, and the accounts they name. */
const STORES: Readonly<Record<string, string>> = { [`${ISSUER}#store-1`]: `${PLACEMENT.chainId}:${PLACEMENT.store}` };

/** The signature suites we issue with. */
export const ISSUED_SUITES = ["eddsa-rdfc-2022", "eddsa-jcs-2022", "ecdsa-rdfc-2019"] as const;
export type IssuedSuite = (typeof ISSUED_SUITES)[number];

/** The drafts of the two proofs, as a template would hold them. */
export function drafts(suite: IssuedSuite = "eddsa-rdfc-2022"): readonly JsonObject[] {
  const key = suite === "ecdsa-rdfc-2019" ? "key-2" : "key-1";
  return [
    {
      type: "DataIntegrityProof",
      cryptosuite: suite,
      verificationMethod: `${ISSUER}#${key}`,
      created: "2026-06-30T12:00:00Z",
    },
    { type: "DataIntegrityProof", cryptosuite: "merkle-jcs-2026", verificationMethod: `${ISSUER}#store-1` },
  ];
}

/** A badge with most kinds of values in it. */
export function badge(members: JsonObject = {}): JsonObject {
  return {
    "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
    id: "urn:uuid:5c0a0b5e-6f0a-4c0e-8b0a-1d5a3b0c7e11",
    type: ["VerifiableCredential", "AchievementCredential"],
    name: "Bachelor of Science",
    issuer: { id: ISSUER, type: ["Profile"], name: "Example University" },
    validFrom: "2026-06-30T00:00:00Z",
    validUntil: "2036-06-30T00:00:00Z",
    credentialSubject: {
      id: "did:example:graduate",
      type: ["AchievementSubject"],
      creditsEarned: 180.5,
      result: [
        { type: ["Result"], value: "A", resultDescription: "urn:uuid:91c6c1a0-2f5e-4a4c-9a67-6f5d5a1c1a01" },
        { type: ["Result"], value: "97", resultDescription: "urn:uuid:91c6c1a0-2f5e-4a4c-9a67-6f5d5a1c1a02" },
      ],
      achievement: {
        id: "https://uni.example/achievements/bsc",
        type: ["Achievement"],
        name: "Bachelor of Science",
        description: "Three years of study.",
        criteria: { narrative: "All examinations passed." },
        inLanguage: "en",
      },
    },
    proof: drafts(),
    ...members,
  };
}

export function sign(suite: IssuedSuite, bytes: Uint8Array): Uint8Array {
  return suite === "ecdsa-rdfc-2019" ? signEcdsa("P-256", SECRET, bytes) : signEd25519(SECRET, bytes);
}

export interface Issued {
  readonly text: string;
  readonly document: JsonObject;
  readonly root: Digest;
  readonly sealed: Sealed;
}

/** Issues a credential as number `index` of a batch of `size`; the other leaves are made up. */
export async function issue(
  credential: JsonObject = badge(),
  options: {
    readonly suite?: IssuedSuite;
    readonly size?: number;
    readonly index?: number;
    readonly placement?: Placement;
    readonly seed?: number;
  } = {},
): Promise<Issued> {
  const { suite = "eddsa-rdfc-2022", size = 5, index = 2, placement = PLACEMENT, seed = 1 } = options;
  const sealed = await w3cVcV2.seal(credential, placement, seededRandom(seed));
  const random = seededRandom(seed + 1000);
  const leaves = Array.from({ length: size }, (_, at) => (at === index ? sealed.leaf : random(32)));
  const root = referenceRoot(leaves);
  const place: TreePlace = { leaf: sealed.leaf, path: referencePath(leaves, index), root, index, size };
  const signature = sign(suite, sealed.toSign ?? new Uint8Array());
  const text = w3cVcV2.attach(sealed.text, place, { ...placement, root: toHex(root), block: 1 }, [signature]);
  return { text, document: JSON.parse(text) as JsonObject, root, sealed };
}

/** Signs a credential that is anchored nowhere, as other issuers do; its one draft of a proof is completed. */
export async function signAlone(credential: JsonObject, draft: JsonObject): Promise<string> {
  const suite = findSuite("DataIntegrityProof", "eddsa-rdfc-2022");
  if (suite === undefined) throw new Error("the suite is gone");
  const signed = { suite, curve: "Ed25519", proof: draft, previous: [] } as const;
  const message = await canonicaliserOf(credential, STRICT).hashDataOf(signed);
  const proofValue = toMultibase58(sign("eddsa-rdfc-2022", message));
  return JSON.stringify({ ...credential, proof: { ...draft, proofValue } });
}

/** What a verifier that knows the issuer's keys and the chain's only root finds: the first thing that does not hold. */
export async function firstFault(document: JsonObject, root: Digest | undefined): Promise<string | undefined> {
  const opened = await w3cVcV2.open(document);
  if (opened.kind === "refused") return opened.finding.code;
  return faultIn(opened.claims, root);
}

async function faultIn(claims: Claims, root: Digest | undefined): Promise<string | undefined> {
  const [fault] = claims.faults;
  if (fault !== undefined) return fault.code;
  if (claims.unprotected.length > 0) return "CONTENT_UNPROTECTED";
  for (const signature of claims.signatures) {
    if (signature.kind !== "data-integrity") return "SIGNATURE_KIND_UNKNOWN";
    const key = KEYS[signature.verificationMethod];
    if (key === undefined) return "SIGNATURE_KEY_NOT_LISTED";
    const holds =
      key.curve === signature.curve &&
      (await verifySignature(key, fromHex(signature.message), fromHex(signature.signature)));
    if (!holds) return "SIGNATURE_WRONG";
  }
  for (const { proof } of claims.issuers) {
    if (proof.kind !== "did" || proof.account === undefined) continue;
    if (STORES[proof.key] !== `${proof.chainId}:${proof.account}`) return "ISSUER_RECORD_CONTRADICTS";
  }
  const foreign = claims.anchors.some(
    (anchor) => anchor.kind !== "document-store" || anchor.inclusion.root.computed !== toHex(root ?? new Uint8Array()),
  );
  return foreign ? "ROOT_NOT_ANCHORED" : undefined;
}
