/** What a service verifies and signs with, from settings: threads for the documents, a verifier, the VC-API. */

import { availableParallelism } from "node:os";

import type { Settings } from "./config.ts";
import { openDocumentSigner } from "./document-signer.ts";
import { requireStore } from "./open-issuer.ts";
import type { AskPassword } from "./signing-key.ts";
import { insistOnNode, verifierOptions } from "./configured-verifier.ts";
import { openDocumentWorkPool } from "./document-work-pool.ts";
import type { ProfileName } from "./document-work.ts";
import type { VerifierOptions } from "./open-verifier.ts";
import { openGenericVcApi, openStrictVcApi, type Publishing, type ServiceVerifiers } from "./vc-api.ts";

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
  /** Publishes the status lists of the store that is set, signed with the key that is set. */
  readonly publishesStatusLists?: boolean;
  /** Signs credentials with that key. */
  readonly issues?: boolean;
  /** Asked when the key needs a password and no file holds it. */
  readonly askPassword: AskPassword;
}

export interface ConfiguredService extends ServiceVerifiers {
  close(): Promise<void>;
}

/**
 * @throws {TestamurError} `CONFIGURATION_INVALID` when no node is set, which only the generic profile can do without, or no
 * store whose lists to publish; what is wrong with the trust file or the signing key.
 */
export async function openConfiguredService(settings: Settings, choice: ServiceChoice): Promise<ConfiguredService> {
  const { profile, deadlineMs, baseUrl, policy, viewMaxAgeMs } = choice;
  if (profile === "strict") insistOnNode(settings);
  const publishing = await openPublishing(settings, choice);
  const verifier: VerifierOptions = verifierOptions(settings, { policy, viewMaxAgeMs });
  const work = await openDocumentWorkPool({
    profile,
    threads: Math.min(MAX_THREADS, Math.max(MIN_THREADS, availableParallelism() - 1)),
    deadlineMs,
    patienceMs: PATIENCE_DEADLINES * deadlineMs,
  });
  const shared = { work, verifier, baseUrl };
  const verifiers =
    profile === "generic"
      ? openGenericVcApi(shared)
      : openStrictVcApi({ ...shared, ...(publishing !== undefined && { publishing }) });
  return { ...verifiers, close: async () => work.close() };
}

/** The key is unlocked only where something is to be signed with it. */
async function openPublishing(settings: Settings, choice: ServiceChoice): Promise<Publishing | undefined> {
  const { publishesStatusLists = false, issues = false, askPassword } = choice;
  if (!publishesStatusLists && !issues) return undefined;
  const store = publishesStatusLists ? requireStore(settings) : undefined;
  const signer = await openDocumentSigner(settings, askPassword);
  return { signer, issues, ...(store !== undefined && { store }) };
}
