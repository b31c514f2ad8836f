/** A disk that fails at a chosen call, in two forms: what was asked did not happen, or it happened and failed all the same. */

import { nodeDisk, type Disk } from "../../src/store/disk.ts";

export type Form = "undone" | "done";

export interface FaultyDisk extends Disk {
  /** Calls made so far. */
  readonly calls: number;
}

/** @param at  the call that fails, from 1; 0: none does. */
export function faultyDisk(at: number, form: Form, code: string): FaultyDisk {
  let calls = 0;
  async function fail<Result>(act: () => Promise<Result>): Promise<Result> {
    calls++;
    if (calls !== at) return act();
    if (form === "done") await act();
    throw Object.assign(new Error(code), { code });
  }
  return {
    get calls() {
      return calls;
    },
    writeFile: async (path, pieces) =>
      fail(async () => nodeDisk.writeFile(path, pieces)).catch(async (error: unknown) => {
        if (form === "undone") await nodeDisk.writeFile(path, ["half of i"]); // a full disk leaves what it had room for
        throw error;
      }),
    syncFile: async (path) => fail(async () => nodeDisk.syncFile(path)),
    rename: async (from, to) => fail(async () => nodeDisk.rename(from, to)),
    syncDirectory: async (path) => fail(async () => nodeDisk.syncDirectory(path)),
    makeDirectory: async (path) => fail(async () => nodeDisk.makeDirectory(path)),
    readFile: async (path) => fail(async () => nodeDisk.readFile(path)),
    listDirectory: async (path) => fail(async () => nodeDisk.listDirectory(path)),
    removeFile: async (path) => fail(async () => nodeDisk.removeFile(path)),
    removeDirectory: async (path) => fail(async () => nodeDisk.removeDirectory(path)),
  };
}
