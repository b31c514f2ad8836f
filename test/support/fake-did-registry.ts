/** An ERC-1056 registry made of plain values, behind a chain reader that counts what it is asked. */

import { encodeBytes32String, Interface } from "ethers";

import type { Hex } from "../../src/core/bytes.ts";
import type { Answer } from "../../src/core/ports/answer.ts";
import type { ChainReader, ChainViewAnswer, ContractEvent, ContractResult } from "../../src/core/ports/chain.ts";
import { fakeView } from "./fake-ports.ts";

export const DID_REGISTRY: Hex = `0x${"1056".repeat(10)}`;

/** What the registry returns for an account; accounts without an entry control themselves. */
export type RegistryAnswers = Readonly<Record<Hex, Answer<ContractResult>>>;

export interface FakeRegistry {
  readonly owners?: RegistryAnswers;
  /** Blocks of the last change; accounts without an entry were never changed. */
  readonly changed?: RegistryAnswers;
  readonly events?: Readonly<Record<number, Answer<readonly ContractEvent[]>>>;
}

export interface FakeDidChain extends ChainReader {
  /** `<chain id> <contract> <calldata>` of every call, `<chain id> <contract> @<block>` of every look for events, in order. */
  readonly asked: string[];
}

const CHANGED = "0xf96d0f9f";

/** A word of 32 bytes holding an address. */
export function returned(owner: Hex): Answer<ContractResult> {
  return { kind: "answer", value: { kind: "returned", data: `0x${owner.slice(2).padStart(64, "0")}` } };
}

export function returnedNumber(number: number): Answer<ContractResult> {
  return returned(`0x${number.toString(16)}`);
}

/** One change, as whoever makes it would say it. */
export type Happening =
  | { readonly block: number; readonly owner: Hex }
  | { readonly block: number; readonly delegate: Hex; readonly type: string; readonly validTo: number }
  | { readonly block: number; readonly name: string; readonly value: Hex; readonly validTo: number };

const ABI = new Interface([
  "event DIDOwnerChanged(address indexed identity, address owner, uint previousChange)",
  "event DIDDelegateChanged(address indexed identity, bytes32 delegateType, address delegate, uint validTo, uint previousChange)",
  "event DIDAttributeChanged(address indexed identity, bytes32 name, bytes value, uint validTo, uint previousChange)",
]);

/** The registry after these changes of an account, oldest first. */
export function registryAfter(account: Hex, happenings: readonly Happening[]): Required<FakeRegistry> {
  const events: Record<number, ContractEvent[]> = {};
  let previous = 0;
  let owner = account;
  for (const happening of happenings) {
    (events[happening.block] ??= []).push(eventOf(account, happening, previous));
    previous = happening.block;
    if ("owner" in happening) owner = /^0x0+$/.test(happening.owner) ? account : happening.owner;
  }
  const answers = Object.entries(events).map(([block, value]) => [block, { kind: "answer", value }] as const);
  return {
    owners: { [account]: returned(owner) },
    changed: { [account]: returnedNumber(previous) },
    events: Object.fromEntries(answers),
  };
}

export function eventOf(account: Hex, happening: Happening, previous: number): ContractEvent {
  const [name, values] =
    "owner" in happening
      ? ["DIDOwnerChanged", [happening.owner]]
      : "delegate" in happening
        ? ["DIDDelegateChanged", [encodeBytes32String(happening.type), happening.delegate, happening.validTo]]
        : ["DIDAttributeChanged", [encodeBytes32String(happening.name), happening.value, happening.validTo]];
  const { topics, data } = ABI.encodeEventLog(name, [account, ...values, previous]);
  return { topics: topics as Hex[], data: data as Hex };
}

/** A chain reader whose views answer for the registry; `view` replaces the view altogether. */
export function fakeDidChain(registry: FakeRegistry = {}, view?: ChainViewAnswer): FakeDidChain {
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
            return data.startsWith(CHANGED)
              ? (registry.changed?.[account] ?? returnedNumber(0))
              : (registry.owners?.[account] ?? returned(account));
          },
          eventsIn: async (contract, _topics, block) => {
            asked.push(`${chainId} ${contract} @${block}`);
            return registry.events?.[block] ?? { kind: "answer", value: [] };
          },
          timeOf: async (block) => ({ kind: "answer", value: timeOfBlock(block) }),
        },
      },
  };
}

/** The time of a block of the fake chain: ten minutes apart, the block that is read (9) at 10:30. */
export function timeOfBlock(block: number): string {
  return new Date(Date.parse("2026-11-22T09:00:00Z") + block * 600_000).toISOString();
}
