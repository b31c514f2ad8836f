/** Wires the issuing job: the batch store, the anchorer with its key, the directory of documents, and our own verifier as checker. */

import { findAnchorRecord } from "../chain/anchor-record.ts";
import { openAnchorer } from "../chain/anchorer.ts";
import { openWriting } from "../chain/writing-session.ts";
import { TestamurError } from "../core/errors.ts";
import type { FormatId } from "../core/claims.ts";
import type { AnchorEntry, Anchorer } from "../core/ports/anchoring.ts";
import type { BatchStore } from "../core/ports/batches.ts";
import type { DocumentChecker, Progress } from "../core/ports/handing-out.ts";
import { issuingFormatById } from "../formats/formats.ts";
import type { FsckPorts } from "../issue/fsck.ts";
import type { IssuePlan, IssuePorts } from "../issue/job.ts";
import { openDocumentDirectory } from "../store/document-directory.ts";
import { readFileInPieces } from "../store/read-file.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import type { Settings } from "./config.ts";
import { openBatchChecker, type CheckerOptions } from "./batch-checker.ts";
import { openDocumentSigner } from "./document-signer.ts";
import { randomPool } from "./random-pool.ts";
import { openSigningAccount, type AskPassword } from "./signing-key.ts";
import { nextSession, openThreads, sealTask, type Threads } from "./batch-threads.ts";

export interface IssuerOptions {
  readonly askPassword: AskPassword;
  /** No anchoring may cost more than this, in wei. */
  readonly maxFeeWei?: bigint;
  readonly approve?: (plan: IssuePlan) => Promise<boolean>;
  readonly progress?: Progress;
  /** Only look: takes no lock, so that it works beside a running job. */
  readonly readOnly?: boolean;
}

/** The ports of the issuing job; `close` gives the store's lock back. */
export interface OpenIssuer {
  readonly ports: IssuePorts;
  close(): void;
}

/**
 * @throws {TestamurError} `DATABASE_LOCKED`, `DATABASE_CORRUPT`; everything about chain and key only when it is first needed.
 */
export function openIssuer(settings: Settings, options: IssuerOptions): OpenIssuer {
  const batches: BatchStore = openSqliteStore(settings.home, options.readOnly === true ? "read" : "write");
  const threads = openThreads();
  const ports: IssuePorts = {
    batches,
    formatOf: issuingFormatById,
    openAnchorer: async (entry) => openConfiguredAnchorer(settings, options, entry),
    openSigner: async () => openDocumentSigner(settings, options.askPassword),
    openDirectory: (out, batch) => openDocumentDirectory(out, batch),
    openChecker: (count) => openChecker(settings, count, threads),
    openSealing: (format, count) =>
      isWorthThreads(format, count) ? async (credentials) => threads.run(sealTask(format, credentials)) : undefined,
    endSealing: () => threads.rest(),
    readFile: readFileInPieces,
    random: randomPool(),
    clock: { now: () => new Date() },
    pause: async (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
    ...(settings.issuer?.did !== undefined && { issuer: settings.issuer.did }),
    ...(settings.statusListsUrl !== undefined && { statusListsUrl: settings.statusListsUrl }),
    ...(options.approve !== undefined && { approve: options.approve }),
    ...(options.progress !== undefined && { progress: options.progress }),
  };
  return {
    ports,
    close: () => {
      threads.close();
      batches.close();
    },
  };
}

/** Documents of a format that take this thread longer than it takes to start others. */
const WORTH_THREADS = { "openattestation-v2": 4_000, others: 400 };

function isWorthThreads(format: FormatId, count: number): boolean {
  return count >= (format === "openattestation-v2" ? WORTH_THREADS[format] : WORTH_THREADS.others);
}

/** A new session at the newest block. Small batches are checked in this thread. */
function openChecker(settings: Settings, count: number, threads: Threads): DocumentChecker {
  const { rpcUrls, allowedHosts, didRegistries } = settings;
  const options: CheckerOptions = { rpc: rpcUrls, allowedHosts, didRegistries };
  const here = openBatchChecker(options);
  if (count < WORTH_THREADS.others) return here;
  const session = nextSession();
  return {
    check: here.check,
    checkMany: async (documents, root, depth) =>
      threads.run({ kind: "check", session, options, documents, root, depth }),
  };
}

/** The ports of `fsck`: the chain is read without any key; without a node it is not asked, and that is for the caller to say. */
export function fsckPorts({ ports }: OpenIssuer, settings: Settings): FsckPorts {
  if (settings.rpcUrls.length === 0) return ports;
  return {
    ...ports,
    findAnchor: async ({ chainId, store }, root) => {
      const open = openWriting({ rpcUrls: settings.rpcUrls, chainId });
      return findAnchorRecord(await open(), store, root, new Date());
    },
  };
}

/** @throws {TestamurError} `CONFIGURATION_INVALID` when no node or no store is set, and whatever is wrong with the key. */
async function openConfiguredAnchorer(
  settings: Settings,
  options: IssuerOptions,
  entry: AnchorEntry,
): Promise<Anchorer> {
  return openAnchorer({
    entry,
    rpcUrls: requireNodes(settings),
    store: requireStore(settings),
    account: await openSigningAccount(settings, options.askPassword),
    now: () => new Date(),
    ...(options.maxFeeWei !== undefined && { maxFeeWei: options.maxFeeWei }),
  });
}

/** @throws {TestamurError} `CONFIGURATION_INVALID` when no store is set. */
export function requireStore(settings: Settings): NonNullable<Settings["store"]> {
  if (settings.store !== undefined) return settings.store;
  throw new TestamurError("CONFIGURATION_INVALID", "no register is set", {
    next: "testamur store deploy, or --store 0x…",
  });
}

/** @throws {TestamurError} `CONFIGURATION_INVALID` when no node is set. */
export function requireNodes(settings: Settings): readonly string[] {
  if (settings.rpcUrls.length > 0) return settings.rpcUrls;
  throw new TestamurError("CONFIGURATION_INVALID", "no node of a chain is set", {
    next: "add --rpc URL (or TESTAMUR_RPC)",
  });
}
