/** The paths that the documents of a batch share: checked, and made into bytes, when they are first met. */

import { toUtf8 } from "../../core/bytes.ts";
import { objectToKey, objectToPath, type KeyObjection } from "../openattestation/keys.ts";

/** A place in documents, and what is written there whatever its value. */
export interface Path {
  /** Names and positions joined by dots; empty for the data itself. */
  readonly text: string;
  /** `"name":`, as it stands in the object; empty for an item of a list. */
  readonly label: Uint8Array;
  /** `{"path":`, which a leaf's hash begins with; made when the first leaf is met there, for it repeats the whole path. */
  head: Uint8Array | undefined;
  readonly members: Map<string, Path>;
  readonly items: Path[];
}

/** Kept from one document to the next; a hostile one may fill it, so it is emptied above this. */
const MOST_BYTES_KEPT = 1_048_576;
/** About what a path takes by itself. */
const BYTES_OF_A_PATH = 256;
const NOTHING = new Uint8Array(0);

let kept = 0;
let root = pathOf("", NOTHING);

/** Where every document begins. */
export function rootPath(): Path {
  if (kept > MOST_BYTES_KEPT) {
    kept = 0;
    root = pathOf("", NOTHING);
  }
  return root;
}

/** The path of a member, or what speaks against its name. */
export function memberPath(above: Path, name: string): Path | KeyObjection {
  const known = above.members.get(name);
  if (known !== undefined) return known;
  const text = above.text === "" ? name : `${above.text}.${name}`;
  const objection = objectToKeyV2(name) ?? objectToPath(text);
  if (objection !== undefined) return objection;
  const made = pathOf(text, toUtf8(`${JSON.stringify(name)}:`));
  above.members.set(name, made);
  return made;
}

/** The path of an item of a list; positions come in order, from 0. */
export function itemPath(above: Path, at: number): Path {
  return (above.items[at] ??= pathOf(`${above.text}.${at}`, NOTHING));
}

/** What speaks against a name in an object of version 2. */
export function objectToKeyV2(key: string): KeyObjection | undefined {
  return /^(?:0|[1-9]\d*)$/.test(key)
    ? { code: "KEY_NUMERIC", why: "is a number, as only positions in a list are" }
    : objectToKey(key);
}

/** What the hash of a leaf begins with. */
export function headOf(path: Path): Uint8Array {
  if (path.head !== undefined) return path.head;
  const head = toUtf8(`{${JSON.stringify(path.text)}:`);
  kept += path.text.length + head.length;
  return (path.head = head);
}

function pathOf(text: string, label: Uint8Array): Path {
  kept += BYTES_OF_A_PATH + label.length;
  return { text, label, head: undefined, members: new Map(), items: [] };
}
