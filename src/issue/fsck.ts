/** Holds everything on record against everything that is: stored bytes, roots, the chain, the documents on disk. */

import { createHash } from "node:crypto";

import { toUtf8, type Hex } from "../core/bytes.ts";
import { TestamurError, type Problem } from "../core/errors.ts";
import type { Anchorer } from "../core/ports/anchoring.ts";
import type { DocumentDirectory, OutFile } from "../core/ports/handing-out.ts";
import { MAIN_STATES, type MainState } from "./checkpoints.ts";
import { filesOf } from "./document-files.ts";
import { openJob, type IssuePorts, type Job } from "./job.ts";
import { BATCH_FILE, INDEX_FILE } from "./names.ts";
import { batchFacts, indexLines } from "./registrar-files.ts";
import { anchorOf, toFile } from "./steps/attach.ts";
import { rootOf } from "./steps/on-record.ts";
import { openAsDocument, regrowTree } from "./steps/root.ts";
import type { BatchTree } from "./trees.ts";

export interface FsckPorts extends IssuePorts {
  /** The chain as a reader sees it; without it, the chain is not asked and that is said. */
  readonly findAnchor?: (order: Job["order"], root: Hex) => ReturnType<Anchorer["findAnchor"]>;
}

export interface FsckReport {
  readonly batches: number;
  readonly documents: number;
  /** Empty when everything agrees. */
  readonly problems: readonly Problem[];
}

/** Checks every batch there is; changes nothing. */
export async function fsck(ports: FsckPorts): Promise<FsckReport> {
  const problems: Problem[] = [];
  const roots = new Map<string, string>();
  let documents = 0;
  const orders = ports.batches.listBatches();
  for (const { id } of orders) {
    const job = openJob(id, ports);
    const say = (what: string, next?: string): void =>
      void problems.push({ where: `batch ${id}`, what, ...(next !== undefined && { next }) });
    documents += await checkBatch(job, ports, say);
    if (!hasReached(job, "rooted")) continue;
    const twin = roots.get(rootOf(job));
    if (twin !== undefined) say(`has the root of batch ${twin}`);
    roots.set(rootOf(job), id);
  }
  return { batches: orders.length, documents, problems };
}

type Say = (what: string, next?: string) => void;

/** @returns how many documents were compared. */
async function checkBatch(job: Job, ports: FsckPorts, say: Say): Promise<number> {
  const broken = findBrokenStep(job);
  if (broken !== undefined) say(broken, "the history was changed from outside: restore the database from a backup");
  if (!hasReached(job, "rooted")) return 0;
  try {
    const tree = await regrowTree(job);
    await compareWithChain(job, ports, say);
    return await compareDocuments(job, tree, say);
  } catch (error) {
    if (!(error instanceof TestamurError)) throw error;
    say(error.message, error.next);
    return 0;
  }
}

function hasReached(job: Job, state: MainState): boolean {
  return MAIN_STATES.indexOf(job.state()) >= MAIN_STATES.indexOf(state);
}

/** A batch goes one state on, stays (a newer block), or goes back to where its transaction is signed or sent again. */
function findBrokenStep(job: Job): string | undefined {
  const states = job.ports.batches
    .historyOf(job.order.id)
    .map((row) => row.state)
    .filter((state): state is MainState => (MAIN_STATES as readonly string[]).includes(state));
  if (states[0] !== "draft") return "its history does not begin with draft";
  for (const [at, state] of states.entries()) {
    const before = states[at - 1];
    if (before !== undefined && !mayFollow(before, state)) return `its history goes from ${before} to ${state}`;
  }
  return undefined;
}

function mayFollow(before: MainState, after: MainState): boolean {
  const [from, to] = [MAIN_STATES.indexOf(before), MAIN_STATES.indexOf(after)];
  if (to === from + 1 || to === from) return true;
  const foundOnRecord = after === "mined" && (before === "rooted" || before === "signed");
  const backForBytes =
    ["rooted", "signed", "broadcast"].includes(after) && ["signed", "broadcast", "mined"].includes(before);
  return foundOnRecord || backForBytes;
}

async function compareWithChain(job: Job, { findAnchor }: FsckPorts, say: Say): Promise<void> {
  if (findAnchor === undefined) return;
  const { account, id } = job.order;
  const record = await findAnchor(job.order, rootOf(job));
  if (record === undefined) {
    if (hasReached(job, "final"))
      say("is final on record, but the chain does not have its root", "check the chain and the store it is for");
    return;
  }
  if (record.account !== undefined && record.account.toLowerCase() !== account.toLowerCase())
    say(`was anchored by ${record.account}, not by ${account}`);
  if (job.ports.batches.transactionsOf(id).length === 0 && !hasReached(job, "mined"))
    say("is on the chain though nothing was signed for it", `go on with: testamur resume ${id}`);
  const { block } = job.detailOf("final");
  if (typeof block === "number" && block !== record.block)
    say(`is final in block ${block} on record, in block ${record.block} on the chain`);
}

/** Every stored credential must open; what lies on disk must be what it makes. */
async function compareDocuments(job: Job, tree: BatchTree, say: Say): Promise<number> {
  const { batches } = job.ports;
  const isWritten = hasReached(job, "attached");
  const directory = job.ports.openDirectory(job.order.out, job.order.id);
  let count = 0;
  for await (const file of filesOf(batches.readSealed(job.order.id))) {
    for (const entry of file.entries) await openAsDocument(job, entry, tree, count++);
    if (isWritten) await compareFile(directory, toFile(job, tree, file), say);
  }
  if (!isWritten) return count;
  await compareFile(directory, { name: BATCH_FILE, bytes: toUtf8(batchFacts(job.order, anchorOf(job), count)) }, say);
  await compareDigest(directory, INDEX_FILE, indexLines(batches.readSealedNotes(job.order.id)), say);
  return count;
}

const REPAIR = "write the batch's documents again, into an empty directory: testamur resume BATCH --out DIRECTORY";

async function compareFile(directory: DocumentDirectory, { name, bytes }: OutFile, say: Say): Promise<void> {
  const found = await directory.read(name);
  if (found === undefined) say(`${name} is missing`, REPAIR);
  else if (Buffer.compare(found, bytes) !== 0) say(`${name} is not what was written`, REPAIR);
}

/** For a file that is as long as the batch. */
async function compareDigest(
  directory: DocumentDirectory,
  name: string,
  lines: AsyncIterable<string>,
  say: Say,
): Promise<void> {
  const expected = createHash("sha256");
  for await (const line of lines) expected.update(line);
  const found = await directory.read(name);
  if (found === undefined) say(`${name} is missing`, REPAIR);
  else if (createHash("sha256").update(found).digest("hex") !== expected.digest("hex"))
    say(`${name} is not what was written`, REPAIR);
}
