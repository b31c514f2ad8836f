/** The proofs to come of a credential that leaves them to its issuer's settings. */

import { storeMethodOf } from "../../core/issuer-methods.ts";
import type { Json } from "../../core/json.ts";
import type { Curve } from "../../core/public-key.ts";
import type { Placement } from "../format.ts";
import { ANCHOR_SUITE } from "./names.ts";
import { insist } from "./rules.ts";

/** The suite for a key, unless the credential asks for another one of its curve. */
const SUITES: Readonly<Partial<Record<Curve, string>>> = {
  Ed25519: "eddsa-rdfc-2022",
  "P-256": "ecdsa-rdfc-2019",
};

/** One draft for the signer's key, one for the store; none where nobody is known to sign. */
export function defaultDrafts({ chainId, store, signer, createdAt }: Placement): Json {
  if (signer === undefined) return [];
  const { issuer, verificationMethod, publicKey } = signer;
  insist(!issuer.startsWith("did:key:"), `${issuer} is a key: it cannot list a store. Set a DID such as did:web:….`);
  const cryptosuite = SUITES[publicKey.curve] ?? `none for ${publicKey.curve}`;
  return [
    { cryptosuite, ...(createdAt !== undefined && { created: createdAt }), verificationMethod },
    { cryptosuite: ANCHOR_SUITE, verificationMethod: storeMethodOf(issuer, chainId, store) },
  ];
}

/** @throws {Refusal} `SHAPE_WRONG` where the signer's key cannot make the signature that was asked for. */
export function insistOnCurve(curve: Curve, { signer }: Placement): void {
  const own = signer?.publicKey.curve ?? curve;
  insist(own === curve, `The signature to come is one on ${curve}, but the signing key is on ${own}.`);
}
