/** Answering rooms made of plain values, for tests of the rooms that ask. */

import type { Hex } from "../../src/core/bytes.ts";
import type { Claims, Inclusion } from "../../src/core/claims.ts";
import type {
  ChainView,
  ChainViewAnswer,
  MinedTransaction,
  StoreStanding,
  TransactionOnRecord,
} from "../../src/core/ports/chain.ts";
import type { SettledStatusReader } from "../../src/verify/verify-list.ts";
import type { VerifyPorts } from "../../src/verify/verify-ports.ts";

export const NOW: Date = new Date("2026-11-22T10:31:00Z");
export const STORE: Hex = "0x5fbdb2315678afecb367f032d93f642f64180aa3";
export const ROOT: Hex = `0x${"aa".repeat(32)}`;
export const LEAF: Hex = `0x${"bb".repeat(32)}`;

/** A leaf one step below its root. */
export const INCLUSION: Inclusion = {
  leaf: { stated: LEAF, computed: LEAF },
  root: { stated: ROOT, computed: ROOT },
  path: [`0x${"cc".repeat(32)}`],
  nodes: [LEAF, ROOT],
};

/** Claims of a good document in a store, vouched for by DNS. */
export function goodClaims(changes: Partial<Claims> = {}): Claims {
  return {
    format: "openattestation-v2",
    inclusions: [INCLUSION],
    anchors: [{ kind: "document-store", address: STORE, inclusion: INCLUSION }],
    signatures: [],
    statuses: [{ kind: "store-nodes", address: STORE, inclusion: INCLUSION }],
    issuers: [{ name: "University of Example", proof: { kind: "dns-txt", domain: "uni.example", account: STORE } }],
    validity: {},
    hidden: 0,
    unprotected: [],
    faults: [],
    credential: { content: {} },
    mayLack: ["signature"],
    ...changes,
  };
}

export const GOOD_STANDING: StoreStanding = { kind: "store", issued: true, final: true, anchoredBlock: 7 };

export const SENDER: Hex = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";

/** A transaction that put `ROOT` on record, sent to `STORE`. */
export const GOOD_TRANSACTION: MinedTransaction = {
  kind: "mined",
  from: SENDER,
  to: STORE,
  input: ROOT,
  succeeded: true,
  block: 7,
  blockHash: `0x${"77".repeat(32)}`,
  time: "2026-11-22T10:00:00.000Z",
  final: true,
};

/** A view of chain 1337 whose store, and every transaction, stands as given. */
export function fakeView(
  standing: StoreStanding | "silent" = GOOD_STANDING,
  transaction: TransactionOnRecord | "silent" = GOOD_TRANSACTION,
): ChainView {
  return {
    readAt: { chainId: 1337, block: 9, hash: `0x${"dd".repeat(32)}`, time: "2026-11-22T10:30:00Z" },
    network: "test",
    standingOf: async () =>
      standing === "silent" ? { kind: "silent", reason: "hung up" } : { kind: "answer", value: standing },
    entryOf: async () => ({ kind: "answer", value: {} }),
    bitmapsOf: async () => ({ kind: "silent", reason: "not asked here" }),
    transactionOf: async () =>
      transaction === "silent" ? { kind: "silent", reason: "hung up" } : { kind: "answer", value: transaction },
    mintingOf: async () => ({ kind: "answer", value: "minted" }),
    callContract: async () => ({ kind: "silent", reason: "not asked here" }),
    eventsIn: async () => ({ kind: "silent", reason: "not asked here" }),
    timeOf: async () => ({ kind: "silent", reason: "not asked here" }),
  };
}

/** Every status off the chain is good. */
export const GOOD_STATUS: SettledStatusReader = { ask: async () => ({ kind: "good" }) };

/** Ports that answer well, with changes. */
export function fakePorts(changes: Partial<VerifyPorts> & { readonly view?: ChainViewAnswer } = {}): VerifyPorts {
  const { view = { kind: "view", view: fakeView() }, ...rest } = changes;
  return {
    chain: { viewOf: async () => view },
    identity: { prove: async () => ({ kind: "proven", by: "dns-txt", name: "uni.example" }) },
    keys: {
      findAccount: async () => ({ kind: "silent", reason: "nobody to ask" }),
      findPublicKey: async () => ({ kind: "silent", reason: "nobody to ask" }),
    },
    status: GOOD_STATUS,
    clock: { now: () => NOW },
    ...rest,
  };
}
