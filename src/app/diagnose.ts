/** The set-up of an issuer, examined: each finding says whether it is fine and what to do if not. Nothing is changed or sent. */

import { accessSync, constants, existsSync } from "node:fs";
import process from "node:process";

import { keystoreAddress } from "../chain/keystore.ts";
import { openAccount } from "../chain/account.ts";
import { openChainReader } from "../chain/chain-reader.ts";
import { lookAtBalance } from "../chain/balance.ts";
import type { Hex } from "../core/bytes.ts";
import { TestamurError } from "../core/errors.ts";
import { openIdentityProver } from "../identity/identity-prover.ts";
import type { Settings } from "./config.ts";
import { examineLists } from "./diagnose-lists.ts";
import { examineSigning } from "./diagnose-signing.ts";
import { issuerRecords } from "./issuer-records.ts";
import { readText } from "./signing-key.ts";
import { lookAtStore } from "./stores.ts";

export interface Diagnosis {
  readonly what: string;
  /** `doubt`: it may be fine, but somebody should look. */
  readonly state: "fine" | "wrong" | "doubt";
  readonly detail: string;
  readonly next?: string;
}

const MIN_NODE_MAJOR = 24;

/** Every check that can be made, in the order a person would mend things. Never throws for what it examines. */
export async function diagnose(settings: Settings): Promise<readonly Diagnosis[]> {
  const account = findAccount(settings);
  const own = [nodeVersion(), settingsFile(settings), homeDirectory(settings), account.diagnosis];
  const chain = await examineChain(settings);
  const signing = await examineSigning(settings, chain.chainId);
  if (chain.chainId === undefined) return [...own, chain.diagnosis, ...signing];
  const store = await examineStore(settings, account.address);
  if (settings.store === undefined) return [...own, chain.diagnosis, ...store, ...signing];
  const records = await examineDns(settings, chain.chainId, settings.store);
  const lists = await examineLists(settings, chain.chainId, settings.store);
  return [...own, chain.diagnosis, ...store, records, ...signing, ...lists];
}

function nodeVersion(): Diagnosis {
  const major = Number(process.versions.node.split(".")[0]);
  return major >= MIN_NODE_MAJOR
    ? { what: "Node", state: "fine", detail: process.version }
    : {
        what: "Node",
        state: "wrong",
        detail: `${process.version} is too old`,
        next: `npx -y -p node@${MIN_NODE_MAJOR} -- npx testamur …`,
      };
}

function settingsFile({ file }: Settings): Diagnosis {
  return file === undefined
    ? {
        what: "Settings",
        state: "doubt",
        detail: "no testamur.json here; flags and environment only",
        next: "testamur init",
      }
    : { what: "Settings", state: "fine", detail: file };
}

function homeDirectory({ home }: Settings): Diagnosis {
  if (!existsSync(home)) return { what: "Batches", state: "fine", detail: `${home} will be made by the first batch` };
  try {
    accessSync(home, constants.W_OK);
    return { what: "Batches", state: "fine", detail: home };
  } catch {
    return {
      what: "Batches",
      state: "wrong",
      detail: `${home} cannot be written`,
      next: "check its owner and rights, or choose --home",
    };
  }
}

function findAccount(settings: Settings): { readonly diagnosis: Diagnosis; readonly address?: Hex } {
  try {
    if (settings.keystore !== undefined) {
      const address = keystoreAddress(readText(settings.keystore, "the keystore"));
      return {
        diagnosis: { what: "Key", state: "fine", detail: `${settings.keystore}, account ${address ?? "not stated"}` },
        ...(address !== undefined && { address }),
      };
    }
    if (settings.privateKey !== undefined) {
      const { address } = openAccount(settings.privateKey);
      return {
        diagnosis: {
          what: "Key",
          state: "doubt",
          detail: `account ${address}, from the environment`,
          next: "for anything but a local chain: testamur key create",
        },
        address,
      };
    }
  } catch (error) {
    return { diagnosis: wrong("Key", error) };
  }
  return {
    diagnosis: {
      what: "Key",
      state: "doubt",
      detail: "none: verifying works, issuing does not",
      next: "testamur key create --out issuer.json",
    },
  };
}

async function examineChain(settings: Settings): Promise<{ readonly diagnosis: Diagnosis; readonly chainId?: number }> {
  if (settings.rpcUrls.length === 0)
    return {
      diagnosis: {
        what: "Node of the chain",
        state: "wrong",
        detail: "none is set",
        next: "--rpc URL, or testamur init",
      },
    };
  const answer = await openChainReader({ rpcUrls: settings.rpcUrls, now: () => new Date() }).viewOf();
  switch (answer.kind) {
    case "view": {
      const { chainId, block, time } = answer.view.readAt;
      return {
        diagnosis: { what: "Node of the chain", state: "fine", detail: `chain ${chainId}, block ${block} of ${time}` },
        chainId,
      };
    }
    case "not-configured":
      return {
        diagnosis: { what: "Node of the chain", state: "wrong", detail: "no node serves a chain", next: "check --rpc" },
      };
    case "behind":
    case "silent":
      return {
        diagnosis: {
          what: "Node of the chain",
          state: "wrong",
          detail: answer.reason,
          next: "is it running, and is the address right (--rpc)?",
        },
      };
  }
}

async function examineStore(settings: Settings, account: Hex | undefined): Promise<readonly Diagnosis[]> {
  const { store } = settings;
  if (store === undefined)
    return [{ what: "Register", state: "wrong", detail: "none is set", next: "testamur store deploy" }];
  try {
    const facts = await lookAtStore(settings, store, account);
    const code = facts.codeKnown ? "code of a known release" : "code that is no release of ours";
    const register: Diagnosis = {
      what: "Register",
      state: facts.codeKnown ? "fine" : "doubt",
      detail: `"${facts.name}" at ${store} on ${facts.networkName}, ${code}`,
    };
    const paused: Diagnosis =
      facts.paused === true
        ? { what: "Writing", state: "wrong", detail: "the register is paused", next: "testamur store pause --off" }
        : { what: "Writing", state: "fine", detail: "not paused" };
    return account === undefined
      ? [register, paused]
      : [
          register,
          paused,
          roleOf("issuer", facts.roles.issuer),
          roleOf("revoker", facts.roles.revoker),
          await examineBalance(settings, account),
        ];
  } catch (error) {
    return [wrong("Register", error)];
  }
}

function roleOf(role: string, held: boolean | undefined): Diagnosis {
  if (held === true) return { what: `Role ${role}`, state: "fine", detail: "held by the key" };
  return {
    what: `Role ${role}`,
    state: held === false ? "wrong" : "doubt",
    detail: held === false ? "not held by the key" : "the register does not say",
    next: `its admin can grant it: testamur store roles --grant ${role}=0x…`,
  };
}

async function examineBalance(settings: Settings, account: Hex): Promise<Diagnosis> {
  const { balanceWei, text } = await lookAtBalance(settings.rpcUrls, account);
  return balanceWei > 0n
    ? { what: "Funds", state: "fine", detail: text }
    : {
        what: "Funds",
        state: "wrong",
        detail: `${account} has nothing to pay fees with`,
        next: "send it some of the chain's currency",
      };
}

/** Asks the very records that verifiers will ask. */
async function examineDns(settings: Settings, chainId: number, store: Hex): Promise<Diagnosis> {
  const { issuer } = settings;
  if (issuer === undefined)
    return { what: "DNS", state: "doubt", detail: "no issuer with a domain is set", next: "testamur init" };
  const chain = openChainReader({ rpcUrls: settings.rpcUrls, now: () => new Date() });
  const prover = openIdentityProver({
    chain,
    registries: settings.didRegistries,
    ...(settings.resolvers !== undefined && { resolvers: settings.resolvers }),
  });
  const answer = await prover.prove(
    { name: issuer.name, proof: { kind: "dns-txt", domain: issuer.domain, account: store } },
    chainId,
  );
  if (answer.kind === "proven") return { what: "DNS", state: "fine", detail: `${issuer.domain} names the register` };
  const { dns } = issuerRecords(issuer, chainId, store);
  return {
    what: "DNS",
    state: answer.kind === "silent" ? "doubt" : "wrong",
    detail: answer.reason,
    next: `publish: ${dns}`,
  };
}

function wrong(what: string, error: unknown): Diagnosis {
  if (!(error instanceof TestamurError)) throw error;
  return { what, state: "wrong", detail: error.message, ...(error.next !== undefined && { next: error.next }) };
}
