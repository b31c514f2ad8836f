/** An issuer that is a did:key on P-256, as the packages of others want to be told of it. */

import { toMultibase58 } from "../../src/core/base58.ts";
import { concatBytes } from "../../src/core/bytes.ts";
import { toEcdsaPublicKey } from "../../src/core/ecdsa.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { toMultikey } from "../../src/core/multikey.ts";

const SECRET = new Uint8Array(32).fill(11);

export interface P256Issuer {
  readonly did: string;
  /** Its DID document, with one method. */
  readonly issuer: JsonObject;
  readonly secretKeyMultibase: string;
}

export function p256Issuer(): P256Issuer {
  const name = toMultikey({ curve: "P-256", bytes: toEcdsaPublicKey("P-256", SECRET) });
  const did = `did:key:${name}`;
  return {
    did,
    issuer: {
      "@context": ["https://www.w3.org/ns/did/v1"],
      id: did,
      verificationMethod: [{ id: `${did}#${name}`, type: "Multikey", controller: did, publicKeyMultibase: name }],
      assertionMethod: [`${did}#${name}`],
    },
    secretKeyMultibase: toMultibase58(concatBytes(Uint8Array.of(0x86, 0x26), SECRET)),
  };
}
