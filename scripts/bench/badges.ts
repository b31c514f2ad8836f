/** Open Badges 3.0 to sign, of an issuer whose key is its name (did:key): nobody has to be asked for it. */

import { createPrivateKey, sign } from "node:crypto";

import { sealTask, type Threads } from "../../src/app/batch-threads.ts";
import { loadContext } from "../../src/canon/contexts/context-set.ts";
import { concatBytes, fromHex, toHex } from "../../src/core/bytes.ts";
import { toEd25519PublicKey } from "../../src/core/ed25519.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { toMultikey } from "../../src/core/multikey.ts";
import type { Sealed } from "../../src/formats/format.ts";
import { w3cVcV2 } from "../../src/formats/w3c-vc-v2/w3c-vc-v2.ts";
import { buildPositionalTree } from "../../src/merkle/positional-tree.ts";
import type { Sealing } from "../../src/issue/seal-each.ts";
import { expectSealed } from "./ours.ts";
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

/** Credentials that travel to a thread together, as in the issuing job. */
const TOGETHER = 64;
/** As the command line signs: by Node's own Ed25519, for which the seed is wrapped as PKCS #8 (RFC 8410 §7). */
const KEY = createPrivateKey({
  key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), SEED]),
  format: "der",
  type: "pkcs8",
});

/** Our whole way: seals, signs, grows the tree, gives each document as text with both proofs. */
export async function signBatch(
  credentials: readonly JsonObject[],
  random: (count: number) => Uint8Array,
): Promise<readonly string[]> {
  const sealed: Sealed[] = [];
  for (const credential of credentials)
    sealed.push(await w3cVcV2.seal({ ...credential, proof: DRAFTS }, PLACEMENT, random));
  return signAndAttach(sealed);
}

/** The same; the sealing is done by threads beside this one, as the issuing job does it. */
export async function signBatchInThreads(
  credentials: readonly JsonObject[],
  threads: Threads,
): Promise<readonly string[]> {
  const groups: Promise<readonly Sealing[]>[] = [];
  for (let at = 0; at < credentials.length; at += TOGETHER) {
    const group = credentials
      .slice(at, at + TOGETHER)
      .map((credential) => ({ credential: { ...credential, proof: DRAFTS }, placement: PLACEMENT }));
    groups.push(threads.run(sealTask("w3c-vc-v2", group)));
  }
  return signAndAttach((await Promise.all(groups)).flat().map(expectSealed));
}

function signAndAttach(unsigned: readonly Sealed[]): readonly string[] {
  const sealed = unsigned.map((one) => ({ ...one, signature: sign(null, one.toSign ?? new Uint8Array(), KEY) }));
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
