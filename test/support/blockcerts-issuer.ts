/** An issuer of Blockcerts on a real chain: a profile, a list of withdrawn documents, and batches anchored as raw roots in a store. */

import { SigningKey } from "ethers";

import { toMultibase58 } from "../../src/core/base58.ts";
import { toBase64url } from "../../src/core/base64url.ts";
import { concatBytes, fromHex, toHex, type Hex } from "../../src/core/bytes.ts";
import { objectOf, textOf, type JsonObject } from "../../src/core/json.ts";
import { blockcertsV3 } from "../../src/formats/blockcerts-v3/blockcerts-v3.ts";
import { parseProofValue, toProofValue } from "../../src/formats/blockcerts-v3/proof-value.ts";
import type { ProofAnchor } from "../../src/formats/blockcerts/networks.ts";
import type { MerkleProof } from "../../src/formats/blockcerts/merkle-proof.ts";
import type { StatusPlace } from "../../src/formats/format.ts";
import { buildOrderedTree, type Step } from "../../src/merkle/ordered-tree.ts";
import { deployStore, OWNER, send } from "../chain/support/stores.ts";
import type { LocalNode } from "./local-node.ts";
import type { Pages } from "./pages.ts";
import { seededRandom } from "./seeded-random.ts";

export const PROFILE = "https://uni.example/blockcerts.json";
export const REVOKED = "https://uni.example/revoked.json";
/** The only chain with a name in Blockcerts that a local node can pass for. */
export const CHAIN_ID = 11155111;

export interface KeyForms {
  readonly jwk: JsonObject;
  readonly multikey: string;
}

/** The public half of a secp256k1 key, in the forms of DID documents. */
export function publicForms(privateKey: Hex): KeyForms {
  const key = new SigningKey(privateKey);
  const point = fromHex(key.publicKey);
  return {
    jwk: { kty: "EC", crv: "secp256k1", x: toBase64url(point.subarray(1, 33)), y: toBase64url(point.subarray(33)) },
    multikey: toMultibase58(concatBytes(Uint8Array.of(0xe7, 0x01), fromHex(key.compressedPublicKey))),
  };
}

/** A profile with one account and its key. */
export function issuerProfile(privateKey: Hex, account: Hex, changes: JsonObject = {}): JsonObject {
  const key = `${PROFILE}#key-1`;
  const { jwk } = publicForms(privateKey);
  return {
    "@context": ["https://w3id.org/openbadges/v2", "https://w3id.org/blockcerts/v3.2"],
    type: "Profile",
    id: PROFILE,
    name: "University of Example",
    url: "https://uni.example",
    email: "registrar@uni.example",
    revocationList: REVOKED,
    publicKey: [{ id: `ecdsa-koblitz-pubkey:${account}`, created: "2023-01-01T00:00:00Z" }],
    verificationMethod: [
      { id: key, controller: PROFILE, type: "EcdsaSecp256k1VerificationKey2019", publicKeyJwk: jwk },
    ],
    assertionMethod: [key],
    ...changes,
  };
}

/** The list of withdrawn documents, by their ids. */
export function revocationList(...ids: readonly string[]): JsonObject {
  return {
    "@context": "https://w3id.org/openbadges/v2",
    id: REVOKED,
    type: "RevocationList",
    issuer: PROFILE,
    revokedAssertions: ids.map((id) => ({ id, revocationReason: "issued in error" })),
  };
}

/** What the issuer publishes. */
export function pagesOf(profile: JsonObject, ...withdrawn: readonly string[]): Pages {
  return { [PROFILE]: profile, [REVOKED]: revocationList(...withdrawn) };
}

/** A credential whose issuer is the profile; old enough for clients that go by the clock on the wall. */
export function diploma(learner: number, changes: JsonObject = {}): JsonObject {
  return {
    name: "Bachelor of Science",
    issuer: { id: PROFILE, name: "University of Example" },
    validFrom: "2024-07-01T00:00:00Z",
    credentialSubject: { id: `did:example:${learner}`, name: `Learner ${learner}`, claim: { name: "Mathematics" } },
    display: { contentMediaType: "text/html", content: `<p>Learner ${learner}</p>` },
    proof: { verificationMethod: `${PROFILE}#key-1` },
    ...changes,
  };
}

/** The document as if its root were in another transaction: nothing in it forbids that, only the chain does. */
export function movedTo(document: JsonObject, transaction: Hex): JsonObject {
  return relabelled(document, { transaction: transaction.slice(2) });
}

/** The document as if it were anchored elsewhere: in another transaction, or on another network. */
export function relabelled(document: JsonObject, changes: Partial<ProofAnchor>): JsonObject {
  return repacked(document, (merkle) => toProofValue({ ...merkle, anchor: { ...merkle.anchor, ...changes } }, "text"));
}

/** The document as if its leaf hung elsewhere in the tree. */
export function withPath(document: JsonObject, change: (path: readonly Step[]) => readonly Step[]): JsonObject {
  return repacked(document, (merkle) => toProofValue({ ...merkle, path: change(merkle.path) }, "text"));
}

/** The same document with its proof in the other of the two spellings, the one of Blockcerts' JavaScript. */
export function respelled(document: JsonObject): JsonObject {
  return repacked(document, (merkle) => toProofValue(merkle, "bytes"));
}

function repacked(document: JsonObject, pack: (merkle: MerkleProof) => string): JsonObject {
  const proof = objectOf(document, "proof") ?? {};
  return { ...document, proof: { ...proof, proofValue: pack(parseProofValue(textOf(proof, "proofValue") ?? "")) } };
}

export interface BlockcertsIssuer {
  readonly store: Hex;
  /** Seals, anchors the root as the raw data of one transaction to the store, and attaches. */
  issueBatch(
    credentials: readonly JsonObject[],
    from?: Hex,
    statusOf?: (learner: number) => StatusPlace,
  ): Promise<readonly JsonObject[]>;
}

/** @param node  with the chain id above. */
export async function openBlockcertsIssuer(node: LocalNode): Promise<BlockcertsIssuer> {
  const store = await deployStore(node);
  const random = seededRandom(11);
  return {
    store,
    async issueBatch(credentials, from = OWNER, statusOf) {
      const placement = { chainId: CHAIN_ID, store };
      const sealed = await Promise.all(
        credentials.map(async (one, learner) =>
          blockcertsV3.seal(one, { ...placement, ...(statusOf && { status: statusOf(learner) }) }, random),
        ),
      );
      const tree = buildOrderedTree(concatBytes(...sealed.map(({ leaf }) => leaf)));
      const root = toHex(tree.root);
      const { transactionHash: transaction, blockNumber } = await send(node, { to: store, data: root, from });
      const anchor = { ...placement, root, transaction, block: Number(blockNumber) };
      return sealed.map(({ text, leaf }, index) => {
        const place = { leaf, path: tree.pathOf(index), root: tree.root, index, size: sealed.length };
        return JSON.parse(blockcertsV3.attach(text, place, anchor, [])) as JsonObject;
      });
    },
  };
}
