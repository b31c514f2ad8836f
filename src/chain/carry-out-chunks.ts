/** A write that may be too much for one transaction: carried out in chunks, each tried first and halved until it fits. */

import type { Hex } from "../core/bytes.ts";
import { carryOut, type WritePorts, type Written } from "./carry-out.ts";
import { demand, nodeFault } from "./demand.ts";
import { refusalFault } from "./refusal-words.ts";
import { blockQuestion, estimateGasQuestion } from "./rpc-questions.ts";
import type { Wish } from "./sign-transaction.ts";
import { chunksOf } from "./turn.ts";
import type { WritingSession } from "./writing-session.ts";

/** No transaction may take more (EIP-7825); and half a block is rude enough. */
const MOST_GAS = 2n ** 24n;

/**
 * @param chunks  what is to be done, in pieces that are likely to fit.
 * @param wishFor  the transaction that does one piece, or a half of it.
 * @param onChunk  told after each transaction: what is done cannot be undone.
 * @throws {TestamurError} as `carryOut`.
 */
export async function carryOutChunks<Item>(
  ports: WritePorts,
  chunks: readonly (readonly Item[])[],
  wishFor: (items: readonly Item[]) => Wish,
  onChunk: (written: Written, items: readonly Item[]) => void,
): Promise<void> {
  const queue = chunks.toReversed();
  for (let chunk = queue.pop(); chunk !== undefined; chunk = queue.pop()) {
    const wish = wishFor(chunk);
    if (chunk.length > 1 && !(await fitsIntoBlock(await ports.open(), ports.account.address, wish))) {
      queue.push(...chunksOf(chunk, Math.ceil(chunk.length / 2)).toReversed());
      continue;
    }
    const { written } = await carryOut(ports, wish);
    onChunk(written, chunk);
  }
}

/** False where the chain's limits forbid so much at once; a refusal of the contract is a fault. */
async function fitsIntoBlock({ rpc, patience }: WritingSession, from: Hex, wish: Wish): Promise<boolean> {
  const { to, data, what } = wish;
  const [gas, head] = await Promise.all([
    rpc.ask(estimateGasQuestion({ from, data, ...(to !== undefined && { to }) }), patience),
    rpc.ask(blockQuestion("latest"), patience),
  ]);
  const { gasLimit } = demand(head, "the newest block");
  if (gas.kind === "ok") return gas.value + gas.value / 5n <= (gasLimit / 2n < MOST_GAS ? gasLimit / 2n : MOST_GAS);
  // a lack of gas looks like a refusal without a reason, or is an error of its own
  if (gas.kind === "reverted" && gas.data === "0x") return false;
  if (gas.kind === "unavailable" && /gas/i.test(gas.error?.message ?? "")) return false;
  throw gas.kind === "reverted" ? refusalFault(what, gas.data) : nodeFault(gas, what);
}
