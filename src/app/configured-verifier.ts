/** A verifier from settings: reads the trust file, hands the rest on. */

import { readFileSync } from "node:fs";

import { TestamurError } from "../core/errors.ts";
import { openBulkVerifier, type BulkVerifier } from "./bulk-verifier.ts";
import type { Settings } from "./config.ts";
import { openVerifier, type Verifier, type VerifierOptions } from "./open-verifier.ts";

/**
 * @throws {TestamurError} `CONFIGURATION_INVALID` or `FILE_UNREADABLE` for the trust file; `CONFIGURATION_INVALID` when no
 * node is set although the check is not offline.
 */
export function openConfiguredVerifier(settings: Settings, options: ChosenOptions = {}): Verifier {
  if (options.offline !== true) insistOnNode(settings);
  return openVerifier(verifierOptions(settings, options));
}

/** The same for many documents. */
export function openConfiguredBulkVerifier(settings: Settings, options: Omit<ChosenOptions, "open">): BulkVerifier {
  if (options.offline !== true) insistOnNode(settings);
  return openBulkVerifier(verifierOptions(settings, options));
}

/** What the caller chooses; the rest is in the settings. */
type ChosenOptions = Pick<VerifierOptions, "offline" | "policy" | "asOf" | "viewMaxAgeMs" | "open" | "expectedSigners">;

/** @throws {TestamurError} `CONFIGURATION_INVALID` when no node of a chain is set. */
export function insistOnNode(settings: Settings): void {
  if (settings.rpcUrls.length > 0) return;
  throw new TestamurError("CONFIGURATION_INVALID", "no node of a chain is set", {
    next: "add --rpc URL (or TESTAMUR_RPC), or use --offline for what can be checked without a network",
  });
}

/**
 * Settings as a verifier takes them.
 *
 * @throws {TestamurError} `CONFIGURATION_INVALID` or `FILE_UNREADABLE` for the trust file.
 */
export function verifierOptions(settings: Settings, options: ChosenOptions): VerifierOptions {
  return {
    rpc: settings.rpcUrls,
    ...(settings.agreement !== undefined && { agreement: settings.agreement }),
    ...(settings.maxBackdatingDays !== undefined && { maxBackdatingDays: settings.maxBackdatingDays }),
    allowedHosts: settings.allowedHosts,
    didRegistries: settings.didRegistries,
    ...(settings.resolvers !== undefined && { dns: { resolvers: settings.resolvers } }),
    ...(settings.trust !== undefined && { trust: readTrustFile(settings.trust) }),
    ...(settings.recognition !== undefined && { recognition: settings.recognition }),
    ...options,
  };
}

function readTrustFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new TestamurError("FILE_UNREADABLE", `the trust file ${path} cannot be read`, {
      cause,
      next: "check --trust",
    });
  }
}
