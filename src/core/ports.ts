/**
 * The questions that asking rooms (`verify/`, `issue/`) put and answering rooms (`chain/`, `identity/`, `status/`, `store/`)
 * answer. Neither side imports the other; `app/` plugs them together.
 */

import type { Hex } from "./bytes.ts";
import type { FormatId, Inclusion, IssuerClaim, StatusClaim } from "./claims.ts";
import type { Evidence } from "./findings.ts";
import type { Json } from "./json.ts";
import type { PublicKey } from "./public-key.ts";
import type { IssuerReport, ReadAt, Report } from "./report.ts";

/**
 * An answer, or silence. Silence is trouble (down, slow, lying, rate-limited, malformed): it may never influence a
 * verdict except as `unknown`. `reason` is for people.
 */
export type Answer<Value> =
  { readonly kind: "answer"; readonly value: Value } | { readonly kind: "silent"; readonly reason: string };

// --- reading the chain -----------------------------------------------------------------------------------------------

/** What a verifier may call "the chain": views of the chains it was explicitly pointed at. */
export interface ChainReader {
  /**
   * One view for one verification session: chain id checked, one block pinned.
   *
   * @param chainId  the chain the document names; absent: the reader's default chain.
   * Never rejects: no node for that chain is `not-configured`, trouble is `silent`.
   */
  viewOf(chainId?: number): Promise<ChainViewAnswer>;
}

export type ChainViewAnswer =
  | { readonly kind: "view"; readonly view: ChainView }
  /**
   * `isTestNetwork` tells whether the chain asked for is known to be a test network; `closed` names one that was shut down,
   * so that only an archive of it could be asked.
   */
  | { readonly kind: "not-configured"; readonly isTestNetwork: boolean; readonly closed?: string }
  | { readonly kind: "behind"; readonly reason: string }
  | { readonly kind: "silent"; readonly reason: string };

/** One chain, read at one block. Questions asked in the same turn travel together. */
export interface ChainView extends ContractReader {
  readonly readAt: ReadAt;
  readonly network: "main" | "test";
  /** What the store says of the root and of every node between leaf and root. */
  standingOf(store: Hex, inclusion: Inclusion): Promise<Answer<StoreStanding>>;
  /** What the store's status list says of one entry; silence for whatever is not a store that keeps lists. */
  entryOf(store: Hex, list: Hex, index: number): Promise<Answer<ListEntryStanding>>;
  /**
   * Both bitmaps of a store's status list, one bit an entry, the first at the left.
   *
   * @param entries  how many are asked for, from the list's first: a multiple of 256.
   */
  bitmapsOf(store: Hex, list: Hex, entries: number): Promise<Answer<ListBitmaps>>;
  /** Who owns the token whose id is the root. */
  mintingOf(registry: Hex, root: Hex): Promise<Answer<"minted" | "not-minted" | "no-contract">>;
  /** The transaction of that hash (32 bytes), as far as a block up to the pinned one has it. */
  transactionOf(hash: Hex): Promise<Answer<TransactionOnRecord>>;
}

export type TransactionOnRecord = MinedTransaction | { readonly kind: "absent" };

/** A transaction in a block: what it says is proven by its hash, who sent it by its signature. */
export interface MinedTransaction {
  readonly kind: "mined";
  /** Lower case. */
  readonly from: Hex;
  /** Lower case; absent where it created a contract. */
  readonly to?: Hex;
  readonly input: Hex;
  /** False when it was reverted: it is in its block, and has done nothing. */
  readonly succeeded: boolean;
  readonly block: number;
  readonly blockHash: Hex;
  /** The block's own time, ISO 8601. */
  readonly time: string;
  /** Whether its block can no longer change. */
  readonly final: boolean;
}

export type StoreStanding =
  /** Provably no code at the address at that block. */
  | { readonly kind: "no-contract" }
  | {
      readonly kind: "store";
      readonly issued: boolean;
      /** False when the root is on record at the pinned block but not yet at a final one. */
      readonly final: boolean;
      readonly anchoredBlock?: number;
      readonly anchoredAt?: string;
      readonly revocation?: StoreRevocation;
      /** Hash of the runtime code (minimal proxies resolved), and whether it is one of our releases. */
      readonly codeHash?: Hex;
      readonly codeKnown?: boolean;
    };

/** The first node, leaf first, that the store calls revoked. */
export interface StoreRevocation {
  readonly node: Hex;
  readonly block?: number;
  readonly at?: string;
  readonly reason?: string;
  /** True when the root's account was declared compromised before it anchored. */
  readonly byCompromise?: boolean;
}

/** One entry of a status list: each member is there while it is so. */
export interface ListEntryStanding {
  readonly revocation?: StatusChange;
  readonly suspension?: StatusChange;
}

/** `entries / 8` bytes each. */
export interface ListBitmaps {
  readonly revocation: Uint8Array;
  readonly suspension: Uint8Array;
}

/** When and why an entry was changed, as far as the node still has the event. */
export interface StatusChange {
  readonly block?: number;
  readonly at?: string;
  readonly reason?: string;
}

/** Plain contract reads for rooms that must not know about RPC: at the pinned block, decoded by the caller. */
export interface ContractReader {
  /**
   * @returns the returned bytes; `reverted` with the revert data; `no-contract` where provably no code stands.
   */
  callContract(address: Hex, data: Hex): Promise<Answer<ContractResult>>;
  /**
   * What a contract logged in one block, in order; nodes keep that without keeping the state of old blocks.
   *
   * @param topics  a position each: one topic, or several of which one must stand there.
   * @param block  at most the pinned one.
   */
  eventsIn(
    address: Hex,
    topics: readonly (Hex | readonly Hex[])[],
    block: number,
  ): Promise<Answer<readonly ContractEvent[]>>;
  /** The time of a block up to the pinned one, ISO 8601. */
  timeOf(block: number): Promise<Answer<string>>;
}

export interface ContractEvent {
  readonly topics: readonly Hex[];
  readonly data: Hex;
}

export type ContractResult =
  | { readonly kind: "returned"; readonly data: Hex }
  | { readonly kind: "reverted"; readonly data: Hex }
  | { readonly kind: "no-contract" };

// --- identity, keys, status ------------------------------------------------------------------------------------------

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

/** A block and its time, ISO 8601. */
export interface AnchorMoment {
  readonly chainId: number;
  readonly block: number;
  readonly time: string;
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

/** What lies at addresses that documents link to. Never rejects. */
export interface LinkedContentReader {
  contentAt(url: string): Promise<Answer<Uint8Array>>;
}

/** Status that is kept off chain. Never rejects. */
export interface StatusReader {
  ask(status: StatusClaim): Promise<StatusAnswer>;
}

export type StatusAnswer = SettledStatus | UnverifiedList;

/** A list that is a document itself: what it says counts once `verify/` has opened and verified it like any other. */
export interface UnverifiedList {
  readonly kind: "list";
  /** As it came; the same array for all who ask for the same list. */
  readonly document: Uint8Array;
  /** True where it came by https from where the issuer's profile lies, by whose standard that speaks for it. */
  readonly isFromProfile?: boolean;
  /** True where a bit that is set counts, whoever's word the list is: so has it the credential's standard. */
  readonly setBitCounts?: boolean;
  /** What the list's content, as verified, says of the document that was asked about. Never rejects. */
  read(content: Json): Promise<SettledStatus>;
}

export type SettledStatus =
  /** Asked and answered: there is no way of withdrawing it. */
  | { readonly kind: "not-offered"; readonly reason: string }
  | { readonly kind: "good"; readonly evidence?: Evidence }
  | {
      readonly kind: "revoked";
      readonly node?: Hex;
      readonly at?: string;
      readonly reason?: string;
      readonly evidence?: Evidence;
    }
  | {
      readonly kind: "suspended";
      readonly node?: Hex;
      readonly at?: string;
      readonly reason?: string;
      readonly evidence?: Evidence;
    }
  | { readonly kind: "unknown-kind"; readonly reason: string }
  | { readonly kind: "silent"; readonly reason: string };

/** The current time, in one place so that tests and as-of replays can choose it. */
export interface Clock {
  now(): Date;
}

/** @returns `count` bytes from the system's secure generator. */
export type RandomSource = (count: number) => Uint8Array;

// --- writing the chain -----------------------------------------------------------------------------------------------

/** How a root gets into a store: by its function, or as the bare 32 bytes of a transaction, which is a Blockcerts anchor too. */
export type AnchorEntry = "issue" | "raw";

/** Anchors roots in one store with one account. Every method checks the chain id first and throws `TestamurError`. */
export interface Anchorer {
  readonly account: Hex;
  /**
   * Everything that would make anchoring fail, found before anything is signed: wrong chain, no contract, paused, role
   * missing, funds, fee above the cap, node not reachable.
   */
  preflight(): Promise<Preflight>;
  /** Whether, and by whom and when, the store has the root: the truth that recovery starts from. */
  findAnchor(root: Hex): Promise<AnchorRecord | undefined>;
  /**
   * Signs, sends nothing. `nonce` is given to replace or repeat a transaction, else the account's next one is taken.
   *
   * @throws {TestamurError} `ROOT_NOT_USABLE` when the root's first four bytes collide with a selector of the store.
   */
  sign(
    root: Hex,
    options?: { readonly nonce?: number; readonly raiseAbove?: SignedTransaction },
  ): Promise<SignedTransaction>;
  /** Sends the very bytes; "already known" is success, as is "nonce too low" when the receipt is ours. */
  broadcast(transaction: SignedTransaction): Promise<void>;
  /**
   * Where a transaction stands, read from reality. `replaced`: another transaction used the nonce in a final block.
   */
  standingOf(transaction: SignedTransaction): Promise<TransactionStanding>;
  /** Resolves after about one block time, or when a new block is seen. */
  nextBlock(): Promise<void>;
}

export interface Preflight {
  readonly chainId: number;
  readonly networkName: string;
  readonly store: Hex;
  readonly storeName: string;
  readonly account: Hex;
  readonly gas: bigint;
  readonly maxFeePerGas: bigint;
  /** gas × fee at the cap we would sign, in wei. */
  readonly costWei: bigint;
  readonly balanceWei: bigint;
  /** About how long until final, for people. */
  readonly finality: string;
}

export interface SignedTransaction {
  readonly hash: Hex;
  readonly raw: Hex;
  readonly nonce: number;
  readonly from: Hex;
  readonly chainId: number;
}

export interface AnchorRecord {
  readonly root: Hex;
  readonly block: number;
  readonly time?: string;
  readonly account?: Hex;
  readonly final: boolean;
}

export type TransactionStanding =
  | { readonly kind: "unknown" }
  | { readonly kind: "pending" }
  | {
      readonly kind: "mined";
      readonly block: number;
      readonly blockHash: Hex;
      readonly gasUsed: bigint;
      readonly final: boolean;
    }
  | { readonly kind: "reverted"; readonly block: number; readonly final: boolean }
  | { readonly kind: "replaced" };

/** A root on record: what `attach` writes into documents that name their transaction. */
export interface Anchor {
  readonly chainId: number;
  readonly store: Hex;
  readonly root: Hex;
  readonly transaction?: Hex;
  readonly block: number;
}

// --- keeping batches -------------------------------------------------------------------------------------------------

/** The states of a batch, in order; the last three are side states. */
export const BATCH_STATES = [
  "draft",
  "sealed",
  "rooted",
  "signed",
  "broadcast",
  "mined",
  "final",
  "attached",
  "checked",
  "paused",
  "needs-attention",
  "abandoned",
] as const;
export type BatchState = (typeof BATCH_STATES)[number];

/** What a batch is about; fixed when it is created. */
export interface BatchOrder {
  readonly id: string;
  readonly format: FormatId;
  readonly chainId: number;
  readonly store: Hex;
  readonly account: Hex;
  /** Absolute path of the directory the documents go to. */
  readonly out: string;
  /** sha-256 of the roster and the template, hexadecimal: the same order twice is recognised. */
  readonly rosterDigest: string;
  readonly templateDigest: string;
  readonly createdAt: string;
}

/** One row of a batch's history: never changed, only followed by another. */
export interface BatchTransition {
  readonly state: BatchState;
  readonly at: string;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}

/**
 * Keeps batches durably: when a method returns, what it was given survives a power cut. One writer at a time.
 *
 * @throws {TestamurError} `DATABASE_LOCKED`, `DATABASE_CORRUPT`, `DISK_FULL`, `BATCH_UNKNOWN`, `BATCH_CORRUPT`.
 */
export interface BatchStore {
  /** The order and the first row of its history, both or neither. */
  createBatch(order: BatchOrder, draft: BatchTransition): void;
  findBatch(id: string): BatchOrder | undefined;
  /** Every batch, oldest first. */
  listBatches(): readonly BatchOrder[];
  recordTransition(id: string, transition: BatchTransition): void;
  /** The batch's history, oldest first; the last row is its state. */
  historyOf(id: string): readonly BatchTransition[];
  /** Before anything is sent: bytes, hash and nonce of every transaction ever signed for the batch. */
  recordTransaction(id: string, transaction: SignedTransaction): void;
  transactionsOf(id: string): readonly SignedTransaction[];
  /** Sealed credentials, one after the other, in leaf-independent order; durable only after `commit`. */
  openSealedWriter(id: string): SealedWriter;
  /** True once a writer has committed: the sealed credentials are all there. */
  hasSealed(id: string): boolean;
  /** Reads them back in the order they were written. `BATCH_CORRUPT` where the bytes are not those that were written. */
  readSealed(id: string): AsyncIterable<SealedEntry>;
  /** The same, with the sealed forms as the bytes they are kept in: nobody need make text of what is only copied. */
  readSealedBytes(id: string): AsyncIterable<SealedBytes>;
  close(): void;
}

/** One sealed credential as it is kept between sealing and handing out. */
export interface SealedEntry {
  /** The learner's number: 1 for the first one of the roster. */
  readonly row: number;
  /** The learner's own number at the issuer, where the roster has one: for the registrar's index, never for a file name. */
  readonly learnerId?: string;
  /** The name of the document's file: never made from learner data. */
  readonly fileName: string;
  /** The leaf, 32 bytes as hexadecimal text. */
  readonly leaf: Hex;
  /** The format's own sealed form, JSON text without line breaks. */
  readonly sealed: string;
  /** The issuer's signature, where the standard has one beside the anchor. */
  readonly signature?: Hex;
}

/** The same with its sealed form in UTF-8. */
export type SealedBytes = Omit<SealedEntry, "sealed"> & { readonly sealed: Uint8Array };

export interface SealedWriter {
  write(entry: SealedEntry | SealedBytes): Promise<void>;
  /** Flushes to the disk itself; after it returns, salts can no longer be lost. */
  commit(): Promise<void>;
  /** Throws away what was written. */
  discard(): Promise<void>;
}

// --- handing documents out -------------------------------------------------------------------------------------------

/** A file on its way to the disk. */
export interface OutFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * The directory that one batch's documents go to. Files first lie in a waiting room, a folder inside it, and leave it all
 * together, once checked: nobody finds a document that was not.
 *
 * @throws {TestamurError} `DISK_FULL`, `FILE_UNREADABLE`, `FILE_EXISTS`.
 */
export interface DocumentDirectory {
  /** Makes the directory; `FILE_EXISTS` where a file of one of these names lies in it already. */
  prepare(names: readonly string[]): Promise<void>;
  /** Puts files into the waiting room; those that lie there with these very bytes are left alone. Durable on return. */
  write(files: readonly OutFile[]): Promise<void>;
  /** Puts one long file there, piece by piece; like the others it appears whole or not at all. */
  writeStream(name: string, pieces: Iterable<string> | AsyncIterable<string>): Promise<void>;
  /** The bytes of a file, wherever it lies by now; undefined where there is none. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** Moves everything out of the waiting room and closes it; a second call finds nothing to do. Durable on return. */
  release(): Promise<void>;
}

/** Our own verifier, reading one block: opened when the documents are written, so that it knows their anchor. */
export interface DocumentChecker {
  check(document: Uint8Array): Promise<Pick<Report, "findings" | "anchor">>;
  /**
   * The same for many, in other threads where there are some; without it, they are checked one by one.
   *
   * @param documents  may be handed to another thread with their memory: who needs them again reads them again.
   * @param root  the batch's root: a document that hangs in another tree is not one of this batch.
   * @returns one verdict a document, in order.
   */
  checkMany?(documents: readonly Uint8Array[], root: Hex, depth: CheckDepth): Promise<readonly OwnVerdict[]>;
}

/**
 * What the store is asked of a document: whether any node from leaf to root is revoked, or the root alone. Nodes below the
 * root are in nobody's hands before the documents are handed out, so nobody can have revoked them.
 */
export type CheckDepth = "every-node" | "root";

/** Whether a document may be handed out. `unsure`: the chain could not be asked. */
export type OwnVerdict = { readonly kind: "good" } | { readonly kind: "bad" | "unsure"; readonly reason: string };

/** Signs for the issuer, where a standard wants a signature beside the anchor. */
export interface DocumentSigner {
  /** The issuer's DID. */
  readonly issuer: string;
  /** The key as that DID's document lists it: the DID, `#` and a name. */
  readonly verificationMethod: string;
  readonly publicKey: PublicKey;
  /** @returns 64 bytes; for P-256 over the SHA-256 of `bytes`, r then s. */
  sign(bytes: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/** What a job says of itself while it runs: for bars, JSON lines and logs. Never learner data. */
export type JobEvent = { readonly batch?: string } & (
  | { readonly kind: "working"; readonly toward: BatchState; readonly done: number; readonly total: number }
  | { readonly kind: "reached"; readonly state: BatchState; readonly detail: BatchTransition["detail"] }
  | { readonly kind: "waiting"; readonly reason: string }
);
export type Progress = (event: JobEvent) => void;
