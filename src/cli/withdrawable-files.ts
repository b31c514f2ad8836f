/** What people name to be withdrawn: documents, folders, leaves, roots, and lists of them. */

import { createReadStream, existsSync } from "node:fs";
import { access, readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";

import { parse } from "csv-parse";

import { findWithdrawable, type Withdrawable } from "../app/withdrawable.ts";
import { isAddress, type Hex } from "../core/bytes.ts";
import { TestamurError } from "../core/errors.ts";
import { BATCH_FILE } from "../issue/names.ts";
import { readInputFiles } from "./input-files.ts";

export interface NamedWithdrawable extends Withdrawable {
  readonly name: string;
  /** True where no document was seen: nobody knows whether its batch has such a leaf. */
  readonly byLeaf?: boolean;
}

const NODE = /^0x[0-9a-fA-F]{64}$/;

/** @throws {TestamurError} `USAGE`, `FILE_UNREADABLE`. */
export async function* namedWithdrawables(what: readonly string[]): AsyncGenerator<NamedWithdrawable> {
  for (const text of what) {
    if (NODE.test(text)) yield { name: text, node: toNode(text), byLeaf: true };
    else
      for await (const { name, bytes } of readInputFiles([text]))
        yield { name, ...(await findWithdrawable(bytes, name)) };
  }
}

/**
 * The rows of a CSV file with a column `file` or `leaf` (index.csv has both). A file beside the list is opened, since only
 * the document knows its place in a status list; the leaf is enough to withdraw it for ever.
 *
 * @throws {TestamurError} `USAGE`, `FILE_UNREADABLE`.
 */
export async function withdrawablesOfList(path: string): Promise<readonly NamedWithdrawable[]> {
  const found: NamedWithdrawable[] = [];
  const columns = (heads: readonly string[]): string[] => heads.map((head) => head.toLowerCase());
  const rows = parse({ columns, bom: true, skip_empty_lines: true, trim: true });
  pipeline(createReadStream(path), rows).catch(() => undefined); // who reads the rows is told
  const facts = await findFacts(path);
  try {
    let row = 0;
    for await (const cells of rows as AsyncIterable<Readonly<Record<string, string>>>) {
      row += 1;
      for (const one of await withdrawablesOfRow(cells, path, row))
        found.push(one.byLeaf === true ? { ...one, ...facts } : one);
    }
  } catch (cause) {
    if (cause instanceof TestamurError) throw cause;
    const why = cause instanceof Error ? ` (${cause.message})` : "";
    throw new TestamurError("FILE_UNREADABLE", `${path} cannot be read as a list${why}`, {
      cause,
      next: "it is a CSV file with a column named leaf or file",
    });
  }
  return found;
}

/**
 * Which register and root the leaves of a list belong to, where the batch's own facts lie beside it.
 *
 * @throws {TestamurError} `FILE_UNREADABLE` for facts that are there and say neither.
 */
async function findFacts(list: string): Promise<Pick<Withdrawable, "root" | "store">> {
  const path = join(dirname(list), BATCH_FILE);
  if (!existsSync(path)) return {};
  try {
    const { root, store } = JSON.parse(await readFile(path, "utf8")) as Readonly<Record<string, unknown>>;
    if (typeof root === "string" && NODE.test(root) && isAddress(store))
      return { root: toNode(root), store: toNode(store) };
  } catch (cause) {
    throw noFacts(path, cause);
  }
  throw noFacts(path);
}

function noFacts(path: string, cause?: unknown): TestamurError {
  return new TestamurError("FILE_UNREADABLE", `${path} does not say whose batch the list is of`, {
    cause,
    next: "put the list into a directory of its own, or restore the file: testamur resume BATCH --out DIRECTORY",
  });
}

async function withdrawablesOfRow(
  { leaf, file }: Readonly<Record<string, string>>,
  path: string,
  row: number,
): Promise<readonly NamedWithdrawable[]> {
  if (leaf !== undefined && leaf !== "" && !NODE.test(leaf))
    throw new TestamurError("USAGE", `${path}: row ${row}: ${JSON.stringify(leaf)} is not a leaf`, {
      next: "a leaf is 0x and 64 hexadecimal digits",
    });
  const node = leaf === undefined || leaf === "" ? undefined : toNode(leaf);
  const document = file === undefined || file === "" ? undefined : await findBeside(path, file);
  if (document !== undefined) {
    const all = await Array.fromAsync(namedWithdrawables([document]));
    return node === undefined ? all : all.filter((one) => one.node === node); // a file may hold more than this row
  }
  if (node !== undefined) return [{ name: file ?? node, node, byLeaf: true }];
  if (file !== undefined && file !== "") return Array.fromAsync(namedWithdrawables([file])); // says that it is not there
  throw new TestamurError("USAGE", `${path}: row ${row} has neither a leaf nor a file`, {
    next: "give the list a column named leaf (0x and 64 digits) or file",
  });
}

/** The file where the list lies, or where the command runs. */
async function findBeside(list: string, file: string): Promise<string | undefined> {
  for (const path of [resolve(dirname(list), file), file]) {
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return undefined;
}

function toNode(text: string): Hex {
  return `0x${text.slice(2).toLowerCase()}`;
}
