/** Threads that seal and check documents beside this one; started when first needed. */

import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

import { TestamurError } from "../core/errors.ts";
import type { Answer, Reply, Task } from "./batch-thread.ts";

export interface Threads {
  /**
   * Has one of the threads do it: the one with the least to do.
   *
   * @throws {TestamurError} what the thread threw; `INTERNAL` when it died.
   */
  run<Kind extends Task["kind"]>(task: Extract<Task, { kind: Kind }>): Promise<Answer<Kind>>;
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

  function leastBusy(): Thread {
    if (threads.length < Math.min(availableParallelism(), MOST_THREADS)) threads.push(startThread());
    return threads.reduce((best, thread) => (thread.load() < best.load() ? thread : best));
  }

  return {
    run: async (task) =>
      new Promise((settle, fail) => {
        const { worker, waiting } = leastBusy();
        const id = count++;
        worker.ref(); // until it has answered, the process must not end
        const weight = weightOf(task);
        waiting.set(id, { weight, settle: (answer) => settle(answer as Answer<(typeof task)["kind"]>), fail });
        worker.postMessage({ id, task }); // oxlint-disable-line unicorn/require-post-message-target-origin -- no window
      }),
    close: () => {
      for (const { worker } of threads.splice(0)) void worker.terminate();
    },
  };
}

function startThread(): Thread {
  const waiting = new Map<number, Waiting>();
  const worker = new Worker(ENTRY, { resourceLimits: LIMITS });
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
  };
  worker.on("error", (cause) => end("failed", cause));
  worker.on("exit", () => end("ended"));
  const load = (): number => [...waiting.values()].reduce((sum, { weight }) => sum + weight, 0);
  return { worker, waiting, load };
}

/** A document whose nodes are all asked about has the thread write and read some twenty times as many questions. */
const EVERY_NODE = 20;

function weightOf(task: Task): number {
  switch (task.kind) {
    case "seal":
      return task.credentials.length;
    case "check":
      return task.documents.length * (task.depth === "every-node" ? EVERY_NODE : 1);
    case "verify":
      return task.documents.length;
  }
}
