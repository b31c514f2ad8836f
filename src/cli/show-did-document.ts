/** The DID document that an issuer has to publish, and where: what stands in the settings, in its published form. */

import type { Settings } from "../app/config.ts";
import { readSigningIdentity } from "../app/document-signer.ts";
import { issuerDidDocument, type Register } from "../app/issuer-records.ts";
import { findSigningAddress } from "../app/signing-key.ts";
import { findDidWebAddress } from "../identity/did-web.ts";
import { paint, type Terminal } from "./terminal.ts";

/**
 * Says nothing of issuers without a DID on the web: theirs need no document, or are not ours to write.
 *
 * @returns whether there was a document to show.
 */
export function showDidDocument(settings: Settings, terminal: Terminal, register?: Register): boolean {
  const signing = settings.signingKey === undefined ? undefined : readSigningIdentity(settings);
  const did = signing?.issuer ?? settings.issuer?.did;
  const address = findDidWebAddress(did ?? "");
  if (signing !== undefined) terminal.say(`  W3C credentials are signed by ${signing.verificationMethod}`);
  if (did === undefined || address === undefined) return false;
  const account = findSigningAddress(settings);
  terminal.say(
    `  Publish this DID document at ${address}${register === undefined ? ", once it lists a register:" : ":"}`,
  );
  const means = {
    ...(signing !== undefined && { key: signing.publicKey }),
    ...(register !== undefined && { register }),
    ...(account !== undefined && { account }),
  };
  terminal.print(JSON.stringify(issuerDidDocument(did, means), null, 2));
  const advice = [
    "What it listed before stays in it, as long as documents of that time shall verify;",
    'what you give up gets "revoked": and the time, after which it counts for nothing new.',
  ];
  for (const line of advice) terminal.say(`  ${paint.faint(line)}`);
  return true;
}
