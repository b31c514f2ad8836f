/** Who is behind a document, and with which keys: what `verify/` asks, and `identity/` answers. */

import type { Hex } from "../bytes.ts";
import type { IssuerClaim } from "../claims.ts";
import type { Evidence } from "../findings.ts";
import type { PublicKey } from "../public-key.ts";
import type { IssuerReport } from "../report.ts";
import type { Answer } from "./answer.ts";
import type { AnchorMoment } from "./chain.ts";

/** Who vouches for an issuer. Never rejects. */
export interface IdentityProver {
  /**
   * @param chainId  the chain that was asked for the anchor; absent for documents that have none.
   * @param at  when the issuer itself put the document on record: keys of that time count; absent: those of now.
   */
  prove(issuer: IssuerClaim, chainId: number | undefined, at?: AnchorMoment): Promise<IdentityAnswer>;
}

export type IdentityAnswer =
  | {
      readonly kind: "proven";
      readonly by: NonNullable<IssuerReport["provenBy"]>;
      readonly name: string;
      readonly evidence?: Evidence;
      /** What binds a profile that speaks for itself to anything else; empty: nothing does. Absent: no profile speaks. */
      readonly boundBy?: readonly Binding[];
    }
  /** The issuer's own records exist and say otherwise. */
  | { readonly kind: "contradicted"; readonly reason: string; readonly evidence?: Evidence }
  /** Asked and answered: nobody vouches. */
  | { readonly kind: "unproven"; readonly reason: string; readonly evidence?: Evidence }
  | { readonly kind: "unknown-kind"; readonly reason: string }
  | { readonly kind: "silent"; readonly reason: string };

/**
 * What may bind a profile to more than its own address: the records of its domain name the register that took the root; a
 * register took the root from the account that the profile lists; the verifier's own list knows the issuer.
 */
export type Binding = "dns" | "register" | "trust-list";

/** Who recognised an issuer, seen from the accounts that the verifier trusts. Never rejects. */
export interface RecognitionReader {
  /** The chain of the register. */
  readonly chainId: number;
  /** Undefined: asked and answered, nobody trusted recognises it. */
  recognitionOf(question: RecognitionQuestion): Promise<Answer<Recognised | undefined>>;
}

export interface RecognitionQuestion {
  /** A DID, or a store as `eip155:<chain id>:<address>`, lower case. */
  readonly subject: string;
  /** Types of achievement that must be covered, by their Open Badges names; none: what states no type. */
  readonly types: readonly string[];
  /** When the document was anchored, on the register's chain; absent: now. */
  readonly at: AnchorMoment | undefined;
}

export interface Recognised {
  readonly subject: string;
  /** Accounts, the trusted one first, whoever recognised the subject itself last. */
  readonly by: readonly Hex[];
  /** Numbers of their recognitions, in the same order. */
  readonly ids: readonly number[];
}

/** The keys that an issuer's own document lists. Never rejects. */
export interface KeyFinder {
  /** The account (Ethereum address, lower case) behind a key. */
  findAccount(question: KeyQuestion): Promise<Answer<ListedAccount | NotListed>>;
  findPublicKey(question: KeyQuestion): Promise<Answer<ListedKey | NotListed>>;
}

export interface KeyQuestion {
  /** Whose document must list the key: a DID, or an issuer at an https address. */
  readonly controller: string;
  /** The verification method. */
  readonly key: string;
  /** What the key must be listed for; absent: `assertionMethod`. */
  readonly purpose?: "assertionMethod" | "authentication";
  /** When the controller itself put on record what the key signed: it must have been good then; absent: now. */
  readonly at?: AnchorMoment | undefined;
}

export interface ListedAccount {
  readonly kind: "account";
  readonly account: Hex;
}

export interface ListedKey {
  readonly kind: "key";
  readonly key: PublicKey;
}

/** The document was read, and does not list the key for that purpose, or not at that time. */
export interface NotListed {
  readonly kind: "not-listed";
  readonly reason: string;
}
