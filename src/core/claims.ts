/** What a document says of itself, read without any network: nothing here is true until a check has backed it. */

import type { Hex } from "./bytes.ts";
import type { Aspect, Evidence, Finding } from "./findings.ts";
import type { Json, JsonObject } from "./json.ts";
import type { Curve } from "./public-key.ts";

/** The document standards read here; the first column of the conformance table. */
export type FormatId = "openattestation-v2" | "openattestation-v3" | "w3c-vc-v2" | "blockcerts-v3" | "blockcerts-v2";

/** A digest that the document states beside the one computed from its content. */
export interface StatedDigest {
  readonly stated: Hex;
  readonly computed: Hex;
}

/** How one leaf hangs in one tree. */
export interface Inclusion {
  readonly leaf: StatedDigest;
  readonly root: StatedDigest;
  /** Siblings, the leaf's level first; 0 to 64. */
  readonly path: readonly Hex[];
  /** Every node from leaf to root, both included, as computed: revoking any of them revokes the document. */
  readonly nodes: readonly Hex[];
}

/** A transaction whose input is the root; its sender must be the issuer's. */
export interface TransactionClaim {
  readonly kind: "transaction";
  /** `0x` on a mock chain, which has no transactions. */
  readonly hash: Hex;
  /** `mock`: it binds nobody. `unsupported`: a chain that is not read here; `network` says which. */
  readonly chainId: number | "mock" | "unsupported";
  /** Chain and network in the document's own words, `btc:testnet`. */
  readonly network?: string;
  readonly inclusion: Inclusion;
}

/** Where the document says its root was put on record. */
export type AnchorClaim =
  | { readonly kind: "document-store"; readonly address: Hex; readonly chainId?: number; readonly inclusion: Inclusion }
  | { readonly kind: "token-registry"; readonly address: Hex; readonly chainId?: number; readonly inclusion: Inclusion }
  | TransactionClaim
  | { readonly kind: "unknown"; readonly what: string };

/** A signature and the key it names; `message` is what was signed, already computed. */
export type SignatureClaim =
  | {
      /** EIP-191 over 32 raw bytes by a secp256k1 key of a DID. */
      readonly kind: "eip191";
      readonly message: Hex;
      readonly signature: Hex;
      /** The DID whose document must list the key. */
      readonly did: string;
      /** The verification method, `did:ethr:0x…#controller`. */
      readonly key: string;
    }
  | {
      /** W3C Data Integrity: the hash data is computed, the key is still to be found. */
      readonly kind: "data-integrity";
      readonly suite: string;
      /** The curve that the suite and the signature's length ask for: a key on any other signed nothing here. */
      readonly curve: Curve;
      readonly message: Hex;
      readonly signature: Hex;
      readonly verificationMethod: string;
      readonly purpose: string;
      readonly controller: string;
    }
  | { readonly kind: "unknown"; readonly what: string };

/** A place in a list kept in the store itself. */
export interface StoreListClaim {
  readonly kind: "store-list";
  readonly address: Hex;
  readonly chainId: number;
  /** The 32 bytes that name the list. */
  readonly list: Hex;
  /** From 0. */
  readonly index: number;
  readonly purpose: "revocation" | "suspension";
}

/** How the issuer said it would withdraw a document. */
export type StatusClaim =
  | { readonly kind: "store-nodes"; readonly address: Hex; readonly chainId?: number; readonly inclusion: Inclusion }
  | { readonly kind: "ocsp"; readonly location: string; readonly nodes: readonly Hex[] }
  | { readonly kind: "not-offered" }
  | {
      readonly kind: "bitstring-list";
      readonly location: string;
      readonly purpose: string;
      readonly index: string;
      readonly entry: Json;
      /** Blockcerts: the issuer's profile (its address, or a DID that leads there), whose host may publish lists for it. */
      readonly issuerProfile?: string;
      /** The list of a store that the address names: where that store has the root, it is asked instead. */
      readonly published?: StoreListClaim;
    }
  | StoreListClaim
  | {
      /** A list of withdrawn documents by their ids, at an address of its own or at the one an issuer's profile names. */
      readonly kind: "revocation-list";
      readonly namedBy: "document" | "issuer-profile";
      /** Address of the list; of the profile (or a DID that leads there) where that names the list. */
      readonly location: string;
      /** The document's id, as the list would state it. */
      readonly document: string;
    }
  | { readonly kind: "unknown"; readonly what: string };

/** Who the document says its issuer is (`name`, `id`: claims) and what is said to prove it. */
export interface IssuerClaim {
  readonly name?: string;
  readonly id?: string;
  readonly proof: IdentityProof;
}

export type IdentityProof =
  | { readonly kind: "dns-txt"; readonly domain: string; readonly account: Hex; readonly chainId?: number }
  | { readonly kind: "dns-did"; readonly domain: string; readonly key: string }
  /** `account` and `chainId` are given where the method must stand for a store: a blockchain account, not a key. */
  | {
      readonly kind: "did";
      readonly did: string;
      readonly key: string;
      readonly account?: Hex;
      readonly chainId?: number;
    }
  | {
      /** A profile lists the accounts and keys that may anchor for the issuer. */
      readonly kind: "issuer-profile";
      /** Address of the profile, or a DID whose document leads there. */
      readonly location: string;
      /** The key the proof names; absent in Blockcerts 2, where the profile's list of accounts alone counts. */
      readonly verificationMethod?: string;
      /** The transaction whose sender must be the profile's, with a key that was good in its block. */
      readonly anchor: TransactionClaim;
    }
  /** An older document may name a store and nobody who vouches for it. */
  | { readonly kind: "none"; readonly account?: Hex }
  | { readonly kind: "unknown"; readonly what: string };

/** From when until when. Both are the document's own words; absent means no such statement. */
export interface ValidityClaim {
  readonly from?: string;
  readonly until?: string;
}

/** What may be shown once integrity holds: only what the digest covers. */
export interface CredentialView {
  readonly title?: string;
  readonly holder?: string;
  readonly issuedOn?: string;
  /** The whole content, without salts and proofs. */
  readonly content: Json;
}

/** A credential inside the document, whole and with proofs of its own: it vouches for itself and lends nothing to the document. */
export interface InnerDocument {
  /** Where, as a JSON pointer. */
  readonly place: string;
  readonly kind: "endorsement" | "record";
  /** False for an endorsement that is about something else than what carries it. */
  readonly isAboutHolder: boolean;
  readonly document: JsonObject;
}

/** Content elsewhere that the document links to by its digest. */
export interface LinkedContent {
  /** As the document writes it. */
  readonly link: string;
  readonly sha256: Hex;
  /** Where it may lie; the document chose these addresses. */
  readonly urls: readonly string[];
}

/** The claims of one document. A list is a set: every member must hold. */
export interface Claims {
  readonly format: FormatId;
  readonly inclusions: readonly Inclusion[];
  readonly anchors: readonly AnchorClaim[];
  readonly signatures: readonly SignatureClaim[];
  readonly statuses: readonly StatusClaim[];
  readonly issuers: readonly IssuerClaim[];
  /** Others who say to have signed, each with how it would be proven: counted only where the verifier expects them. */
  readonly coSigners?: readonly IssuerClaim[];
  readonly validity: ValidityClaim;
  /** Entries the holder has hidden; they are counted, never guessed. */
  readonly hidden: number;
  /** True where the holder may have left out parts that nobody can count. */
  readonly mayBePartial?: boolean;
  /** What it links to by digest. */
  readonly links?: readonly LinkedContent[];
  /** Content that is shown but that no digest covers. */
  readonly unprotected: readonly string[];
  /** Credentials inside it; absent where there are none. */
  readonly inner?: readonly InnerDocument[];
  /** The chain that the document itself names. */
  readonly chainId?: number;
  readonly credential: CredentialView;
  /** Aspects that documents of this kind may lack; a constant of the format, never the document's choice. */
  readonly mayLack: readonly Aspect[];
  /** Findings of later aspects that reading alone already settles (issuers that contradict each other, a missing signature). */
  readonly faults: readonly Finding[];
  /** True when the document itself fixes how many issuers it has, so that a hidden entry cannot be one. */
  readonly issuerCountBound?: boolean;
  /** Types of the achievements it is about, by their Open Badges names: what its issuer must be recognised for. */
  readonly achievementTypes?: readonly string[];
  /** What the format wants reported beside integrity (`typesBound: false`, …). */
  readonly evidence?: Evidence;
}
