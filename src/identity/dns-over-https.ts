/** Asks the Domain Name System over HTTPS, more than one resolver, and believes only what all of them say. */

import { TestamurError } from "../core/errors.ts";
import { fetchJsonObject } from "../core/fetch-json.ts";
import { isLoopback, type Fetch } from "../core/guarded-fetch.ts";
import type { Answer } from "../core/ports/answer.ts";
import { openMemory } from "../core/memory.ts";
import { isOpenattsText } from "./openatts-record.ts";
import { findTxtAnswer, type TxtAnswer } from "./txt-answer.ts";

/** Two operators that do not depend on each other: one of them lying or broken is noticed. */
const DEFAULT_RESOLVERS: readonly string[] = ["https://dns.google/resolve", "https://cloudflare-dns.com/dns-query"];

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 256 * 1024;

/** How resolvers label the same JSON: Cloudflare's own type first, which it wants to be asked for. */
const MEDIA_TYPES = ["application/dns-json", "application/json", "application/x-javascript"] as const;

export interface DnsOptions {
  /** Addresses of JSON resolvers; http only on the machine itself. Absent: those of Google and of Cloudflare. */
  readonly resolvers?: readonly string[] | undefined;
  readonly fetch?: Fetch | undefined;
  /** For one resolver's answer. */
  readonly timeoutMs?: number | undefined;
}

/** The `openatts` records of a domain, as all resolvers see them. */
export interface DomainRecords {
  readonly exists: boolean;
  /** Sorted, each once, void ones included. */
  readonly texts: readonly string[];
  /** Every resolver says that it checked the zone's signatures. */
  readonly authenticated: boolean;
  /** The hosts of the resolvers that agree: at least one. */
  readonly resolvers: readonly string[];
}

export interface DnsReader {
  /**
   * @param domain  a host name, lower case.
   * @returns silence when any resolver is silent, or when they disagree about the records. Never rejects.
   */
  lookUp(domain: string): Promise<Answer<DomainRecords>>;
}

/**
 * Opens the system for one session; answers are kept for a minute.
 *
 * @throws {TestamurError} `CONFIGURATION_INVALID` for no resolver, or one that is not an https address.
 */
export function openDns(options: DnsOptions = {}): DnsReader {
  const resolvers = parseResolvers(options.resolvers ?? DEFAULT_RESOLVERS);
  const memory = openMemory<DomainRecords>();
  return {
    lookUp: async (domain) =>
      memory.recall(domain, async () => {
        const answers = await Promise.all(resolvers.map(async (resolver) => askOne(resolver, domain, options)));
        return agree(answers);
      }),
  };
}

/** The resolvers, one a host: the same one asked twice is no second opinion. */
function parseResolvers(addresses: readonly string[]): readonly URL[] {
  const byHost = new Map<string, URL>();
  for (const address of addresses) {
    const url = URL.parse(address);
    if (url === null || !(url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname)))) {
      throw new TestamurError("CONFIGURATION_INVALID", `"${address}" is not the https address of a DNS resolver`, {
        next: `for example ${DEFAULT_RESOLVERS.join(" and ")}`,
      });
    }
    if (!byHost.has(url.host)) byHost.set(url.host, url);
  }
  if (byHost.size > 0) return [...byHost.values()];
  throw new TestamurError("CONFIGURATION_INVALID", "the list of DNS resolvers is empty", {
    next: "name at least two, or leave the setting out",
  });
}

/** One resolver's view. */
interface View extends TxtAnswer {
  readonly resolver: string;
}

async function askOne(resolver: URL, domain: string, options: DnsOptions): Promise<Answer<View>> {
  const address = new URL(resolver);
  address.searchParams.set("name", domain);
  address.searchParams.set("type", "TXT");
  const answer = await fetchJsonObject(address.href, {
    allowedHosts: [resolver.host],
    accept: MEDIA_TYPES,
    maxBytes: MAX_BYTES,
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    fetch: options.fetch,
  });
  if (answer.kind === "silent") return answer;
  const found = findTxtAnswer(answer.value, domain);
  return found === undefined
    ? { kind: "silent", reason: `the resolver ${resolver.host} gave no usable answer about ${domain}` }
    : { kind: "answer", value: { ...found, texts: ownRecords(found.texts), resolver: resolver.host } };
}

/** Other records at the domain may differ from resolver to resolver; ours are what is agreed upon. */
function ownRecords(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.filter(isOpenattsText))].sort();
}

function agree(answers: readonly Answer<View>[]): Answer<DomainRecords> {
  const views: View[] = [];
  for (const answer of answers) {
    if (answer.kind === "silent") return answer;
    views.push(answer.value);
  }
  const [first, ...others] = views;
  if (first === undefined) return { kind: "silent", reason: "no resolver was asked" };
  const same = (other: View) => JSON.stringify(other.texts) === JSON.stringify(first.texts);
  if (!others.every(same)) {
    return { kind: "silent", reason: `${views.map((view) => view.resolver).join(" and ")} give different records` };
  }
  return {
    kind: "answer",
    value: {
      exists: views.some((view) => view.exists),
      texts: first.texts,
      authenticated: views.every((view) => view.authenticated),
      resolvers: views.map((view) => view.resolver),
    },
  };
}
