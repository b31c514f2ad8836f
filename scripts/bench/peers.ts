/** Clients of other projects, loaded only in the processes that run them: `test/peers` has their packages, unmodified. */

import type * as OaClients from "../../test/peers/oa-clients.ts";

/** `@govtechsg/open-attestation`. */
export async function loadOpenAttestation(): Promise<(typeof OaClients)["openAttestation"]> {
  return (await import("../../test/peers/oa-clients.ts")).openAttestation;
}

/** `@govtechsg/oa-verify` with its default verifiers. */
export async function loadOaVerifier(
  ...options: Parameters<(typeof OaClients)["oaVerifier"]>
): Promise<ReturnType<(typeof OaClients)["oaVerifier"]>> {
  return (await import("../../test/peers/oa-clients.ts")).oaVerifier(...options);
}
