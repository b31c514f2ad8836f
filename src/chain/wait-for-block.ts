/** Waits for the next block. */

import { blockNumberQuestion } from "./rpc-questions.ts";
import type { WritingSession } from "./writing-session.ts";

/** How often the node is asked. */
const POLL_MS = 500;

/** Until the number of the newest block changes, or about one block time has passed. Trouble only makes it wait. */
export async function waitForBlock({ rpc, network, patience }: WritingSession): Promise<void> {
  const blockMs = network.blockSeconds * 1000;
  const untilMs = performance.now() + blockMs;
  const before = await rpc.ask(blockNumberQuestion(), patience);
  while (performance.now() < untilMs) {
    await new Promise((wait) => {
      setTimeout(wait, Math.min(POLL_MS, blockMs));
    });
    const after = await rpc.ask(blockNumberQuestion(), patience);
    if (before.kind === "ok" && after.kind === "ok" && after.value !== before.value) return;
  }
}
