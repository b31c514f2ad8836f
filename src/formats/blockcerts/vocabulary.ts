/** The addresses of everything we look for in statements: the W3C's, Open Badges', Blockcerts' and schema.org's. */

/** A word of the W3C's credentials: version 3 is built on them. */
export function vc(word: string): string {
  return `https://www.w3.org/2018/credentials#${word}`;
}

/** A word of Open Badges 2: version 2 is built on it. */
export function badge(word: string): string {
  return `https://w3id.org/openbadges#${word}`;
}

/** A word of Blockcerts itself. */
export function blockcerts(word: string): string {
  return `https://w3id.org/blockcerts#${word}`;
}

/** A member of a status list's entry, in the vocabularies of the Bitstring Status List and of StatusList2021. */
export function statusWords(word: string): readonly string[] {
  return [`https://www.w3.org/ns/credentials/status#${word}`, `https://w3id.org/vc/status-list#${word}`];
}

/** From when and until when a credential is valid: data model 2.0's word, then 1.1's. */
export const VALID_FROM: readonly string[] = [vc("validFrom"), vc("issuanceDate")];
export const VALID_UNTIL: readonly string[] = [vc("validUntil"), vc("expirationDate")];

/** When an assertion expires. */
export const EXPIRES: string = "https://w3id.org/security#expiration";

/** Names of things, in either spelling of schema.org. */
export const NAME: readonly string[] = ["https://schema.org/name", "http://schema.org/name"];
