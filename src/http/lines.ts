/** Splits a stream of bytes into lines, each at most so long: NDJSON from somebody we do not know. */

const NEWLINE = 0x0a;

/** A line, or that it was too long (then it was skipped to its end); numbers count from 1, and count empty lines, too. */
export type Line = { readonly number: number } & (
  { readonly kind: "line"; readonly bytes: Uint8Array } | { readonly kind: "too-long" }
);

/** Lines without their ends, empty ones left out; the last one needs no end. Holds at most `maxBytes` and one chunk. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Line> {
  let parts: Uint8Array[] = [];
  let length = 0;
  let number = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      keep(chunk.subarray(start, end));
      yield* take();
      start = end + 1;
    }
    keep(chunk.subarray(start));
  }
  yield* take();

  function keep(part: Uint8Array): void {
    length += part.length;
    if (length <= maxBytes) parts.push(part);
    else parts = [];
  }

  function* take(): Generator<Line> {
    const bytes = Buffer.concat(parts);
    const tooLong = length > maxBytes;
    parts = [];
    length = 0;
    number++;
    if (tooLong) yield { kind: "too-long", number };
    else if (bytes.some((byte) => byte > 0x20)) yield { kind: "line", number, bytes };
  }
}
