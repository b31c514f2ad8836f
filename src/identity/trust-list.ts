/** The verifier's own list of issuers: whom the one who asks has decided to believe, and under which registers and names. */

import * as z from "zod/mini"; // browsers load this: the small face of the same library

import { TestamurError, type Problem } from "../core/errors.ts";
import { findHostName } from "./host-name.ts";

/**
 * A trust file:
 *
 *     {"issuers": [{
 *       "name": "University of Example",                  how reports call it
 *       "stores": ["eip155:1:0x5fbd…0aa3"],               its registers: chain id and address (CAIP-10)
 *       "domains": ["uni.example", "*.uni.example"],      its domains; `*.` means every name below
 *       "dids": ["did:ethr:0xe712…9a89"],                 its DIDs
 *       "from": "2020-01-01", "until": "2030-01-01T00:00:00Z"   believed from, and until before; a day begins at 00:00 UTC
 *     }]}
 *
 * `name` and at least one register, domain or DID are needed. A register or DID proves its issuer by itself; a domain does
 * once its own DNS records name the register or key.
 */
export interface TrustList {
  readonly issuers: readonly TrustedIssuer[];
}

export interface TrustedIssuer {
  readonly name: string;
  /** `eip155:<chain id>:0x…`, lower case. */
  readonly stores: readonly string[];
  /** Lower case. */
  readonly domains: readonly string[];
  /** As written. */
  readonly dids: readonly string[];
  readonly from?: Date;
  readonly until?: Date;
}

const store = z.pipe(
  z
    .string()
    .check(
      z.regex(/^eip155:[1-9]\d{0,15}:0x[0-9a-fA-F]{40}$/, "a register is eip155:<chain id>:0x<40 hexadecimal digits>"),
    ),
  z.transform((text: string) => text.toLowerCase()),
);

const domain = z.pipe(
  z
    .string()
    .check(
      z.refine(
        (text) => findHostName(text.replace(/^\*\./, "")) !== undefined,
        "a domain is a host name such as uni.example, or *.uni.example for all below it",
      ),
    ),
  z.transform((text: string) => text.toLowerCase()),
);

const did = z.string().check(z.regex(/^did:[a-z0-9]+:[^#?\s]+$/, "a DID is did:<method>:<name>, without # or ?"));

const moment = z.pipe(
  z.union([z.iso.date(), z.iso.datetime({ offset: true })], "a date is 2026-01-31 or 2026-01-31T10:00:00Z"),
  z.transform((text: string) => new Date(text)),
);

const Issuer = z
  .strictObject({
    name: z.string().check(z.trim(), z.minLength(1, "a name is needed")),
    stores: z._default(z.array(store), []),
    domains: z._default(z.array(domain), []),
    dids: z._default(z.array(did), []),
    from: z.optional(moment),
    until: z.optional(moment),
  })
  .check(
    z.refine((issuer) => issuer.stores.length + issuer.domains.length + issuer.dids.length > 0, {
      error: "an issuer needs at least one of stores, domains and dids",
    }),
    z.refine((issuer) => issuer.from === undefined || issuer.until === undefined || issuer.from < issuer.until, {
      error: "from must come before until",
    }),
  );

const TrustFile = z.strictObject({ $schema: z.optional(z.string()), issuers: z.array(Issuer) });

/**
 * The list that a trust file holds.
 *
 * @param text  JSON; a misspelt member is refused, not ignored, since it would silently trust less or more.
 * @throws {TestamurError} `CONFIGURATION_INVALID` with a problem per member that cannot be understood.
 */
export function parseTrustList(text: string): TrustList {
  const parsed = TrustFile.safeParse(parseJson(text), { error: inWords });
  if (!parsed.success)
    throw invalid(parsed.error.issues.map((issue) => ({ where: toPath(issue.path), what: issue.message })));
  const issuers = parsed.data.issuers.map(({ from, until, ...issuer }) => ({
    ...issuer,
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
  }));
  const problems = findContested(issuers);
  if (problems.length > 0) throw invalid(problems);
  return { issuers };
}

const KINDS: Readonly<Record<string, string>> = { string: "a text", array: "a list", object: "an object" };

/** What the schema itself has no words for. */
function inWords(issue: z.core.$ZodRawIssue): string {
  if (issue.code === "unrecognized_keys")
    return `has a member that is not known: ${issue.keys.map((key) => JSON.stringify(key)).join(", ")}`;
  if (issue.code !== "invalid_type") return "cannot be understood";
  return issue.input === undefined ? "is missing" : `must be ${KINDS[issue.expected] ?? issue.expected}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, "")); // editors on Windows put the mark there
  } catch (cause) {
    throw new TestamurError("CONFIGURATION_INVALID", "the trust list is not JSON", {
      cause,
      next: `a trust list looks like {"issuers":[{"name":"University of Example","domains":["uni.example"]}]}`,
    });
  }
}

/** A register, domain or DID under two names would leave it to chance whose documents they are. */
function findContested(issuers: readonly TrustedIssuer[]): readonly Problem[] {
  const owners = new Map<string, string>();
  const problems: Problem[] = [];
  for (const [at, issuer] of issuers.entries()) {
    for (const entry of [...issuer.stores, ...issuer.domains, ...issuer.dids]) {
      const owner = owners.get(entry.toLowerCase());
      if (owner !== undefined && owner !== issuer.name) {
        problems.push({ where: `issuers.${at}`, what: `${entry} is already listed for ${owner}` });
      }
      owners.set(entry.toLowerCase(), issuer.name);
    }
  }
  return problems;
}

function toPath(path: readonly PropertyKey[]): string {
  return path.length === 0 ? "top level" : path.map(String).join(".");
}

function invalid(problems: readonly Problem[]): TestamurError {
  return new TestamurError("CONFIGURATION_INVALID", "the trust list cannot be understood", { problems });
}
