/** Blockcerts 3.2 to issue and to verify, and the issuer's pages, which both verifiers get from memory. */

import { createECDH } from "node:crypto";

import { toBase64url } from "../../src/core/base64url.ts";
import { concatBytes, fromHex, toHex, type Digest, type Hex } from "../../src/core/bytes.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { findAddress } from "../../src/core/secp256k1.ts";
import { blockcertsV3 } from "../../src/formats/blockcerts-v3/blockcerts-v3.ts";
import type { Placement } from "../../src/formats/format.ts";
import { buildOrderedTree } from "../../src/merkle/ordered-tree.ts";
import { PLACEMENT } from "./samples.ts";

/** Blockcerts cannot name a local chain, so the local node says that it is Sepolia. */
export const CHAIN_ID = 11_155_111;
const PLACE: Placement = { ...PLACEMENT, chainId: CHAIN_ID };
const ISSUER = "https://uni.example/blockcerts.json";
const KEY = `${ISSUER}#key-1`;
const REVOKED = "https://uni.example/revoked.json";

function credential(learner: number): JsonObject {
  return {
    name: "Bachelor of Science",
    issuer: { id: ISSUER, name: "University of Example" },
    validFrom: "2024-07-01T00:00:00Z",
    credentialSubject: {
      id: `did:example:graduate-${learner}`,
      name: `Graduate ${learner}`,
      claim: { name: "Mathematics", description: "with honours" },
    },
    display: { contentMediaType: "text/html", content: `<p>Graduate ${learner}</p>` },
    proof: { verificationMethod: KEY },
  };
}

/**
 * Seals a batch, grows its tree, has the root anchored and gives every document as text.
 *
 * @param anchor  puts the root on record; returns the transaction.
 */
export async function issueBlockcerts(
  count: number,
  random: (count: number) => Uint8Array,
  anchor: (root: Digest) => Hex | Promise<Hex>,
): Promise<readonly string[]> {
  const sealed = [];
  for (let learner = 0; learner < count; learner++)
    sealed.push(await blockcertsV3.seal(credential(learner), PLACE, random));
  const { root, size, pathOf, indexOf } = buildOrderedTree(concatBytes(...sealed.map(({ leaf }) => leaf)));
  const record = { ...PLACE, root: toHex(root), transaction: await anchor(root), block: 1 };
  return sealed.map(({ text, leaf }, at) =>
    blockcertsV3.attach(text, { leaf, path: pathOf(at), root, index: indexOf(at), size }, record, []),
  );
}

/** The account of a key, and the pages of an issuer who anchors with it, by address. */
export function issuerOf(key: Hex): { readonly account: Hex; readonly pages: Readonly<Record<string, JsonObject>> } {
  const ecdh = createECDH("secp256k1");
  ecdh.setPrivateKey(fromHex(key));
  const point = ecdh.getPublicKey();
  const account = findAddress(point) ?? "0x";
  const profile = {
    "@context": ["https://w3id.org/openbadges/v2", "https://w3id.org/blockcerts/v3.2"],
    type: "Profile",
    id: ISSUER,
    name: "University of Example",
    url: "https://uni.example",
    email: "registrar@uni.example",
    revocationList: REVOKED,
    publicKey: [{ id: `ecdsa-koblitz-pubkey:${account}`, created: "2023-01-01T00:00:00Z" }],
    verificationMethod: [
      {
        id: KEY,
        controller: ISSUER,
        type: "EcdsaSecp256k1VerificationKey2019",
        publicKeyJwk: {
          kty: "EC",
          crv: "secp256k1",
          x: toBase64url(point.subarray(1, 33)),
          y: toBase64url(point.subarray(33)),
        },
      },
    ],
    assertionMethod: [KEY],
  };
  const list = {
    "@context": "https://w3id.org/openbadges/v2",
    id: REVOKED,
    type: "RevocationList",
    issuer: ISSUER,
    revokedAssertions: [],
  };
  return { account, pages: { [ISSUER]: profile, [REVOKED]: list } };
}

/** From now on `fetch` finds these pages without a network; what goes to this machine goes there. */
export function serveFromMemory(pages: Readonly<Record<string, JsonObject>>): void {
  const realFetch = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.hostname === "127.0.0.1") return realFetch(input, init);
    url.searchParams.delete("assertionId"); // Blockcerts tells the list's keeper who asks about whom
    const page = pages[url.href];
    return page === undefined ? Promise.reject(new Error(`no such page: ${url.href}`)) : Response.json(page);
  };
}
