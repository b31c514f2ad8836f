/** did:web: a DID whose document lies at an https address that its own text gives. */

import { findHostName } from "./host-name.ts";

/**
 * The address of the DID's document, or undefined when the text is no did:web.
 *
 * `did:web:uni.example` lies at `/.well-known/did.json`, `did:web:uni.example%3A8443:law:exams` at
 * `https://uni.example:8443/law/exams/did.json`. For trying things out, `did:web:localhost%3A…` lies on this machine, over
 * http. Parts of the path are letters, digits and `-._~` only, and not `.` or `..`.
 *
 * @see https://w3c-ccg.github.io/did-method-web/ §3.2
 */
export function findDidWebAddress(did: string): string | undefined {
  const [scheme, method, authority = "", ...path] = did.split(":");
  if (scheme !== "did" || method !== "web") return undefined;
  const [, host = "", port] = /^([A-Za-z0-9.-]+)(?:%3[Aa]([1-9]\d{0,4}))?$/.exec(authority) ?? [];
  const isOwnMachine = host === "localhost" && port !== undefined;
  if (!isOwnMachine && findHostName(host) !== host) return undefined;
  if (!path.every((part) => /^[A-Za-z0-9._~-]+$/.test(part) && !/^\.{1,2}$/.test(part))) return undefined;
  const origin = `${isOwnMachine ? "http" : "https"}://${host}${port === undefined ? "" : `:${port}`}`;
  const address = path.length === 0 ? `${origin}/.well-known/did.json` : `${origin}/${path.join("/")}/did.json`;
  return URL.canParse(address) ? address : undefined;
}
