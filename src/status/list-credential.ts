/** A status list as the credential that carries it, still to be signed. */

import type { JsonObject } from "../core/json.ts";
import type { ListForm } from "../core/list-address.ts";
import { encodeBitstring } from "./bitstring.ts";

export interface ListFacts {
  /** Where the list is found; its id. */
  readonly url: string;
  readonly issuer: string;
  readonly purpose: "revocation" | "suspension";
  /** The W3C's form unless told otherwise. */
  readonly form?: ListForm;
  /** One bit an entry, the first at the left. */
  readonly bits: Uint8Array;
  readonly validFrom: Date;
  /** Until when the list may be used, so that an old copy does not hide a newer withdrawal. */
  readonly validUntil: Date;
}

const CONTEXT = "https://www.w3.org/ns/credentials/v2";
/** cert-verifier-js takes a credential with one context for none of its own. */
const SECOND_CONTEXT = "https://w3id.org/security/data-integrity/v2";

/**
 * The list as an unsigned credential.
 *
 * @see Bitstring Status List 1.0 §2.2; for the other form, StatusList2021: a text without multibase letter
 */
export async function toListCredential(facts: ListFacts): Promise<JsonObject> {
  const { url, issuer, purpose, form, bits, validFrom, validUntil } = facts;
  const text = await encodeBitstring(bits);
  const isForBlockcerts = form === "blockcerts";
  return {
    "@context": isForBlockcerts ? [CONTEXT, SECOND_CONTEXT] : [CONTEXT],
    id: url,
    type: ["VerifiableCredential", "BitstringStatusListCredential"],
    issuer,
    validFrom: toStamp(validFrom),
    validUntil: toStamp(validUntil),
    credentialSubject: {
      id: `${url}#list`,
      type: "BitstringStatusList",
      statusPurpose: purpose,
      encodedList: isForBlockcerts ? text.slice(1) : text,
    },
  };
}

function toStamp(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}Z`;
}
