/** Does the domain that a document names vouch for its register or its key? */

import type { IdentityProof } from "../core/claims.ts";
import type { Evidence } from "../core/findings.ts";
import type { IdentityAnswer } from "../core/ports/identity.ts";
import type { DnsReader, DomainRecords } from "./dns-over-https.ts";
import { findHostName } from "./host-name.ts";
import { noticesOf } from "./look-alike.ts";
import { findOpenattsRecord, type OpenattsRecord } from "./openatts-record.ts";
import { isSameDid } from "./same-did.ts";

type DnsProof = Extract<IdentityProof, { kind: "dns-txt" | "dns-did" }>;

export interface DnsQuestion {
  readonly proof: DnsProof;
  /** The chain the register was looked up on. */
  readonly chainId: number | undefined;
  /** What the document calls its issuer: for notices only. */
  readonly claimedName: string | undefined;
}

/** How many records that say otherwise are shown. */
const SHOWN = 5;

/**
 * What the domain's `openatts` records say: it vouches; it names others only, which contradicts the document; or it names
 * nobody on that network, which proves nothing. Never rejects.
 */
export async function proveByDns(question: DnsQuestion, dns: DnsReader): Promise<IdentityAnswer> {
  const { proof } = question;
  const domain = findHostName(proof.domain);
  if (domain === undefined) {
    return { kind: "unproven", reason: `The document names ${JSON.stringify(proof.domain)}, which is no domain.` };
  }
  const wanted = findWanted(question);
  if (typeof wanted === "string") return { kind: "unproven", reason: wanted };
  const looked = await dns.lookUp(domain);
  if (looked.kind === "silent") return looked;
  return judge({ ...wanted, domain, records: looked.value, notices: noticesOf(domain, question.claimedName) });
}

/** What a record must name to vouch, and what it must be about to be able to contradict. */
interface Wanted {
  readonly by: "dns-txt" | "dns-did";
  readonly what: string;
  readonly concerns: (record: OpenattsRecord) => boolean;
  readonly names: (record: OpenattsRecord) => boolean;
}

/** A text says why nothing can be asked. */
function findWanted({ proof, chainId: asked }: DnsQuestion): Wanted | string {
  if (proof.kind === "dns-did") {
    return {
      by: "dns-did",
      what: `the key ${proof.key}`,
      concerns: (record) => record.kind === "key",
      names: (record) => record.kind === "key" && isSameDid(record.key, proof.key),
    };
  }
  const chainId = asked ?? proof.chainId;
  if (chainId === undefined) return "It is not known on which chain the document's register is.";
  if (proof.chainId !== undefined && proof.chainId !== chainId) {
    return `The document's register is on chain ${proof.chainId}, but chain ${chainId} was asked.`;
  }
  const address = proof.account.toLowerCase();
  return {
    by: "dns-txt",
    what: `the register ${address} on chain ${chainId}`,
    concerns: (record) => record.kind === "store" && record.chainId === chainId,
    names: (record) => record.kind === "store" && record.chainId === chainId && record.address === address,
  };
}

interface Case extends Wanted {
  readonly domain: string;
  readonly records: DomainRecords;
  readonly notices: Evidence;
}

function judge({ by, what, concerns, names, domain, records, notices }: Case): IdentityAnswer {
  const read = records.texts.map((text) => ({ text, record: findOpenattsRecord(text) }));
  const concerned = read.filter(({ record }) => record !== undefined && concerns(record));
  const seen = {
    domain,
    ...notices,
    resolvers: records.resolvers,
    // with a single resolver nobody would notice that it lies
    ...(records.resolvers.length === 1 && { oneResolverOnly: true }),
    dnssec: records.authenticated,
  };
  if (concerned.some(({ record }) => record !== undefined && names(record))) {
    return { kind: "proven", by, name: domain, evidence: seen };
  }
  if (concerned.length > 0) {
    const found = concerned.slice(0, SHOWN).map(({ text }) => text);
    return {
      kind: "contradicted",
      reason: `The records of ${domain} do not name ${what}, but others.`,
      evidence: { ...seen, found },
    };
  }
  const unread = read.filter(({ record }) => record === undefined).map(({ text }) => text.slice(0, 200));
  return {
    kind: "unproven",
    reason: explain(domain, records.exists, unread.length > 0, what),
    evidence: { ...seen, exists: records.exists, ...(unread.length > 0 && { unreadable: unread.slice(0, SHOWN) }) },
  };
}

function explain(domain: string, exists: boolean, hasUnreadable: boolean, what: string): string {
  if (!exists) return `There is no domain ${domain}, so it cannot vouch for ${what}.`;
  return hasUnreadable
    ? `${domain} has an openatts record that cannot be read; none vouches for ${what}.`
    : `${domain} has no record that vouches for ${what}.`;
}
