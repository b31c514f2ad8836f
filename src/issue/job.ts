/** One batch on its way: its order, its history, and the ports it works through. Every transition is recorded here. */

import { TestamurError } from "../core/errors.ts";
import type { FormatId } from "../core/claims.ts";
import type { AnchorEntry, Anchorer, Preflight } from "../core/ports/anchoring.ts";
import type { Clock, RandomSource } from "../core/ports/answer.ts";
import type { BatchOrder, BatchStore, BatchTransition } from "../core/ports/batches.ts";
import type {
  DocumentChecker,
  DocumentDirectory,
  DocumentSigner,
  JobEvent,
  Progress,
} from "../core/ports/handing-out.ts";
import type { Hex } from "../core/bytes.ts";
import type { IssuingFormat } from "../formats/format.ts";
import { isMainState, type Checkpoint, type Effect, type Labour, type MainState } from "./checkpoints.ts";
import type { ReadFile } from "./credentials.ts";
import { sealHere, type SealMany } from "./seal-each.ts";

/** Everything a job needs from other rooms. */
export interface IssuePorts {
  readonly batches: BatchStore;
  /** @throws {TestamurError} `FORMAT_NOT_ISSUABLE`. */
  readonly formatOf: (id: FormatId) => IssuingFormat;
  /** Opened when the chain is first needed; a batch that is final needs no key any more. */
  readonly openAnchorer: (entry: AnchorEntry) => Anchorer | Promise<Anchorer>;
  readonly openDirectory: (out: string, batch: string) => DocumentDirectory;
  /** A new session, reading the newest block, for about so many documents. */
  readonly openChecker: (count: number) => DocumentChecker | Promise<DocumentChecker>;
  readonly readFile: ReadFile;
  readonly random: RandomSource;
  readonly clock: Clock;
  readonly pause: (ms: number) => Promise<void>;
  /** Seals in other threads, where so many credentials are worth them; absent: in this one. */
  readonly openSealing?: (format: FormatId, count: number) => SealMany | undefined;
  /** Hears that all is sealed: the steps up to the last check want the memory of whatever was kept for sealing. */
  readonly endSealing?: () => void;
  /** The issuer's DID, where it has one. */
  readonly issuer?: string;
  /** Where the service that publishes the store's status lists is reached: documents name it for verifiers that read no chain. */
  readonly statusListsUrl?: string;
  /** Opened when credentials of a format with signatures are about to be sealed; absent where there is no key. */
  readonly openSigner?: () => DocumentSigner | Promise<DocumentSigner>;
  /** Asked when all is known and nothing signed; without it, everything is approved. */
  readonly approve?: (plan: IssuePlan) => boolean | Promise<boolean>;
  readonly progress?: Progress;
  readonly checkpoint?: Checkpoint;
}

/** What is about to be signed, for a person to compare. */
export interface IssuePlan {
  readonly batch: string;
  readonly count: number;
  readonly root: Hex;
  readonly entry: AnchorEntry;
  readonly preflight: Preflight;
  /** Where the documents say that their status lists are published, for good. */
  readonly statusListsUrl?: string;
}

type Detail = BatchTransition["detail"];

export interface Job {
  readonly order: BatchOrder;
  readonly format: IssuingFormat;
  readonly ports: IssuePorts;
  /** The last state on the main way, and what was recorded with it. */
  state(): MainState;
  /** The newest row of a state. */
  detailOf(state: MainState): Detail;
  /** Writes a transition down; nothing that depends on it may happen before. */
  record(state: BatchTransition["state"], detail: Detail): Promise<void>;
  /** Does something to the world outside, with a checkpoint on either side. */
  effect<Result>(name: Effect, act: () => Result | Promise<Result>): Promise<Result>;
  /** A checkpoint in the middle of long work. */
  during(labour: Labour): Promise<void>;
  tell(event: JobEvent): void;
  anchorer(): Promise<Anchorer>;
  /** Undefined for formats without signatures. */
  signer(): Promise<DocumentSigner | undefined>;
}

/** @throws {TestamurError} `BATCH_UNKNOWN`, `FORMAT_NOT_ISSUABLE`. */
export function openJob(id: string, ports: IssuePorts): Job {
  const order = ports.batches.findBatch(id);
  if (order === undefined)
    throw new TestamurError("BATCH_UNKNOWN", `there is no batch ${id}`, { next: "list the batches there are: status" });
  const checkpoint: Checkpoint = ports.checkpoint ?? (() => undefined);
  const format = ports.formatOf(order.format);
  const history = [...ports.batches.historyOf(id)]; // we are the only writer, and it is asked for once a document
  let anchorer: Promise<Anchorer> | undefined;
  let signer: Promise<DocumentSigner | undefined> | undefined;
  const job: Job = {
    order,
    format,
    ports,
    state: () => stateOf(history),
    detailOf: (state) => history.findLast((row) => row.state === state)?.detail ?? {},
    async record(state, detail) {
      await checkpoint(`before:${state}`);
      const transition = { state, at: ports.clock.now().toISOString(), detail };
      ports.batches.recordTransition(id, transition);
      history.push(transition);
      await checkpoint(`after:${state}`);
      job.tell({ kind: "reached", state, detail });
    },
    async effect(name, act) {
      await checkpoint(`before:${name}`);
      const result = await act();
      await checkpoint(`after:${name}`);
      return result;
    },
    during: async (labour) => checkpoint(`during:${labour}`),
    tell: (event) => ports.progress?.({ batch: id, ...event }),
    anchorer: async () => (anchorer ??= Promise.resolve(ports.openAnchorer(format.entry))),
    signer: async () => (signer ??= openSigner(format, ports)),
  };
  return job;
}

/**
 * The signer, for a format whose documents carry a signature.
 *
 * @throws {TestamurError} `KEY_MISSING`, and whatever is wrong with the key.
 */
export async function openSigner(
  { id, carriesSignature }: IssuingFormat,
  { openSigner: open }: Pick<IssuePorts, "openSigner">,
): Promise<DocumentSigner | undefined> {
  if (!carriesSignature) return undefined;
  if (open !== undefined) return open();
  throw new TestamurError("KEY_MISSING", `documents of ${id} carry a signature, but no key to sign with is set`, {
    next: "set the issuer's signing key, or issue in a format without signatures",
  });
}

/** The last state on the main way; side states say why a batch rests, not how far it is. */
export function stateOf(history: readonly BatchTransition[]): MainState {
  return history.map((row) => row.state).findLast(isMainState) ?? "draft";
}

/** True once somebody has given the batch up. */
export function isAbandoned(history: readonly BatchTransition[]): boolean {
  return history.at(-1)?.state === "abandoned";
}

/** How so many credentials of a format are sealed. */
export function openSealing(format: IssuingFormat, count: number, ports: IssuePorts): SealMany {
  return ports.openSealing?.(format.id, count) ?? sealHere(format, ports.random);
}
