/** Wires a verifier for one session: formats, chains, DNS, trust list. Safe in a browser: no Node built-ins below here. */

import type { Hex } from "../core/bytes.ts";
import { toUtf8 } from "../core/bytes.ts";
import type { Clock } from "../core/ports/answer.ts";
import type { ChainReader } from "../core/ports/chain.ts";
import type { Report } from "../core/report.ts";
import { openChainReader } from "../chain/chain-reader.ts";
import { openDidKeys } from "../identity/did-keys.ts";
import { openIdentityProver } from "../identity/identity-prover.ts";
import { findProfileAddress, findRevocationList, openIssuerRecords } from "../identity/issuer-records.ts";
import { openRecognitionReader, type RecognitionTrust } from "../identity/recognition.ts";
import { parseTrustList, type TrustList } from "../identity/trust-list.ts";
import { DCC_LISTS, STRICT_LISTS } from "../status/bitstring-list.ts";
import { openStatusReader } from "../status/status-reader.ts";
import type { OpenByFormat } from "../verify/open-document.ts";
import { DEFAULT_POLICY, SIGNED_POLICY, STRICT_POLICY, type Policy } from "../verify/policy.ts";
import type { VerifyPorts } from "../verify/verify-ports.ts";
import { verify as verifyBytes } from "../verify/verify.ts";
import { openLinkedContent } from "./linked-content.ts";
import { openWaves } from "./waves.ts";

export interface VerifierOptions {
  /** JSON-RPC addresses; the first one's chain is asked for documents that name none. None: nothing on chain can be checked. */
  readonly rpc?: string | readonly string[];
  /** How many nodes of a chain must say the same; absent: one, and the others are asked where it fails. */
  readonly agreement?: number;
  /** The verifier's own list of issuers: the JSON text of a trust file. */
  readonly trust?: string;
  /** DNS-over-HTTPS resolvers; at least two should be asked. */
  readonly dns?: { readonly resolvers: readonly string[] };
  /** Judge as of a block or a moment instead of now. */
  readonly asOf?: { readonly block: number } | { readonly time: Date };
  /** `signed` asks for no issuer: for conformance suites, never for people. */
  readonly policy?: "default" | "strict" | "signed";
  /** Days by which a document may be dated before its anchor; absent: any number, since old documents may be anchored again. */
  readonly maxBackdatingDays?: number;
  /** Integrity and signatures only; no network at all. */
  readonly offline?: boolean;
  /** Hosts that documents may send us to (revocation responders, did:web); none by default. */
  readonly allowedHosts?: readonly string[];
  /** How Bitstring Status Lists are read: strictly, or as those of the Digital Credentials Consortium are, too. */
  readonly statusLists?: "strict" | "dcc";
  /** Registries of did:ethr on chains that have no well-known one. */
  readonly didRegistries?: Readonly<Record<number, Hex>>;
  /** Whose recognition of issuers counts, and in which register; absent: nobody's is asked for. */
  readonly recognition?: RecognitionTrust | undefined;
  /** Who must have signed beside the issuer: addresses of profiles, or DIDs, as documents name them. */
  readonly expectedSigners?: readonly string[];
  /** How long one view of a chain is used, in milliseconds; absent: ten seconds. So long a revocation may go unseen. */
  readonly viewMaxAgeMs?: number;
  /** Who opens documents; absent: their formats, in this thread. */
  readonly open?: OpenByFormat;
  readonly clock?: Clock;
}

export interface Verifier {
  /**
   * @param document  the file's bytes (best: nothing is lost), its text, or a parsed object.
   * @returns a report for every input there is; it never rejects for a bad document or a silent network.
   */
  verify(document: Uint8Array | string | object): Promise<Report>;
  /** Whether the default chain answers now. */
  isReady(): Promise<boolean>;
}

/**
 * Opens a session: all documents verified with it are read at one block of each chain.
 *
 * @throws {TestamurError} `CONFIGURATION_INVALID` for a trust list or an address that cannot be understood.
 */
export function openVerifier(options: VerifierOptions = {}): Verifier {
  return verifierOver(openPorts(options), options);
}

const POLICIES: Readonly<Record<NonNullable<VerifierOptions["policy"]>, Policy>> = {
  default: DEFAULT_POLICY,
  strict: STRICT_POLICY,
  signed: SIGNED_POLICY,
};

/** A verifier that asks these rooms. */
export function verifierOver(ports: VerifyPorts, options: VerifierOptions): Verifier {
  const how = {
    policy: POLICIES[options.policy ?? "default"],
    offline: options.offline ?? false,
    asOf: options.asOf !== undefined,
    ...(options.expectedSigners !== undefined && { expectedSigners: options.expectedSigners }),
    ...(options.maxBackdatingDays !== undefined && { maxBackdatingDays: options.maxBackdatingDays }),
    ...(options.open !== undefined && { open: options.open }),
  };
  const myWave = openWaves();
  return {
    async verify(document) {
      const bytes = toBytes(document);
      await myWave();
      return verifyBytes(bytes, how, ports);
    },
    isReady: async () => (await ports.chain.viewOf()).kind === "view",
  };
}

/**
 * The answering rooms of one session.
 *
 * @throws {TestamurError} `CONFIGURATION_INVALID` for a trust list or an address that cannot be understood.
 */
export function openPorts(options: VerifierOptions): VerifyPorts {
  const clock: Clock = options.clock ?? { now: () => new Date() };
  const trust: TrustList | undefined = options.trust === undefined ? undefined : parseTrustList(options.trust);
  const chain = openChain(options, clock);
  const didReaders = {
    chain,
    registries: options.didRegistries ?? {},
    allowedHosts: options.allowedHosts ?? [],
    clock,
  };
  const records = openIssuerRecords(didReaders);
  return {
    chain,
    identity: openIdentityProver({
      ...didReaders,
      records,
      ...(options.dns !== undefined && { resolvers: options.dns.resolvers }),
      ...(trust !== undefined && { trust }),
    }),
    keys: openDidKeys(didReaders),
    links: openLinkedContent(options.allowedHosts ?? []),
    ...(options.recognition !== undefined && { recognition: openRecognitionReader(chain, options.recognition) }),
    status: openStatusReader({
      allowedHosts: options.allowedHosts ?? [],
      revocationListOf: async (issuer) => findRevocationList(records, issuer),
      profileOf: async (issuer) => findProfileAddress(records, issuer),
      profile: options.statusLists === "dcc" ? DCC_LISTS : STRICT_LISTS,
    }),
    clock,
  };
}

/** Verifies one document with a session of its own; for many, open one verifier and use it for all. */
export async function verify(document: Uint8Array | string | object, options: VerifierOptions = {}): Promise<Report> {
  return openVerifier(options).verify(document);
}

function openChain(options: VerifierOptions, clock: Clock): ChainReader {
  const urls = options.offline === true ? [] : typeof options.rpc === "string" ? [options.rpc] : (options.rpc ?? []);
  return openChainReader({
    rpcUrls: urls,
    now: () => clock.now(),
    ...(options.agreement !== undefined && { agreement: options.agreement }),
    ...(options.asOf !== undefined && { at: options.asOf }),
    ...(options.viewMaxAgeMs !== undefined && { viewMaxAgeMs: options.viewMaxAgeMs }),
  });
}

function toBytes(document: Uint8Array | string | object): Uint8Array {
  if (document instanceof Uint8Array) return document;
  return toUtf8(typeof document === "string" ? document : JSON.stringify(document));
}
