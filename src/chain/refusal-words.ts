/** Why a store refuses a call, in words and as a code: the custom errors of our store and of the older ones. */

import { decodeErrorResult, type Abi } from "viem";

import type { Hex } from "../core/bytes.ts";
import { TestamurError, type FaultCode } from "../core/errors.ts";
import { selectorOf } from "./abi-answers.ts";
import { documentStoreAbi } from "./artifacts/document-store.ts";
import { recognitionRegistryAbi } from "./artifacts/recognition-registry.ts";
import { roleName } from "./store-roles.ts";

/** Errors of other stores and of OpenZeppelin that mean the same as ours. */
const FOREIGN_ERRORS = [
  { type: "error", name: "EnforcedPause", inputs: [] },
  { type: "error", name: "Error", inputs: [{ name: "text", type: "string" }] },
] as const;

const ERRORS: Abi = [
  ...[...documentStoreAbi, ...recognitionRegistryAbi].filter((entry) => entry.type === "error"),
  ...FOREIGN_ERRORS,
];

interface Refusal {
  readonly code: FaultCode;
  readonly words: string;
  readonly next: string;
}

/** The fault behind a revert. `what` names the attempt: "anchoring 0x… in 0x…". */
export function refusalFault(what: string, data: Hex): TestamurError {
  const { code, words, next } = explain(data);
  return new TestamurError(code, `${what}: ${words}`, { next });
}

function explain(data: Hex): Refusal {
  const { name, args } = decode(data);
  switch (name) {
    case "AccessControlUnauthorizedAccount":
      return roleMissing(String(args[0]), roleName(String(args[1])));
    case "AccountCompromised":
      return {
        code: "ROLE_MISSING",
        words: `account ${String(args[0])} was declared compromised from block ${String(args[1])} on`,
        next: "use another account; a compromised one never gets a role again",
      };
    case "StorePaused":
    case "EnforcedPause":
      return { code: "STORE_PAUSED", words: "the store is paused", next: "an admin of the store can resume it" };
    case "AlreadyIssued":
      return {
        code: "ROOT_ALREADY_ANCHORED",
        words: `${String(args[0])} was anchored in block ${String(args[1])}`,
        next: "look at the batch it belongs to (testamur status)",
      };
    case "ZeroDocument":
      return { code: "ROOT_NOT_USABLE", words: "zero is no root", next: "this is a bug: please report it" };
    case "AlreadyRevoked":
      return other(`${String(args[0])} was revoked in block ${String(args[1])}`, "leave it out");
    case "RevocationCapExceeded":
      return other(
        `${String(args[0])} may revoke ${String(args[1])} a day, this would make ${String(args[2])}`,
        "revoke the rest tomorrow, or let an admin raise the cap",
      );
    case "CompromiseBlockInvalid":
      return other(`block ${String(args[0])} is none of the chain's yet`, "name a block from 1 to the newest one");
    case "CompromiseNotEarlier":
      return other(
        `${String(args[0])} was declared compromised from block ${String(args[1])} on already`,
        "a declaration can only be moved to an earlier block",
      );
    case "RolesNotOffered":
      return other(
        `${String(args[0])} has not offered its roles to ${String(args[1])}`,
        "its holder offers them: testamur store handover --offer",
      );
    case "NotYours":
      return other(
        `recognition ${String(args[0])} is not ${String(args[1])}'s`,
        "only its delegate passes a recognition on, only its recogniser withdraws it",
      );
    case "NotInForce":
      return other(`recognition ${String(args[0])}, or one above it, is not in force`, "ask its recogniser");
    case "ScopeWiderThanParent":
      return other(
        `it is wider than recognition ${String(args[0])}`,
        "name fewer types, a lower level, a narrower place or period, fewer steps",
      );
    case "UnknownRecognition":
      return other(`there is no recognition ${String(args[0])}`, "list them: testamur recognition show");
    case "WithdrawalBlockInvalid":
    case "WithdrawalNotEarlier":
      return other(
        `recognition ${String(args[0])} cannot be withdrawn from that block on`,
        "name a block from its grant to the newest one, and before any earlier withdrawal",
      );
    case "Error":
      return explainText(String(args[0]));
    default:
      return other(
        data === "0x"
          ? "the contract refuses without a reason"
          : `the contract refuses with ${name} ${args.map(String).join(", ")}`,
        "is this the address of a document store?",
      );
  }
}

/** Stores before custom errors: OpenZeppelin 4 and OpenAttestation's own. */
function explainText(text: string): Refusal {
  const role = /account (0x[0-9a-f]{40}) is missing role (0x[0-9a-f]{64})/i.exec(text);
  if (role !== null) return roleMissing(role[1] ?? "", roleName(role[2] ?? ""));
  if (/not been issued can be issued/i.test(text)) {
    return { code: "ROOT_ALREADY_ANCHORED", words: "it was anchored before", next: "look at the batch it belongs to" };
  }
  if (/paused/i.test(text))
    return { code: "STORE_PAUSED", words: "the store is paused", next: "an admin can resume it" };
  if (/caller is not the owner/i.test(text)) return roleMissing("this account", "owner");
  return other(`the contract says "${text.slice(0, 200)}"`, "check that this account may do this");
}

function roleMissing(account: string, role: string): Refusal {
  return {
    code: "ROLE_MISSING",
    words: `account ${account} does not hold the role ${role}`,
    next: "an admin of the store can grant it: testamur store roles",
  };
}

function other(words: string, next: string): Refusal {
  return { code: "TRANSACTION_REVERTED", words, next };
}

function decode(data: Hex): { readonly name: string; readonly args: readonly unknown[] } {
  try {
    const { errorName, args } = decodeErrorResult({ abi: ERRORS, data });
    return { name: errorName, args: args ?? [] };
  } catch {
    return { name: `an error of its own, ${selectorOf(data)}`, args: [] };
  }
}
