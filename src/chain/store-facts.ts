/** What a store is, read at one block: its name, code, generation, pause, owner, and which roles an account holds. */

import { concatHex, decodeAbiParameters, encodeAbiParameters, toFunctionSelector } from "viem";

import type { Hex } from "../core/bytes.ts";
import { parseBool, parseWords, toAddress } from "./abi-answers.ts";
import type { BlockReads } from "./block-reads.ts";
import { RELEASED_CODE_HASHES, readContractCode } from "./contract-code.ts";
import { demandAnswer, nodeFault } from "./demand.ts";
import { forPeople } from "./rpc-errors.ts";
import { isTrouble } from "./rpc-outcome.ts";
import { isBatchableCall, nodeCall } from "./store-calls.ts";
import { PLAIN_CALL_GAS } from "./store-nodes.ts";
import { STORE_ROLES, type StoreRole } from "./role-names.ts";
import { roleId } from "./store-roles.ts";

export interface StoreFacts {
  /** `none`: there is a contract, but it does not answer as a store does. */
  readonly generation: "classic" | "batchable" | "none";
  readonly codeHash: Hex;
  /** One of our releases, or a minimal proxy to one. */
  readonly codeKnown: boolean;
  readonly name: string;
  readonly version: string;
  /** Undefined where the store does not say. */
  readonly paused: boolean | undefined;
  readonly owner: Hex | undefined;
  /** Whether the account asked for holds each role; undefined where the store does not say. */
  readonly roles: Readonly<Record<StoreRole, boolean | undefined>>;
}

const NAME: Hex = toFunctionSelector("name()");
const VERSION: Hex = toFunctionSelector("version()");
const PAUSED: Hex = toFunctionSelector("paused()");
const OWNER: Hex = toFunctionSelector("owner()");
const HAS_ROLE: Hex = toFunctionSelector("hasRole(bytes32,address)");

/** Any node will do: a store answers for all of them. */
const ANY_NODE: Hex = `0x${"5a".repeat(32)}`;

export function hasRoleCall(role: StoreRole, account: Hex): Hex {
  return concatHex([HAS_ROLE, roleId(role), encodeAbiParameters([{ type: "address" }], [account])]);
}

/**
 * @returns undefined where there is no contract.
 * @throws {TestamurError} `NODE_UNAVAILABLE`, `NODE_LYING`.
 */
export async function readStoreFacts(reads: BlockReads, store: Hex, account: Hex): Promise<StoreFacts | undefined> {
  const ask = async (data: Hex): Promise<Hex | undefined> => read(reads, store, data);
  const [code, issued, batchable, name, version, paused, owner, roles] = await Promise.all([
    readContractCode(reads, store),
    ask(nodeCall("isIssued", ANY_NODE)),
    ask(isBatchableCall()),
    ask(NAME),
    ask(VERSION),
    ask(PAUSED),
    ask(OWNER),
    Promise.all(STORE_ROLES.map(async (role) => [role, boolOf(await ask(hasRoleCall(role, account)))] as const)),
  ]);
  const standing = demandAnswer(code, `the code of ${store}`);
  if (standing.kind === "no-contract") return undefined;
  const { codeHash } = standing;
  return {
    generation: boolOf(batchable) === true ? "batchable" : boolOf(issued) === undefined ? "none" : "classic",
    codeHash,
    codeKnown: RELEASED_CODE_HASHES.includes(codeHash),
    name: textOf(name),
    version: textOf(version),
    paused: boolOf(paused),
    owner: owner === undefined ? undefined : toAddress(parseWords(owner, 1)?.[0]),
    roles: { admin: undefined, issuer: undefined, revoker: undefined, ...Object.fromEntries(roles) },
  };
}

/** What the store returns; undefined where it refuses. Trouble is a fault: "not paused" must not be a guess. */
async function read(reads: BlockReads, store: Hex, data: Hex): Promise<Hex | undefined> {
  const called = await reads.call({ to: store, data, gas: PLAIN_CALL_GAS });
  if (isTrouble(called)) throw nodeFault(called, `store ${store}`);
  return called.kind === "ok" ? called.value : undefined;
}

function boolOf(data: Hex | undefined): boolean | undefined {
  return data === undefined ? undefined : parseBool(data);
}

/** A text that a stranger's contract returns: short, one line, or empty. */
function textOf(data: Hex | undefined): string {
  if (data === undefined) return "";
  try {
    return forPeople(decodeAbiParameters([{ type: "string" }], data)[0]);
  } catch {
    return "";
  }
}
