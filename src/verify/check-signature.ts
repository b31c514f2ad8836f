/** Did the key that the issuer's own records list sign this document? */

import { fromHex } from "../core/bytes.ts";
import type { Claims, SignatureClaim } from "../core/claims.ts";
import { finding, type Finding } from "../core/findings.ts";
import { isSignedBy, type DataIntegrityClaim } from "../core/data-integrity.ts";
import type { KeyFinder } from "../core/ports/identity.ts";
import { recoverAddress } from "../core/secp256k1.ts";
import { NOW, type MomentOf } from "./own-moment.ts";

/**
 * One finding a signature; every one of them must hold.
 *
 * @param momentOf  when a key must have been good; absent: now.
 */
export async function checkSignature(
  claims: Pick<Claims, "signatures">,
  keys: KeyFinder,
  momentOf: MomentOf = NOW,
): Promise<readonly Finding[]> {
  if (claims.signatures.length === 0) {
    return [finding("signature", "SIGNATURE_NOT_USED", "Documents of this kind are anchored, not signed.")];
  }
  return Promise.all(claims.signatures.map(async (claim) => checkOne(claim, keys, momentOf)));
}

async function checkOne(claim: SignatureClaim, keys: KeyFinder, momentOf: MomentOf): Promise<Finding> {
  switch (claim.kind) {
    case "eip191":
      return checkEip191(claim, keys, momentOf);
    case "data-integrity":
      return checkDataIntegrity(claim, keys, momentOf);
    case "unknown":
      return finding("signature", "SIGNATURE_KIND_UNKNOWN", `This kind of signature is not known: ${claim.what}.`);
  }
}

/** The signer is recovered first: a signature that fits no key at all is wrong whatever the network says. */
async function checkEip191(
  claim: Extract<SignatureClaim, { kind: "eip191" }>,
  keys: KeyFinder,
  momentOf: MomentOf,
): Promise<Finding> {
  const signer = recoverAddress(fromHex(claim.message), claim.signature);
  if (signer === undefined)
    return finding("signature", "SIGNATURE_WRONG", "The signature is not a signature of this document.");
  const answer = await keys.findAccount({ controller: claim.did, key: claim.key, at: await momentOf(claim.did) });
  if (answer.kind === "silent") {
    return finding("signature", "SIGNATURE_KEY_SILENT", `The issuer's key could not be looked up: ${answer.reason}`);
  }
  if (answer.value.kind === "not-listed") {
    return finding(
      "signature",
      "SIGNATURE_KEY_NOT_LISTED",
      `The issuer does not list the key: ${answer.value.reason}`,
      { key: claim.key },
    );
  }
  const expected = answer.value.account;
  return signer === expected
    ? finding("signature", "SIGNATURE_HOLDS", "The issuer's key signed this document.", {
        key: claim.key,
        account: signer,
      })
    : finding("signature", "SIGNATURE_WRONG", "Another key than the issuer's signed this document.", {
        key: claim.key,
        expected,
        signer,
      });
}

/** The key comes from the controller's own document, listed there for the purpose, and must be on the suite's curve. */
async function checkDataIntegrity(claim: DataIntegrityClaim, keys: KeyFinder, momentOf: MomentOf): Promise<Finding> {
  const { verificationMethod: key, controller, purpose, suite } = claim;
  if (purpose !== "assertionMethod" && purpose !== "authentication") {
    return finding("signature", "SIGNATURE_WRONG", `The signature was made for another purpose: ${purpose}.`, {
      purpose,
    });
  }
  const answer = await keys.findPublicKey({ controller, key, purpose, at: await momentOf(controller) });
  if (answer.kind === "silent") {
    return finding("signature", "SIGNATURE_KEY_SILENT", `The issuer's key could not be looked up: ${answer.reason}`);
  }
  if (answer.value.kind === "not-listed") {
    const message = `The issuer does not list the key: ${answer.value.reason}`;
    return finding("signature", "SIGNATURE_KEY_NOT_LISTED", message, { key });
  }
  const { key: found } = answer.value;
  return (await isSignedBy(claim, found))
    ? finding("signature", "SIGNATURE_HOLDS", "The issuer's key signed this document.", { key, suite })
    : finding(
        "signature",
        "SIGNATURE_WRONG",
        "Another key than the issuer's signed this document, or it was changed.",
        { key, suite },
      );
}
