/** Guesses what a misspelt name was meant to be. */

/**
 * The name among `known` that is nearest to `typed`, or undefined when none is near: at most a third of its letters differ.
 * Case and the signs between words do not count.
 */
export function findNearest(typed: string, known: Iterable<string>): string | undefined {
  const wanted = fold(typed);
  let best: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length / 3));
  for (const name of known) {
    const distance = countEdits(wanted, fold(name), least);
    if (distance < least || (distance === least && best === undefined)) {
      best = name;
      least = distance;
    }
  }
  return best;
}

/** What to do about a misspelt name: the nearest one, else the whole list while it is short. */
export function adviceFor(typed: string, known: readonly string[]): string {
  const nearest = findNearest(typed, known);
  if (nearest !== undefined) return `did you mean ${JSON.stringify(nearest)}?`;
  const MOST = 20;
  const list = known.slice(0, MOST).map((name) => JSON.stringify(name));
  return `there is ${list.join(", ")}${known.length > MOST ? ", …" : ""}`;
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[\s_.-]/g, "");
}

/** Insertions, deletions, replacements and swaps of neighbours between two texts; more than `most` is told as `most + 1`. */
function countEdits(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? (before[j - 2] ?? most) + 1 : replaced;
      next.push(Math.min(replaced, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return Math.min(row[b.length] ?? 0, most + 1);
}
