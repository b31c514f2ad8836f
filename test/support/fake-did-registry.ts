/** An ERC-1056 registry made of plain values, behind a chain reader that counts what it is asked. */

import type { Hex } from "../../src/core/bytes.ts";
import type { Answer, ChainReader, ChainViewAnswer, ContractResult } from "../../src/core/ports.ts";
import { fakeView } from "./fake-ports.ts";

export const DID_REGISTRY: Hex = `0x${"1056".repeat(10)}`;

/** What the registry returns for an account; accounts without an entry control themselves. */
export type RegistryAnswers = Readonly<Record<Hex, Answer<ContractResult>>>;

export interface FakeDidChain extends ChainReader {
  /** `<chain id> <contract> <calldata>` of every call, in order. */
  readonly asked: string[];
}

/** A word of 32 bytes holding an address. */
export function returned(owner: Hex): Answer<ContractResult> {
  return { kind: "answer", value: { kind: "returned", data: `0x${owner.slice(2).padStart(64, "0")}` } };
}

/** A chain reader whose views answer for the registry; `view` replaces the view altogether. */
export function fakeDidChain(answers: RegistryAnswers = {}, view?: ChainViewAnswer): FakeDidChain {
  const asked: string[] = [];
  return {
    asked,
    viewOf: async (chainId) =>
      view ?? {
        kind: "view",
        view: {
          ...fakeView(),
          callContract: async (contract, data) => {
            asked.push(`${chainId} ${contract} ${data}`);
            const account: Hex = `0x${data.slice(-40)}`;
            return answers[account] ?? returned(account);
          },
        },
      },
  };
}
