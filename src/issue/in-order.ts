/** Work on a stream, several pieces at a time, with the results in the order of the pieces. */

/**
 * @param width  pieces under way at the same time.
 * @throws what `act` throws for the first piece that fails, once nothing is under way any more.
 */
export async function* inOrder<Item, Result>(
  items: AsyncIterable<Item>,
  width: number,
  act: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const underWay: Promise<Result>[] = [];
  try {
    for await (const item of items) {
      const result = act(item);
      result.catch(() => undefined); // it is heard when its turn comes
      underWay.push(result);
      if (underWay.length >= width) yield await next(underWay);
    }
    while (underWay.length > 0) yield await next(underWay);
  } finally {
    await Promise.allSettled(underWay);
  }
}

async function next<Result>(queue: Promise<Result>[]): Promise<Result> {
  const first = queue.shift();
  if (first === undefined) throw new RangeError("nothing is under way");
  return first;
}
