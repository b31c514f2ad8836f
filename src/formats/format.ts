/** What a document standard is to us: a pure translator with four verbs. A new format is a folder and one line in `formats.ts`. */

import type { ByteWriter } from "../core/byte-writer.ts";
import type { Digest } from "../core/bytes.ts";
import type { Claims, FormatId } from "../core/claims.ts";
import type { Finding } from "../core/findings.ts";
import type { JsonObject } from "../core/json.ts";
import type { ListForm } from "../core/list-address.ts";
import type { Anchor, AnchorEntry } from "../core/ports/anchoring.ts";
import type { RandomSource } from "../core/ports/answer.ts";
import type { DocumentSigner } from "../core/ports/handing-out.ts";

/** A document taken apart, or the integrity finding that says why it could not be. */
export type Opened =
  { readonly kind: "opened"; readonly claims: Claims } | { readonly kind: "refused"; readonly finding: Finding };

/** The reading half. */
export interface Format {
  readonly id: FormatId;
  /** True for documents of this standard; never throws, whatever it is shown. Exactly one format detects a document. */
  detect(document: JsonObject): boolean;
  /** Takes a document apart, without any network. Never throws for a bad document. */
  open(document: JsonObject): Opened | Promise<Opened>;
}

/** Where a credential is about to be anchored: what is hashed may have to name it. */
export interface Placement {
  readonly chainId: number;
  readonly store: `0x${string}`;
  /** The credential's own place in a status list of the store, for formats that can name one. */
  readonly status?: StatusPlace;
  /** Who is going to sign, for formats with signatures; absent where the credential says it itself. */
  readonly signer?: Pick<DocumentSigner, "issuer" | "verificationMethod" | "publicKey">;
  /** The account that is going to anchor, lower case: in Blockcerts it stands for the issuer. */
  readonly account?: `0x${string}`;
  /** When the batch was begun, ISO 8601: the moment its signatures name. */
  readonly createdAt?: string;
}

/** A place in a status list that the store keeps. */
export interface StatusPlace {
  /** The 32 random bytes that name the list. */
  readonly list: `0x${string}`;
  /** From 0; a random one of the list's places, unrelated to the place in the tree. */
  readonly index: number;
  /** Addresses at which the list is mirrored, in the form of `listForm`, for verifiers that do not read chains. */
  readonly mirrors?: Readonly<Partial<Record<"revocation" | "suspension", string>>>;
}

/** A credential, salted and digested, before its root is known. */
export interface Sealed {
  /** The format's own form, JSON text in one line; only `attach` of the same format reads it. */
  readonly text: string;
  /** The UTF-8 of `text`, where the format has made it anyway. */
  readonly bytes?: Uint8Array<ArrayBuffer>;
  /** The digest that goes into the tree. */
  readonly leaf: Digest;
  /** Bytes that an issuer's key must sign, where the standard has a signature. */
  readonly toSign?: Uint8Array;
}

/** A leaf's place in its tree, once the tree stands. */
export interface TreePlace {
  readonly leaf: Digest;
  readonly path: readonly Digest[];
  readonly root: Digest;
  /** Position among the leaves, from 0, and how many there are. */
  readonly index: number;
  readonly size: number;
}

/** The writing half, for the standards we issue. */
export interface IssuingFormat extends Format {
  /** How leaves are paired: the name of a tree in `merkle/`. */
  readonly tree: "keccak-sorted" | "keccak-positional" | "sha256-ordered";
  /** How the root gets on record. */
  readonly entry: AnchorEntry;
  /** True for what is written like a credential of this standard, sealed or not; never throws. One standard at most says so. */
  fits(template: JsonObject): boolean;
  /** Whether documents carry the issuer's signature beside the anchor. */
  readonly carriesSignature: boolean;
  /** How documents name their own place in a status list of the store, if they can: by the list's name, or by the address of a mirror. */
  readonly namesStatusList: "by-name" | "by-address" | "never";
  /** The form of mirrors that verifiers of this standard read. */
  readonly listForm?: ListForm;
  /**
   * Salts and digests a credential.
   *
   * @param credential  what is said, without salts: this standard's own members.
   * @param placement  chain and store; the credential must name that store.
   * @param random  secure random bytes; the same bytes give the same sealed form.
   * @returns at once, or later where the standard's canonical form takes its time; both ways refuse alike.
   * @throws {TestamurError} `CREDENTIAL_INVALID` with a problem per path that cannot be issued.
   */
  seal(credential: JsonObject, placement: Placement, random: RandomSource): Sealed | Promise<Sealed>;
  /** The document, as JSON text ending in a line break: same input, same bytes. */
  attach(sealed: string, place: TreePlace, anchor: Anchor, signatures: readonly Uint8Array[]): string;
  /** Writes the same bytes behind what is written already, where a standard need not read a sealed form, in UTF-8, to make a document of it. */
  writeDocument?(to: ByteWriter, sealed: Uint8Array, place: TreePlace): void;
}
