/** Reads all events of a range of blocks, in pieces as small as the node insists on. */

import { nodeFault } from "./demand.ts";
import { openPatience } from "./patience.ts";
import { logsQuestion, type Log, type LogFilter } from "./transaction-questions.ts";
import type { WritingSession } from "./writing-session.ts";

/** Below this, a refusal is not about the length of the range. */
const SMALLEST_RANGE = 100;

/** @throws {TestamurError} `NODE_UNAVAILABLE`, `NODE_LYING`. */
export async function readLogs({ rpc }: WritingSession, filter: LogFilter): Promise<readonly Log[]> {
  const logs: Log[] = [];
  let size = filter.toBlock - filter.fromBlock + 1;
  for (let from = filter.fromBlock; from <= filter.toBlock;) {
    const to = Math.min(from + size - 1, filter.toBlock);
    const found = await rpc.ask(logsQuestion({ ...filter, fromBlock: from, toBlock: to }), openPatience());
    if (found.kind === "ok") {
      logs.push(...found.value);
      from = to + 1;
    } else if (size > SMALLEST_RANGE && (found.kind === "unavailable" || found.kind === "lying")) {
      size = Math.ceil(size / 4);
    } else {
      throw nodeFault(found, `the events of ${filter.address}`);
    }
  }
  return logs;
}
