/** Streams in pieces: enough at a time to keep the disk and the verifier busy, never the whole batch. */

/** Groups of up to `size` items, in order, with the position of the first one. */
export async function* chunksOf<Item>(
  items: AsyncIterable<Item>,
  size: number,
): AsyncGenerator<{ readonly start: number; readonly items: readonly Item[] }> {
  let chunk: Item[] = [];
  let start = 0;
  for await (const item of items) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield { start, items: chunk };
    start += chunk.length;
    chunk = [];
  }
  if (chunk.length > 0) yield { start, items: chunk };
}
