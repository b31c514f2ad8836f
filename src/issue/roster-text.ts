/** The text of a roster's bytes: UTF-8 to the letter, a byte order mark tolerated, anything else named for what it is. */

import { TestamurError } from "../core/errors.ts";
import { findFileKind } from "../core/strict-json/file-kind.ts";

const OTHER_TEXTS: readonly (readonly [string, readonly number[]])[] = [
  ["an old spreadsheet file", [0xd0, 0xcf, 0x11, 0xe0]],
  ["UTF-16 text", [0xff, 0xfe]],
  ["UTF-16 text", [0xfe, 0xff]],
];
const SAVE_AS = 'save the roster as "CSV UTF-8"';
const LINE_FEED = 0x0a;

/**
 * @param name  the roster's file name, for messages.
 * @throws {TestamurError} `ROSTER_INVALID` naming the line that is not UTF-8, or the kind of file this is.
 */
export async function* decodeRoster(bytes: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true }); // drops the byte order mark
  let line = 1;
  let isFirst = true;
  for await (const chunk of bytes) {
    if (chunk.length === 0) continue;
    if (isFirst) refuseOtherKinds(chunk, name);
    isFirst = false;
    const text = decode(
      () => decoder.decode(chunk, { stream: true }),
      () => notUtf8(name, line + linesBeforeFault(chunk)),
    );
    line += countLines(chunk);
    if (text !== "") yield text;
  }
  decode(
    () => decoder.decode(),
    () => notUtf8(name, line),
  );
}

function decode(read: () => string, fault: () => TestamurError): string {
  try {
    return read();
  } catch {
    throw fault();
  }
}

function refuseOtherKinds(head: Uint8Array, name: string): void {
  const kind =
    findFileKind(head) ?? OTHER_TEXTS.find(([, signature]) => signature.every((byte, at) => head[at] === byte))?.[0];
  if (kind === undefined) return;
  throw new TestamurError("ROSTER_INVALID", `${name} looks like ${kind}, not like CSV`, {
    problems: [{ where: name, what: `looks like ${kind}`, next: SAVE_AS }],
    next: SAVE_AS,
  });
}

function notUtf8(name: string, line: number): TestamurError {
  return new TestamurError("ROSTER_INVALID", `${name} is not UTF-8 text`, {
    problems: [{ where: `${name} line ${line}`, what: "holds bytes that are not UTF-8", next: SAVE_AS }],
    next: `${SAVE_AS}: names would come out wrong otherwise`,
  });
}

function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) lines++;
  return lines;
}

/** Lines of a chunk before the first that is not UTF-8. A character cut by the chunk's start counts as its first line's. */
function linesBeforeFault(chunk: Uint8Array): number {
  let start = 0;
  for (let lines = 0; ; lines++) {
    const end = chunk.indexOf(LINE_FEED, start);
    if (end === -1) return lines;
    try {
      const decoder = new TextDecoder("utf-8", { fatal: true });
      decoder.decode(lines === 0 ? withoutTail(chunk.subarray(0, end)) : chunk.subarray(start, end));
    } catch {
      return lines;
    }
    start = end + 1;
  }
}

/** A chunk may begin in the middle of a character: up to three bytes that continue one are left out. */
function withoutTail(line: Uint8Array): Uint8Array {
  let at = 0;
  while (at < 3 && at < line.length && ((line[at] ?? 0) & 0xc0) === 0x80) at++;
  return line.subarray(at);
}
