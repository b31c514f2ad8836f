/** Streams in pieces: enough at a time to keep the disk and the verifier busy, never the whole batch. */

/**
 * Groups of items, in order: as soon as one weighs `size` or more, the next begins.
 *
 * @param weightOf  1 an item unless told otherwise.
 */
export async function* chunksOf<Item>(
  items: AsyncIterable<Item>,
  size: number,
  weightOf: (item: Item) => number = () => 1,
): AsyncGenerator<readonly Item[]> {
  let chunk: Item[] = [];
  let weight = 0;
  for await (const item of items) {
    chunk.push(item);
    weight += weightOf(item);
    if (weight < size) continue;
    yield chunk;
    chunk = [];
    weight = 0;
  }
  if (chunk.length > 0) yield chunk;
}
