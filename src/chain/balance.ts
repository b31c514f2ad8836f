/** What an account can pay fees with. */

import type { Hex } from "../core/bytes.ts";
import { demand } from "./demand.ts";
import { formatAmount } from "./fees.ts";
import { balanceQuestion } from "./rpc-questions.ts";
import { openWriting } from "./writing-session.ts";

/** @throws {TestamurError} `NODE_UNAVAILABLE`, `NODE_LYING`. */
export async function lookAtBalance(
  rpcUrls: readonly string[],
  account: Hex,
): Promise<{ readonly balanceWei: bigint; readonly text: string }> {
  const { rpc, network, patience } = await openWriting({ rpcUrls })();
  const balanceWei = demand(await rpc.ask(balanceQuestion(account), patience), `the balance of ${account}`);
  return { balanceWei, text: formatAmount(balanceWei, network) };
}
