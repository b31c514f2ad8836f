/** Threads that seal and check documents beside this one; started when first needed. */

import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

import type { FormatId } from "../core/claims.ts";
import { TestamurError } from "../core/errors.ts";
import type { Unsealed } from "../issue/seal-each.ts";
import type { Answer, Reply, Task } from "./batch-thread.ts";

export interface Threads {
  /**
   * Has one of the threads do it: the one with the least to do.
   *
   * @throws {TestamurError} what the thread threw; `INTERNAL` when it died.
   */
  run<Kind extends Task["kind"]>(task: Extract<Task, { kind: Kind }>): Promise<Answer<Kind>>;
  /** Ends the threads that have nothing to do, with their memory; when there is work again, others start within a second. */
  rest(): void;
  /** Ends the threads. What is under way fails. */
  close(): void;
}

/** More would wait for this thread to read and write. */
const MOST_THREADS = 8;
/** In a clone the sources run as they are; in the package they are built. */
const ENTRY = new URL(`./batch-thread.${import.meta.url.endsWith(".ts") ? "ts" : "js"}`, import.meta.url);

/** Documents come and go: a small young generation keeps the memory of a thread near what it needs. */
const LIMITS = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 256 };

interface Waiting {
  readonly weight: number;
  readonly settle: (answer: unknown) => void;
  readonly fail: (error: TestamurError) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
  /** What waits, in documents: a task of a thousand is more to do than ten of one. */
  load(): number;
}

/** A number for what shall be read at one block. */
export function nextSession(): number {
  return sessions++;
}
let sessions = 0;

export function openThreads(): Threads {
  const threads: Thread[] = [];
  let count = 0;

  function letGo(thread: Thread): void {
    const at = threads.indexOf(thread);
    if (at === -1) return; // closed already
    threads.splice(at, 1);
    void thread.worker.terminate();
  }

  function leastBusy(): Thread {
    if (threads.length < Math.min(availableParallelism(), MOST_THREADS)) threads.push(startThread(letGo));
    return threads.reduce((best, thread) => (thread.load() < best.load() ? thread : best));
  }

  return {
    run: async (task) => {
      const thread = leastBusy();
      const id = count++;
      thread.worker.ref(); // until it has answered, the process must not end
      thread.worker.postMessage({ id, task }, memoryOf(task));
      return answerOf(thread, id, weightOf(task));
    },
    rest: () => {
      for (const thread of threads.filter(({ waiting }) => waiting.size === 0)) letGo(thread);
    },
    close: () => {
      for (const { worker } of threads.splice(0)) void worker.terminate();
    },
  };
}

/** Arrays above this are handed over with a task; smaller ones may be parts of what Node shares out, and are copied. */
const LARGE_BYTES = 1_048_576;

/** The memory that a task lies in and that nobody here needs any more: whole files of documents to be checked. */
function memoryOf(task: Task): ArrayBuffer[] {
  if (task.kind !== "check") return [];
  const all = new Set(task.documents.map(({ buffer }) => buffer));
  return [...all]
    .filter((buffer) => buffer instanceof ArrayBuffer)
    .filter(({ byteLength }) => byteLength > LARGE_BYTES);
}

/** Apart from what posts the task, so that nothing that waits keeps the task in memory. */
async function answerOf<Kind extends Task["kind"]>(thread: Thread, id: number, weight: number): Promise<Answer<Kind>> {
  return new Promise((settle, fail) => {
    thread.waiting.set(id, { weight, settle: (answer) => settle(answer as Answer<Kind>), fail });
  });
}

/** @param letGo  hears of a thread that is no more. */
function startThread(letGo: (thread: Thread) => void): Thread {
  const waiting = new Map<number, Waiting>();
  const load = (): number => [...waiting.values()].reduce((sum, { weight }) => sum + weight, 0);
  const worker = new Worker(ENTRY, { resourceLimits: LIMITS });
  const thread: Thread = { worker, waiting, load };
  worker.on("message", (reply: Reply) => {
    const asker = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (waiting.size === 0) worker.unref();
    if (reply.kind === "done") asker?.settle(reply.answer);
    else asker?.fail(new TestamurError(reply.code, reply.message, reply.details));
  });
  const end = (what: string, cause?: unknown): void => {
    for (const { fail } of waiting.values())
      fail(new TestamurError("INTERNAL", `a thread that works on documents ${what}`, { cause }));
    waiting.clear();
    letGo(thread);
  };
  worker.on("error", (cause) => end("failed", cause));
  worker.on("exit", () => end("ended"));
  return thread;
}

/** The task of sealing credentials. */
export function sealTask(format: FormatId, credentials: readonly Unsealed[]): Extract<Task, { kind: "seal" }> {
  return {
    kind: "seal",
    format,
    credentials: JSON.stringify(credentials.map(({ credential }) => credential)),
    placements: credentials.map(({ placement }) => placement),
  };
}

/** A document whose nodes are all asked about has the thread write and read some twenty times as many questions. */
const EVERY_NODE = 20;

function weightOf(task: Task): number {
  switch (task.kind) {
    case "seal":
      return task.placements.length;
    case "check":
      return task.documents.length * (task.depth === "every-node" ? EVERY_NODE : 1);
    case "verify":
      return task.documents.length;
  }
}
