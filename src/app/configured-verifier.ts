/** A verifier from settings: reads the trust file, hands the rest on. */

import { readFileSync } from "node:fs";

import { TestamurError } from "../core/errors.ts";
import type { Settings } from "./config.ts";
import { openVerifier, type Verifier, type VerifierOptions } from "./open-verifier.ts";

/**
 * @throws {TestamurError} `CONFIGURATION_INVALID` or `FILE_UNREADABLE` for the trust file; `CONFIGURATION_INVALID` when no
 * node is set although the check is not offline.
 */
export function openConfiguredVerifier(
  settings: Settings,
  options: Pick<VerifierOptions, "offline" | "policy" | "asOf" | "viewMaxAgeMs"> = {},
): Verifier {
  if (settings.rpcUrls.length === 0 && options.offline !== true) {
    throw new TestamurError("CONFIGURATION_INVALID", "no node of a chain is set", {
      next: "add --rpc URL (or TESTAMUR_RPC), or use --offline for what can be checked without a network",
    });
  }
  return openVerifier({
    rpc: settings.rpcUrls,
    allowedHosts: settings.allowedHosts,
    didRegistries: settings.didRegistries,
    ...(settings.resolvers !== undefined && { dns: { resolvers: settings.resolvers } }),
    ...(settings.trust !== undefined && { trust: readTrustFile(settings.trust) }),
    ...options,
  });
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
