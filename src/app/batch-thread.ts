/** What runs in a thread beside: seals credentials, checks documents. Plain data in, plain data out. */

import { isMainThread, parentPort } from "node:worker_threads";

import type { Hex } from "../core/bytes.ts";
import type { FormatId } from "../core/claims.ts";
import { TestamurError, type FaultCode, type Problem } from "../core/errors.ts";
import type { CheckDepth, DocumentChecker, OwnVerdict } from "../core/ports.ts";
import { issuingFormatById } from "../formats/formats.ts";
import { sealHere, type Sealing, type Unsealed } from "../issue/seal-each.ts";
import { openBatchChecker, type CheckerOptions } from "./batch-checker.ts";
import { randomPool } from "./random-pool.ts";

export type Task =
  | { readonly kind: "seal"; readonly format: FormatId; readonly credentials: readonly Unsealed[] }
  | {
      readonly kind: "check";
      /** Documents of one session are read at one block; a new session looks at the newest. */
      readonly session: number;
      readonly options: CheckerOptions;
      readonly documents: readonly Uint8Array[];
      readonly root: Hex;
      readonly depth: CheckDepth;
    };

interface Answers {
  readonly seal: readonly Sealing[];
  readonly check: readonly OwnVerdict[];
}
export type Answer<Kind extends Task["kind"]> = Answers[Kind];

export type Reply =
  | { readonly id: number; readonly kind: "done"; readonly answer: unknown }
  | {
      readonly id: number;
      readonly kind: "failed";
      readonly code: FaultCode;
      readonly message: string;
      readonly details: { readonly next?: string; readonly problems?: readonly Problem[] };
    };

const random = randomPool();
let current: { readonly session: number; readonly checker: DocumentChecker } | undefined;

async function perform(task: Task): Promise<Answers[Task["kind"]]> {
  if (task.kind === "seal") return sealHere(issuingFormatById(task.format), random)(task.credentials);
  if (current?.session !== task.session) current = { session: task.session, checker: openBatchChecker(task.options) };
  const { checker } = current;
  return (await checker.checkMany?.(task.documents, task.root, task.depth)) ?? [];
}

async function reply(id: number, task: Task): Promise<Reply> {
  try {
    return { id, kind: "done", answer: await perform(task) };
  } catch (error) {
    return failed(id, error);
  }
}

/** Errors lose their class on the way between threads. */
function failed(id: number, error: unknown): Reply {
  if (!(error instanceof TestamurError))
    return { id, kind: "failed", code: "INTERNAL", message: String(error), details: {} };
  const { code, message, next, problems } = error;
  return { id, kind: "failed", code, message, details: { problems, ...(next !== undefined && { next }) } };
}

function answer(said: Reply): void {
  parentPort?.postMessage(said); // oxlint-disable-line unicorn/require-post-message-target-origin -- no window
}

if (!isMainThread)
  parentPort?.on("message", ({ id, task }: { readonly id: number; readonly task: Task }) => {
    void reply(id, task).then(answer);
  });
