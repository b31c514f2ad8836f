/**
 * The work on documents, done in threads of its own and under a deadline: JSON-LD processing cannot be stopped half way, so
 * a document made to be costly costs its thread, and the service goes on answering.
 */

import { Worker } from "node:worker_threads";

import { TestamurError } from "../core/errors.ts";
import { formatById } from "../formats/formats.ts";
import type { DocumentWork, ProfileName } from "./document-work.ts";

/** What a thread is told to do. */
export type WorkOrder = {
  readonly [Task in keyof DocumentWork]: { readonly task: Task; readonly on: Parameters<DocumentWork[Task]> };
}[keyof DocumentWork];

/** What a thread says: that it has started, and then one answer an order. */
export type WorkAnswer =
  | { readonly kind: "ready" }
  | { readonly kind: "done"; readonly value: unknown }
  | { readonly kind: "failed"; readonly error: unknown };

export interface PoolOptions {
  readonly profile: ProfileName;
  readonly threads: number;
  /** How long one piece of work may take. */
  readonly deadlineMs: number;
  /** How long it may wait for a thread before that. */
  readonly patienceMs: number;
}

export interface DocumentWorkPool extends DocumentWork {
  /** Ends the threads; what they work on, or what waits for them, is rejected. */
  close(): Promise<void>;
}

/** Memory of one thread; the largest documents take a tenth of it. */
const THREAD_MEGABYTES = 512;

/** In the source the threads run the source, in the package they run what was built. */
const ENDING = import.meta.url.endsWith(".ts") ? "ts" : "js";

interface Job {
  readonly order: WorkOrder;
  readonly done: (value: unknown) => void;
  readonly failed: (error: Error) => void;
  /** Runs while the job waits, then while it is worked on. */
  timer: NodeJS.Timeout;
}

interface Thread {
  readonly worker: Worker;
  isReady: boolean;
  job?: Job | undefined;
}

/**
 * Opens the threads; resolves when all are ready, after about half a second.
 *
 * The pool's methods reject with {@link TestamurError} `DOCUMENT_TOO_COSTLY` after the deadline, and with `TOO_BUSY` when no thread
 * was free in time.
 */
export async function openDocumentWorkPool(options: PoolOptions): Promise<DocumentWorkPool> {
  const waiting: Job[] = [];
  let threads: Thread[] = [];
  let isClosed = false;
  await Promise.all(Array.from({ length: options.threads }, async () => start()));

  /** @throws whatever keeps the thread from starting. */
  async function start(): Promise<void> {
    const worker = new Worker(new URL(`./document-worker.${ENDING}`, import.meta.url), {
      workerData: { profile: options.profile },
      resourceLimits: { maxOldGenerationSizeMb: THREAD_MEGABYTES },
    });
    const thread: Thread = { worker, isReady: false };
    worker.on("message", (said: WorkAnswer) => hear(thread, said));
    threads.push(thread);
    await new Promise<void>((ready, failed) => {
      worker.once("message", () => ready());
      worker.once("error", (error) => {
        failed(error);
        if (thread.isReady) replace(thread); // out of memory
      });
    });
    worker.unref(); // a process that has nothing else to do may end
  }

  function hear(thread: Thread, said: WorkAnswer): void {
    thread.isReady = true;
    const { job } = thread;
    thread.job = undefined;
    clearTimeout(job?.timer);
    if (said.kind === "done") job?.done(said.value);
    if (said.kind === "failed") job?.failed(said.error instanceof Error ? said.error : new Error(String(said.error)));
    next();
  }

  /** Gives every free thread something to do. */
  function next(): void {
    for (const thread of threads) {
      if (!thread.isReady || thread.job !== undefined) continue;
      const job = waiting.shift();
      if (job === undefined) return;
      clearTimeout(job.timer);
      job.timer = setTimeout(() => replace(thread), options.deadlineMs);
      thread.job = job;
      thread.worker.postMessage(job.order); // oxlint-disable-line unicorn/require-post-message-target-origin -- no window
    }
  }

  /** The thread goes, and what it was working on with it. */
  function replace(thread: Thread): void {
    if (isClosed || !threads.includes(thread)) return;
    threads = threads.filter((one) => one !== thread);
    void thread.worker.terminate();
    clearTimeout(thread.job?.timer);
    thread.job?.failed(tooCostly(options.deadlineMs));
    start().catch(() => undefined); // with a thread less, what waits too long is told so
  }

  async function have<Value>(order: WorkOrder): Promise<Value> {
    if (isClosed) throw closed();
    return new Promise<Value>((done, failed) => {
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(job), 1);
        failed(tooBusy());
      }, options.patienceMs);
      const job: Job = { order, done: done as (value: unknown) => void, failed, timer };
      waiting.push(job);
      next();
    });
  }

  return {
    open: async (id, document) => {
      // hashing alone is quick and its time is known; only JSON-LD can be made to take long
      const format = id.startsWith("openattestation") ? formatById(id) : undefined;
      return format === undefined ? have({ task: "open", on: [id, document] }) : format.open(document);
    },
    openPresentation: async (...on) => have({ task: "openPresentation", on }),
    prepareCredential: async (...on) => have({ task: "prepareCredential", on }),
    close: async () => {
      isClosed = true;
      for (const job of [...waiting, ...threads.map((thread) => thread.job)]) {
        clearTimeout(job?.timer);
        job?.failed(closed());
      }
      await Promise.all(threads.map(async ({ worker }) => worker.terminate()));
    },
  };
}

function tooCostly(deadlineMs: number): TestamurError {
  return new TestamurError("DOCUMENT_TOO_COSTLY", `reading the document takes more than ${deadlineMs} ms`, {
    next: "no honest credential takes so long; where this one is, verify it on your own machine",
  });
}

function tooBusy(): TestamurError {
  return new TestamurError("TOO_BUSY", "all threads are busy with other documents", { next: "come back shortly" });
}

function closed(): TestamurError {
  return new TestamurError("TOO_BUSY", "the service is stopping", { next: "come back shortly" });
}
