/** A key that lasts as long as the process, and the did:key that is nobody but this key: for conformance suites and tests. */

import { randomBytes } from "node:crypto";

import { signEd25519, toEd25519PublicKey } from "../core/ed25519.ts";
import { keyMethodOf } from "../core/issuer-methods.ts";
import { toMultikey } from "../core/multikey.ts";
import type { DocumentSigner } from "../core/ports/handing-out.ts";

export function practiceSigner(): DocumentSigner {
  const secret = randomBytes(32);
  const publicKey = { curve: "Ed25519", bytes: toEd25519PublicKey(secret) } as const;
  const issuer = `did:key:${toMultikey(publicKey)}`;
  return {
    issuer,
    verificationMethod: keyMethodOf(issuer, publicKey),
    publicKey,
    sign: (bytes) => signEd25519(secret, bytes),
  };
}
