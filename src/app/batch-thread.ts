/** What runs in a thread beside: seals credentials, checks documents, verifies others. Plain data in, plain data out. */

import { isMainThread, parentPort } from "node:worker_threads";

import { concatBytes, toUtf8, type Hex } from "../core/bytes.ts";
import type { FormatId } from "../core/claims.ts";
import { TestamurError, type FaultCode, type Problem } from "../core/errors.ts";
import type { JsonObject } from "../core/json.ts";
import type { CheckDepth, DocumentChecker, OwnVerdict } from "../core/ports/handing-out.ts";
import type { Report } from "../core/report.ts";
import type { Placement } from "../formats/format.ts";
import { issuingFormatById } from "../formats/formats.ts";
import { sealHere, type Sealing, type Unsealed } from "../issue/seal-each.ts";
import { openBatchChecker, type CheckerOptions } from "./batch-checker.ts";
import { openVerifier, type Verifier, type VerifierOptions } from "./open-verifier.ts";
import { randomPool } from "./random-pool.ts";

export type Task =
  | {
      readonly kind: "seal";
      readonly format: FormatId;
      /** JSON: text is handed over in one piece, objects member by member. */
      readonly credentials: string;
      readonly placements: readonly Placement[];
    }
  | {
      readonly kind: "check";
      /** Documents of one session are read at one block; a new session looks at the newest. */
      readonly session: number;
      readonly options: CheckerOptions;
      readonly documents: readonly Uint8Array[];
      readonly root: Hex;
      readonly depth: CheckDepth;
    }
  | {
      readonly kind: "verify";
      readonly session: number;
      readonly options: Omit<VerifierOptions, "clock" | "open">;
      readonly documents: readonly Uint8Array[];
    };

interface Answers {
  readonly seal: readonly Sealing[];
  readonly check: readonly OwnVerdict[];
  readonly verify: readonly Report[];
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
const checkers = oneAtATime<DocumentChecker>();
const verifiers = oneAtATime<Verifier>();

/** What belongs to a session, made when its first task comes; the one before is let go. */
function oneAtATime<Kept>(): (session: number, make: () => Kept) => Kept {
  let current: { readonly session: number; readonly kept: Kept } | undefined;
  return (session, make) => {
    if (current?.session !== session) current = { session, kept: make() };
    return current.kept;
  };
}

async function perform(task: Task): Promise<Answers[Task["kind"]]> {
  switch (task.kind) {
    case "seal":
      return sideBySide(await sealHere(issuingFormatById(task.format), random)(toUnsealed(task)));
    case "check": {
      const checker = checkers(task.session, () => openBatchChecker(task.options));
      return (await checker.checkMany?.(task.documents, task.root, task.depth)) ?? [];
    }
    case "verify": {
      const verifier = verifiers(task.session, () => openVerifier(task.options));
      return Promise.all(task.documents.map(async (document) => verifier.verify(document)));
    }
  }
}

function toUnsealed({ credentials, placements }: Extract<Task, { kind: "seal" }>): readonly Unsealed[] {
  const all = JSON.parse(credentials) as readonly JsonObject[]; // written by the thread that asks
  return placements.map((placement, at) => ({ credential: all[at] ?? {}, placement }));
}

/** Leaves and sealed forms in one array, so that they are handed over as they are instead of being copied one by one. */
function sideBySide(sealings: readonly Sealing[]): readonly Sealing[] {
  const forms = sealings.map((one) => (one.kind === "sealed" ? toBytes(one.sealed.form) : new Uint8Array()));
  const leaves = sealings.map((one) => (one.kind === "sealed" ? one.sealed.leaf : new Uint8Array()));
  const whole = concatBytes(...leaves, ...forms);
  let at = 0;
  const take = ({ length }: Uint8Array): Uint8Array => whole.subarray(at, (at += length));
  const [leavesThere, formsThere] = [leaves.map(take), forms.map(take)];
  return sealings.map((one, index) => {
    const [leaf, form] = [leavesThere[index], formsThere[index]];
    if (one.kind !== "sealed" || leaf === undefined || form === undefined) return one;
    return { ...one, sealed: { ...one.sealed, leaf, form } };
  });
}

function toBytes(form: string | Uint8Array): Uint8Array {
  return typeof form === "string" ? toUtf8(form) : form;
}

/** The memory that an answer lies in and that this thread needs no more. */
function memoryOf(task: Task, said: Reply): ArrayBuffer[] {
  if (task.kind !== "seal" || said.kind !== "done") return [];
  const [first] = (said.answer as Answers["seal"]).flatMap((one) => (one.kind === "sealed" ? one.sealed.leaf : []));
  return first?.buffer instanceof ArrayBuffer ? [first.buffer] : [];
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

function answer(task: Task, said: Reply): void {
  parentPort?.postMessage(said, memoryOf(task, said));
}

if (!isMainThread)
  parentPort?.on("message", ({ id, task }: { readonly id: number; readonly task: Task }) => {
    void reply(id, task).then((said) => answer(task, said));
  });
