/** Collects what is asked in one turn of the event loop, so that it can travel together. */

/**
 * @param flush  gets everything added since the last turn, in order; never an empty list.
 * @returns a function that adds one item.
 */
export function openTurn<Item>(flush: (items: readonly Item[]) => void): (item: Item) => void {
  let items: Item[] = [];
  return (item) => {
    items.push(item);
    if (items.length > 1) return;
    // A timer, not a microtask: questions reach us after different numbers of awaits, but in the same turn.
    setTimeout(() => {
      const collected = items;
      items = [];
      flush(collected);
    }, 0);
  };
}

/** The list in pieces of at most `size` items. */
export function chunksOf<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}
