/** Issues a credential by signature alone, as the VC-API wants it: no anchor, since that takes minutes and belongs to batches. */

import { TestamurError } from "../core/errors.ts";
import { isObject, memberOf, type JsonObject } from "../core/json.ts";
import type { Clock } from "../core/ports/answer.ts";
import type { DocumentSigner } from "../core/ports/handing-out.ts";
import { attachSignature } from "../formats/w3c-vc-v2/sign-credential.ts";
import type { DocumentWork } from "./document-work.ts";

export interface SignatureIssuer {
  /**
   * The credential with a proof.
   *
   * @param cryptosuite  absent: the usual one for the issuer's key.
   * @throws {TestamurError} `CREDENTIAL_INVALID` with the rule that the credential breaks.
   */
  issue(credential: JsonObject, cryptosuite?: string): Promise<JsonObject>;
}

export interface SignatureIssuerOptions {
  readonly work: DocumentWork;
  readonly signer: DocumentSigner;
  readonly clock: Clock;
  /** True: whatever address stands for the issuer gives way to ours, as conformance suites expect. */
  readonly replacesIssuer: boolean;
}

export function signatureIssuer({ work, signer, clock, replacesIssuer }: SignatureIssuerOptions): SignatureIssuer {
  return {
    async issue(credential, cryptosuite) {
      const order = {
        verificationMethod: signer.verificationMethod,
        curve: signer.publicKey.curve,
        created: clock.now(),
        ...(cryptosuite !== undefined && { cryptosuite }),
      };
      // checked as it came first: an issuer that is no address at all must not be mended by ours
      const asCame = await prepare(credential, order);
      const named = withIssuer(credential, signer.issuer, replacesIssuer);
      const prepared = named === credential ? asCame : await prepare(named, order);
      return attachSignature(prepared, await signer.sign(prepared.toSign));
    },
  };

  async function prepare(
    credential: JsonObject,
    order: Parameters<DocumentWork["prepareCredential"]>[1],
  ): Promise<Parameters<typeof attachSignature>[0]> {
    const worked = await work.prepareCredential(credential, order);
    if (worked.kind === "done") return worked.value;
    const { message } = worked.finding;
    throw new TestamurError("CREDENTIAL_INVALID", `the credential cannot be issued: ${message}`, {
      problems: [{ where: "the credential", what: message }],
    });
  }
}

function withIssuer(credential: JsonObject, issuer: string, replaces: boolean): JsonObject {
  const named = memberOf(credential, "issuer");
  const id = isObject(named) ? memberOf(named, "id") : named;
  if (id === issuer) return credential;
  if (!replaces) {
    throw new TestamurError("CREDENTIAL_INVALID", `the credential names another issuer than ${issuer}`, {
      problems: [{ where: "issuer", what: `must be ${issuer}, whose key signs here` }],
    });
  }
  return { ...credential, issuer: isObject(named) ? { ...named, id: issuer } : issuer };
}
