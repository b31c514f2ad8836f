/** Lets many documents begin in waves: what the first ones ask of a node is on its way while the next ones are read. */

/** So many begin at once: enough for their questions to fill a call, few enough for the first answers to come early. */
const WAVE = 128;

/**
 * One wave may begin in each turn of the event loop; in between, questions leave and answers come.
 *
 * @returns a function whose answer is to be awaited before a document is begun: undefined, at once, for one that comes alone.
 */
export function openWaves(size: number = WAVE): () => Promise<void> | undefined {
  let room = size;
  let isTurnAhead = false;
  const waves: (() => void)[][] = [];

  function awaitTurn(): void {
    if (isTurnAhead) return;
    isTurnAhead = true;
    setTimeout(() => {
      isTurnAhead = false;
      const wave = waves.shift() ?? [];
      room = size - wave.length;
      if (wave.length > 0) awaitTurn();
      for (const begin of wave) begin();
    }, 0);
  }

  async function waitInLine(): Promise<void> {
    let last = waves.at(-1);
    if (last === undefined || last.length === size) waves.push((last = []));
    const line = last;
    return new Promise((begin) => {
      line.push(begin);
    });
  }

  return () => {
    awaitTurn();
    if (room === 0) return waitInLine();
    room--;
    return undefined;
  };
}
