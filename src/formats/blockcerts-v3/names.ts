/** Names and addresses of version 3.2, the version we issue. */

/** Contexts before and after those of the credential's own. */
export const FIRST_CONTEXTS: readonly string[] = [
  "https://www.w3.org/ns/credentials/v2",
  "https://w3id.org/security/data-integrity/v2",
];
export const LAST_CONTEXT = "https://w3id.org/blockcerts/v3.2";

export const TYPES: readonly string[] = ["VerifiableCredential", "BlockcertsCredential"];

/** Members that a credential must leave to us. */
export const MEMBERS_FILLED_IN: readonly string[] = ["id"];

/** What viewers of Blockcerts show. @see the JSON schema of Blockcerts 3.2, display */
export const DISPLAY_TYPES: readonly string[] = [
  "text/html",
  "text/plain",
  "image/png",
  "image/jpeg",
  "image/gif",
  "image/bmp",
  "application/pdf",
];
