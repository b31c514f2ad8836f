/** What a service verifies and signs with, from settings: threads for the documents, a verifier, the VC-API. */

import { availableParallelism } from "node:os";

import type { Settings } from "./config.ts";
import { insistOnNode, verifierOptions } from "./configured-verifier.ts";
import { openDocumentWorkPool } from "./document-work-pool.ts";
import type { ProfileName } from "./document-work.ts";
import type { VerifierOptions } from "./open-verifier.ts";
import { openGenericVcApi, openStrictVcApi, type ServiceVerifiers } from "./vc-api.ts";

/** Two at least, so that one costly document does not stand in the way of all others; beyond four it is the chain that is waited for. */
const MIN_THREADS = 2;
const MAX_THREADS = 4;

/** A document waits for a thread as long as these costly ones before it may take. */
const PATIENCE_DEADLINES = 3;

export interface ServiceChoice {
  readonly profile: ProfileName;
  /** Milliseconds that one document may take of a thread. */
  readonly deadlineMs: number;
  /** Where the service is reached; asked once it listens. */
  readonly baseUrl: () => string;
  readonly policy: "default" | "strict";
  readonly viewMaxAgeMs: number;
}

export interface ConfiguredService extends ServiceVerifiers {
  close(): Promise<void>;
}

/**
 * @throws {TestamurError} `CONFIGURATION_INVALID` when no node is set, which only the generic profile can do without; what
 * is wrong with the trust file.
 */
export async function openConfiguredService(settings: Settings, choice: ServiceChoice): Promise<ConfiguredService> {
  const { profile, deadlineMs, baseUrl, policy, viewMaxAgeMs } = choice;
  if (profile === "strict") insistOnNode(settings);
  const verifier: VerifierOptions = verifierOptions(settings, { policy, viewMaxAgeMs });
  const work = await openDocumentWorkPool({
    profile,
    threads: Math.min(MAX_THREADS, Math.max(MIN_THREADS, availableParallelism() - 1)),
    deadlineMs,
    patienceMs: PATIENCE_DEADLINES * deadlineMs,
  });
  const verifiers =
    profile === "strict" ? openStrictVcApi({ work, verifier }) : openGenericVcApi({ work, verifier, baseUrl });
  return { ...verifiers, close: async () => work.close() };
}
