/** A status list as the credential that carries it, still to be signed. */

import type { JsonObject } from "../core/json.ts";
import { encodeBitstring } from "./bitstring.ts";

export interface ListFacts {
  /** Where the list is found; its id. */
  readonly url: string;
  readonly issuer: string;
  readonly purpose: "revocation" | "suspension";
  /** One bit an entry, the first at the left. */
  readonly bits: Uint8Array;
  readonly validFrom: Date;
  /** Until when the list may be used, so that an old copy does not hide a newer withdrawal. */
  readonly validUntil: Date;
}

/**
 * The list as an unsigned credential.
 *
 * @see Bitstring Status List 1.0 §2.2
 */
export async function toListCredential(facts: ListFacts): Promise<JsonObject> {
  const { url, issuer, purpose, bits, validFrom, validUntil } = facts;
  return {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    id: url,
    type: ["VerifiableCredential", "BitstringStatusListCredential"],
    issuer,
    validFrom: toStamp(validFrom),
    validUntil: toStamp(validUntil),
    credentialSubject: {
      id: `${url}#list`,
      type: "BitstringStatusList",
      statusPurpose: purpose,
      encodedList: await encodeBitstring(bits),
    },
  };
}

function toStamp(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}Z`;
}
