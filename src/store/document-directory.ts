/** The directory of a batch's documents: each file appears whole or not at all, and all of them together once checked. */

import { join } from "node:path";

import { TestamurError } from "../core/errors.ts";
import type { DocumentDirectory, OutFile } from "../core/ports/handing-out.ts";
import { nodeDisk, toDiskFault, type Disk, type Piece } from "./disk.ts";

/** Files that are on their way to the disk at the same time. */
const AT_ONCE = 16;
const UNFINISHED = ".part";

interface File {
  readonly name: string;
  readonly pieces: Iterable<Piece> | AsyncIterable<Piece>;
}

/**
 * @param out  absolute path of the directory.
 * @param batch  the id of the batch, which names its waiting room.
 */
export function openDocumentDirectory(out: string, batch: string, disk: Disk = nodeDisk): DocumentDirectory {
  const room = join(out, `.unchecked-${batch}`);
  const words = async <Result>(act: () => Promise<Result>): Promise<Result> => {
    try {
      return await act();
    } catch (error) {
      throw toDiskFault(error, out);
    }
  };

  /** Flushed in one go after all are written: on most disks the first flush takes the others along. */
  async function put(files: readonly File[]): Promise<void> {
    const unfinished = ({ name }: File): string => join(room, name + UNFINISHED);
    await inParallel(files, async (file) => disk.writeFile(unfinished(file), file.pieces));
    await inParallel(files, async (file) => disk.syncFile(unfinished(file)));
    await inParallel(files, async (file) => disk.rename(unfinished(file), join(room, file.name)));
    await disk.syncDirectory(room);
  }

  async function isThere({ name, bytes }: OutFile, there: ReadonlySet<string>): Promise<boolean> {
    const old = there.has(name) ? await disk.readFile(join(room, name)) : undefined;
    return old !== undefined && Buffer.compare(old, bytes) === 0;
  }

  let leftBehind: ReadonlySet<string> | undefined; // by a run that was interrupted
  async function enter(): Promise<ReadonlySet<string>> {
    if (leftBehind !== undefined) return leftBehind;
    await disk.makeDirectory(room);
    return (leftBehind = new Set(await disk.listDirectory(room)));
  }

  return {
    prepare: async (names) =>
      words(async () => {
        await disk.makeDirectory(out);
        const taken = new Set(await disk.listDirectory(out));
        const clash = names.find((name) => taken.has(name));
        if (clash !== undefined) throw occupied(out, clash);
      }),
    write: async (files) =>
      words(async () => {
        const there = await enter();
        const missing: File[] = [];
        await inParallel(files, async (file) => {
          if (!(await isThere(file, there))) missing.push({ name: file.name, pieces: [file.bytes] });
        });
        await put(missing);
      }),
    writeStream: async (name, pieces) =>
      words(async () => {
        await enter();
        await put([{ name, pieces }]);
      }),
    read: async (name) => words(async () => (await disk.readFile(join(room, name))) ?? disk.readFile(join(out, name))),
    release: async () => words(async () => empty(room, out, disk)),
  };
}

/** One rename a file, then one flush; what an earlier run moved is moved already. */
async function empty(room: string, out: string, disk: Disk): Promise<void> {
  const names = await disk.listDirectory(room);
  if (names === undefined) return;
  const finished = names.filter((name) => !name.endsWith(UNFINISHED));
  await inParallel(
    names.filter((name) => name.endsWith(UNFINISHED)),
    async (name) => disk.removeFile(join(room, name)),
  );
  await inParallel(finished, async (name) => disk.rename(join(room, name), join(out, name)));
  await disk.syncDirectory(out); // both ends, before the room goes: a file must be in one of them
  await disk.removeDirectory(room);
  await disk.syncDirectory(out);
}

/** Returns when nothing is under way any more, even where one of them failed. */
async function inParallel<Item>(items: readonly Item[], act: (item: Item) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    try {
      for (let item = items[next++]; item !== undefined; item = items[next++]) await act(item);
    } catch (error) {
      next = items.length;
      throw error;
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}

function occupied(out: string, name: string): TestamurError {
  return new TestamurError("FILE_EXISTS", `${out} holds ${name} of another batch`, {
    next: "name an empty directory: each batch has its own",
  });
}
