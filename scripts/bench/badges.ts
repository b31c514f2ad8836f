/** Open Badges 3.0 to sign, of an issuer whose key is its name (did:key): nobody has to be asked for it. */

import { loadContext } from "../../src/canon/contexts/context-set.ts";
import { concatBytes, fromHex, toHex } from "../../src/core/bytes.ts";
import { signEd25519, toEd25519PublicKey } from "../../src/core/ed25519.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { toMultikey } from "../../src/core/multikey.ts";
import { w3cVcV2 } from "../../src/formats/w3c-vc-v2/w3c-vc-v2.ts";
import { buildPositionalTree } from "../../src/merkle/positional-tree.ts";
import { PLACEMENT } from "./samples.ts";

/** The test key of RFC 8032 §7.1: good for nothing else. */
export const SEED: Uint8Array = fromHex("0x9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
const MULTIKEY = toMultikey({ curve: "Ed25519", bytes: toEd25519PublicKey(SEED) });
export const ISSUER: string = `did:key:${MULTIKEY}`;
export const METHOD: string = `${ISSUER}#${MULTIKEY}`;
export const CREATED = "2026-06-30T12:00:00Z";

/** What is said of a graduate, without proofs. */
export function badge(learner: number): JsonObject {
  return {
    "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
    id: `https://uni.example/credentials/${learner}`,
    type: ["VerifiableCredential", "AchievementCredential"],
    name: "Bachelor of Science",
    issuer: { id: ISSUER, type: ["Profile"], name: "Example University" },
    validFrom: "2026-06-30T00:00:00Z",
    credentialSubject: {
      id: `did:example:graduate-${learner}`,
      type: ["AchievementSubject"],
      creditsEarned: 180,
      result: [1, 2].map((number) => ({
        type: ["Result"],
        value: "ABCD"[(learner + number) % 4] ?? "A",
        resultDescription: `urn:uuid:91c6c1a0-2f5e-4a4c-9a67-6f5d5a1c1a0${number}`,
      })),
      achievement: {
        id: "https://uni.example/achievements/bsc",
        type: ["Achievement"],
        name: "Bachelor of Science",
        description: "Three years of study.",
        criteria: { narrative: "All examinations passed." },
        inLanguage: "en",
      },
    },
  };
}

export function badges(count: number): readonly JsonObject[] {
  return Array.from({ length: count }, (_, learner) => badge(learner));
}

const DRAFTS = [
  { type: "DataIntegrityProof", cryptosuite: "eddsa-rdfc-2022", verificationMethod: METHOD, created: CREATED },
  { type: "DataIntegrityProof", cryptosuite: "merkle-jcs-2026", verificationMethod: `${ISSUER}#store-1` },
];

/** Our whole way: seals, signs, grows the tree, gives each document as text with both proofs. */
export async function signBatch(
  credentials: readonly JsonObject[],
  random: (count: number) => Uint8Array,
): Promise<readonly string[]> {
  const sealed = [];
  for (const credential of credentials) {
    const one = await w3cVcV2.seal({ ...credential, proof: DRAFTS }, PLACEMENT, random);
    sealed.push({ ...one, signature: signEd25519(SEED, one.toSign ?? new Uint8Array()) });
  }
  const { root, size, pathOf, indexOf } = buildPositionalTree(concatBytes(...sealed.map(({ leaf }) => leaf)));
  const anchor = { ...PLACEMENT, root: toHex(root), block: 1 };
  return sealed.map(({ text, leaf, signature }, at) => {
    const place = { leaf, path: pathOf(at), root, index: indexOf(at), size };
    return w3cVcV2.attach(text, place, anchor, [signature]);
  });
}

/** For clients that look everything up: the contexts we carry, and the documents of the issuer; all from memory. */
export async function loadDocument(url: string): Promise<object> {
  const [did = ""] = url.split("#", 1);
  const method = {
    "@context": "https://w3id.org/security/multikey/v1",
    id: METHOD,
    type: "Multikey",
    controller: ISSUER,
    publicKeyMultibase: MULTIKEY,
  };
  const issuer = {
    "@context": ["https://www.w3.org/ns/did/v1"],
    id: ISSUER,
    verificationMethod: [method],
    assertionMethod: [METHOD],
  };
  const document = did !== ISSUER ? await loadContext(["w3c"], url) : url === METHOD ? method : issuer;
  return { contextUrl: null, documentUrl: url, document, tag: "static" };
}
