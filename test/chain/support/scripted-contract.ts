/** Runtime code that gives prepared answers to prepared calls: any store of any generation, honest or not, without a compiler. */

import { keccak256, type Hex } from "viem";

export interface ScriptedCall {
  readonly call: Hex;
  /** What the call returns, or reverts with. */
  readonly returns?: Hex;
  readonly reverts?: Hex;
  /** Burns all gas instead. */
  readonly burns?: boolean;
}

/** Code that compares the hash of its call data with each prepared call; anything else gets `otherwise`, or a bare revert. */
export function scriptedCode(calls: readonly ScriptedCall[], otherwise: Omit<ScriptedCall, "call"> = {}): Hex {
  const prologue = "365f5f37365f20"; // calldatacopy(0, 0, size); keccak256(0, size)
  const comparisonSize = 1 + 33 + 1 + 3 + 1; // dup1 push32 eq push2 jumpi
  const answers = [otherwise, ...calls].map((call) => answerOf(call));
  const sizes = answers.map((answer) => answer.code.length / 2);
  const start = prologue.length / 2 + comparisonSize * calls.length;
  const offsets = sizes.map((_, at) => start + sum(sizes.slice(0, at)));
  const dataStart = start + sum(sizes);
  const comparisons = calls.map(({ call }, at) => `80${push32(keccak256(call))}14${push2(offsets[at + 1] ?? 0)}57`);
  let dataAt = dataStart;
  const bodies = answers.map(({ code, data }) => {
    const body = code.replace("DDDD", hex2(dataAt));
    dataAt += data.length / 2;
    return body;
  });
  return `0x${prologue}${comparisons.join("")}${bodies.join("")}${answers.map((answer) => answer.data).join("")}`;
}

function answerOf({ returns, reverts, burns }: Omit<ScriptedCall, "call">): {
  readonly code: string;
  readonly data: string;
} {
  if (burns === true) return { code: "5bfe", data: "" };
  const data = (returns ?? reverts ?? "0x").slice(2);
  const size = hex2(data.length / 2);
  // codecopy(0, data, size); return or revert(0, size)
  return { code: `5b61${size}61DDDD5f3961${size}5f${returns === undefined ? "fd" : "f3"}`, data };
}

function push32(hash: Hex): string {
  return `7f${hash.slice(2)}`;
}

function push2(value: number): string {
  return `61${hex2(value)}`;
}

function hex2(value: number): string {
  return value.toString(16).padStart(4, "0");
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
