/** Addresses and member names of W3C credentials and of our own additions to them. */

/** The base context of the VC Data Model 2.0, and of its predecessor 1.1. */
export const CONTEXT_V2 = "https://www.w3.org/ns/credentials/v2";
export const CONTEXT_V1 = "https://www.w3.org/2018/credentials/v1";

/** Our namespace: members named by absolute addresses need no context of their own (docs/merkle-jcs-2026.md). */
const NAMESPACE = "https://testamur.example/ns#";

/** The document store the credential is anchored in, as a CAIP-10 account. */
export const ANCHOR_STORE: string = `${NAMESPACE}anchorStore`;
/** 16 random bytes that keep the leaf from being guessed. */
export const ANCHOR_NONCE: string = `${NAMESPACE}anchorNonce`;
/** The 32 random bytes that name the credential's status list in the store. */
export const STATUS_LIST: string = `${NAMESPACE}statusList`;
/** Digests of what is withheld from this object. */
export const WITHHELD: string = `${NAMESPACE}withheld`;

/** In a credential to be sealed: JSON pointers to what its holder may withhold. It is not part of the document. */
export const MAY_WITHHOLD: string = `${NAMESPACE}mayWithhold`;

/** The suite of the anchor proof. */
export const ANCHOR_SUITE = "merkle-jcs-2026";

export const DATA_INTEGRITY_PROOF = "DataIntegrityProof";

/** The envelope of a credential of which parts are disclosed. */
export const DISCLOSURE_TYPE = "TestamurDisclosure";
