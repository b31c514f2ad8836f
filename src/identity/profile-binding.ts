/** What binds a profile to more than its own address: anybody can have one, and put anybody's name into it. */

import type { Hex } from "../core/bytes.ts";
import type { Binding, IdentityAnswer } from "../core/ports/identity.ts";
import type { DnsReader } from "./dns-over-https.ts";
import { proveByDns } from "./dns-prover.ts";
import { findDidWebAddress } from "./did-web.ts";
import { findHostName } from "./host-name.ts";

type Proven = Extract<IdentityAnswer, { kind: "proven" }>;

/** The register that took the root in, whose keeper let the account of the profile in. */
export interface TakenBy {
  readonly address: Hex;
  readonly chainId: number;
}

/**
 * The answer with what binds the profile. The records of its domain can only name a register, so without one there is
 * nothing to ask them; where they cannot be had, that is said. Never rejects.
 */
export async function withBindings(
  proven: Proven,
  register: TakenBy | undefined,
  dns: DnsReader,
): Promise<IdentityAnswer> {
  if (register === undefined) return { ...proven, boundBy: [] };
  const named = await askDomain(proven.name, register, dns);
  const boundBy: readonly Binding[] = named?.kind === "proven" ? ["dns", "register"] : ["register"];
  const { address, chainId } = register;
  const evidence = {
    ...proven.evidence,
    register: `eip155:${chainId}:${address}`,
    ...(named !== undefined && named.kind !== "proven" && { dns: named.reason }),
  };
  return { ...proven, boundBy, evidence };
}

async function askDomain(
  name: string,
  { address: account, chainId }: TakenBy,
  dns: DnsReader,
): Promise<IdentityAnswer | undefined> {
  const domain = findHostName(URL.parse(findDidWebAddress(name) ?? name)?.hostname ?? "");
  if (domain === undefined) return undefined;
  return proveByDns({ proof: { kind: "dns-txt", domain, account, chainId }, chainId, claimedName: undefined }, dns);
}
