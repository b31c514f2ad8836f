/** What to offer for gas: enough to be mined soon, never more than the cap allows. */

import { formatEther, formatGwei } from "viem";

import { TestamurError } from "../core/errors.ts";
import type { Fee } from "./account.ts";
import { demand } from "./demand.ts";
import type { JsonRpc } from "./json-rpc.ts";
import type { Network } from "./networks.ts";
import type { Patience } from "./patience.ts";
import { feeHistoryQuestion, gasPriceQuestion } from "./transaction-questions.ts";

/** What the chain asks for right now, in wei a unit of gas. */
export interface FeeMarket {
  readonly kind: Fee["kind"];
  /** Below this, the next block takes nothing. */
  readonly floor: bigint;
  readonly tip: bigint;
}

const BLOCKS_LOOKED_AT = 10;
/** Where nobody tips, a little is still offered. */
const SMALLEST_TIP = 1_000_000n; // 0.001 gwei
/** Six full blocks in a row double the base fee (EIP-1559: at most one eighth a block). */
const HEADROOM = 2n;

/** @throws {TestamurError} `NODE_UNAVAILABLE`, `NODE_LYING`. */
export async function readFeeMarket(rpc: JsonRpc, patience: Patience): Promise<FeeMarket> {
  const [history, gasPrice] = await Promise.all([
    rpc.ask(feeHistoryQuestion(BLOCKS_LOOKED_AT), patience),
    rpc.ask(gasPriceQuestion(), patience),
  ]);
  if (history.kind === "ok" && history.value.nextBaseFee > 0n) {
    const tip = medianOf(history.value.tips) ?? SMALLEST_TIP;
    return { kind: "market", floor: history.value.nextBaseFee, tip: tip > SMALLEST_TIP ? tip : SMALLEST_TIP };
  }
  // a chain without base fees: the node's own suggestion
  return { kind: "legacy", floor: demand(gasPrice, "the price of gas"), tip: 0n };
}

export interface FeeLimits {
  readonly gas: bigint;
  /** The whole transaction must not cost more, in wei. */
  readonly maxFeeWei?: bigint;
  /** A transaction that is to be replaced: nodes want at least a tenth more, we give an eighth. */
  readonly above?: Fee;
}

/** @throws {TestamurError} `FEE_ABOVE_CAP` when the cap does not reach what the next block asks for. */
export function chooseFee(market: FeeMarket, limits: FeeLimits, network: Network): Fee {
  const { above, gas, maxFeeWei } = limits;
  const tip = atLeast(market.tip, above?.kind === "market" ? raised(above.maxPriorityFeePerGas) : 0n);
  const needed = atLeast(market.floor + tip, above === undefined ? 0n : raised(above.maxFeePerGas));
  const wanted = atLeast(market.kind === "market" ? market.floor * HEADROOM + tip : market.floor, needed);
  const allowed = maxFeeWei === undefined ? wanted : maxFeeWei / gas;
  if (allowed < needed) throw aboveCap(needed * gas, maxFeeWei ?? 0n, needed, network);
  const maxFeePerGas = wanted < allowed ? wanted : allowed;
  return market.kind === "market" && above?.kind !== "legacy"
    ? { kind: "market", maxFeePerGas, maxPriorityFeePerGas: tip }
    : { kind: "legacy", maxFeePerGas };
}

/** An amount in the chain's own currency, for people. */
export function formatAmount(wei: bigint, network: Network): string {
  return `${formatEther(wei)} ${network.currency}`;
}

function aboveCap(cost: bigint, cap: bigint, perGas: bigint, network: Network): TestamurError {
  const now = `${formatAmount(cost, network)} (${formatGwei(perGas)} gwei a unit of gas)`;
  return new TestamurError(
    "FEE_ABOVE_CAP",
    `the transaction costs ${now} on ${network.name} right now; the cap is ${formatAmount(cap, network)}`,
    { next: "wait until fees are lower, or raise the cap (--max-fee)" },
  );
}

function raised(fee: bigint): bigint {
  return fee + fee / 8n + 1n;
}

function atLeast(value: bigint, least: bigint): bigint {
  return value < least ? least : value;
}

function medianOf(values: readonly bigint[]): bigint | undefined {
  return values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))[Math.floor(values.length / 2)];
}
