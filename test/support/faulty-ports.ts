/** The ports of the issuing job with a fault at a chosen call: the process dies there, or the other side reports trouble. */

import type { Anchorer } from "../../src/core/ports/anchoring.ts";
import type { BatchStore, SealedWriter } from "../../src/core/ports/batches.ts";
import type { DocumentDirectory } from "../../src/core/ports/handing-out.ts";
import type { IssuePorts } from "../../src/issue/job.ts";
import type { Form } from "./faulty-disk.ts";

/** Stands for the end of a process: nothing of ours catches it, and nothing works after it. */
export class Death extends Error {
  override readonly name = "Death";
}

export interface Fault {
  /** The call it happens at, from 1; 0: never. */
  readonly at: number;
  /** Whether what was asked for happened. */
  readonly form: Form;
  /** What is thrown; after a `Death`, every later call throws it again. */
  readonly error: () => Error;
}

export interface FaultyPorts {
  readonly ports: IssuePorts;
  /** The names of the calls made so far, in order. */
  readonly calls: readonly string[];
}

/** Which calls may fail; the others go through. */
export type Suspects = readonly ("batches" | "anchorer" | "directory" | "sealed")[];

export function faultyPorts(sound: IssuePorts, fault: Fault, suspects: Suspects): FaultyPorts {
  const calls: string[] = [];
  let dead: Error | undefined;

  function guard(name: string): { readonly before: () => void; readonly after: () => void } {
    calls.push(name);
    const strikes = calls.length === fault.at;
    const strike = (form: Form): void => {
      if (dead !== undefined) throw dead;
      if (!strikes || fault.form !== form) return;
      const error = fault.error();
      if (error instanceof Death) dead = error;
      throw error;
    };
    return { before: () => strike("undone"), after: () => strike("done") };
  }
  function now<Result>(name: string, act: () => Result): Result {
    const { before, after } = guard(name);
    before();
    const result = act();
    after();
    return result;
  }
  async function later<Result>(name: string, act: () => Promise<Result>): Promise<Result> {
    const { before, after } = guard(name);
    before();
    const result = await act();
    after();
    return result;
  }

  const wrapSealed = (writer: SealedWriter): SealedWriter => ({
    write: async (entry) => later("sealed.write", async () => writer.write(entry)),
    commit: async () => later("sealed.commit", async () => writer.commit()),
    discard: async () => writer.discard(),
  });
  const wrapBatches = (batches: BatchStore): BatchStore => ({
    ...batches,
    createBatch: (order, draft) => now("batches.createBatch", () => batches.createBatch(order, draft)),
    recordTransition: (id, row) => now(`batches.record ${row.state}`, () => batches.recordTransition(id, row)),
    recordTransaction: (id, one) => now("batches.recordTransaction", () => batches.recordTransaction(id, one)),
    openSealedWriter: (id) =>
      suspects.includes("sealed") ? wrapSealed(batches.openSealedWriter(id)) : batches.openSealedWriter(id),
  });
  const wrapAnchorer = (anchorer: Anchorer): Anchorer => ({
    account: anchorer.account,
    preflight: async () => later("anchorer.preflight", async () => anchorer.preflight()),
    findAnchor: async (root) => later("anchorer.findAnchor", async () => anchorer.findAnchor(root)),
    sign: async (root, how) => later("anchorer.sign", async () => anchorer.sign(root, how)),
    broadcast: async (one) => later("anchorer.broadcast", async () => anchorer.broadcast(one)),
    standingOf: async (one) => later("anchorer.standingOf", async () => anchorer.standingOf(one)),
    nextBlock: async () => later("anchorer.nextBlock", async () => anchorer.nextBlock()),
  });
  const wrapDirectory = (directory: DocumentDirectory): DocumentDirectory => ({
    ...directory,
    prepare: async (names) => later("directory.prepare", async () => directory.prepare(names)),
    write: async (files) => later("directory.write", async () => directory.write(files)),
    writeStream: async (name, lines) => later("directory.writeStream", async () => directory.writeStream(name, lines)),
    release: async () => later("directory.release", async () => directory.release()),
  });
  const ports: IssuePorts = {
    ...sound,
    batches: suspects.includes("batches") ? wrapBatches(sound.batches) : sound.batches,
    openAnchorer: async () =>
      suspects.includes("anchorer") ? wrapAnchorer(await sound.openAnchorer("issue")) : sound.openAnchorer("issue"),
    openDirectory: (out, batch) =>
      suspects.includes("directory") ? wrapDirectory(sound.openDirectory(out, batch)) : sound.openDirectory(out, batch),
  };
  return { ports, calls };
}
