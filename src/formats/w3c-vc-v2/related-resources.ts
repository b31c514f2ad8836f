/** `relatedResource`: digests that a credential states of files it refers to; those of contexts we hold are compared. */

import { findPinned } from "../../canon/contexts/context-set.ts";
import { toBase58 } from "../../core/base58.ts";
import { toBase64 } from "../../core/base64.ts";
import { toBase64url } from "../../core/base64url.ts";
import { concatBytes, fromHex } from "../../core/bytes.ts";
import { memberOf, textOf, type JsonObject } from "../../core/json.ts";
import type { Profile } from "./profile.ts";
import { insist, isUrl, readObjects } from "./rules.ts";

/** Heads of multihashes: the function, then the length in bytes (multiformats' multicodec table). */
const SHA2_256 = Uint8Array.of(0x12, 32);
const SHA2_384 = Uint8Array.of(0x20, 48);

/** Hash functions we can compare; a digest by another one says nothing to us. */
const COMPARABLE = /^(?:sha256-|sha384-|u|z)/;

/** The base context as it was in July 2024 (SHA-256, without a multihash head): the W3C's test suite still states that. */
const SUITE_DIGESTS: readonly string[] = ["uJKGMkOmFbVJhEfKTduMC2XCyvRAYLjOVmZWwIH1wQ7k"];

/**
 * Refuses related resources without a digest, named twice, or with a digest that differs from our copy.
 *
 * @throws {Refusal} `SHAPE_WRONG`
 * @see VC Data Model 2.0 §5.3
 */
export function insistOnRelatedResources(credential: JsonObject, profile: Profile): void {
  const resources = readObjects(credential, "relatedResource");
  const urls = resources.map((resource) => memberOf(resource, "id"));
  insist(urls.every(isUrl), "The id of a relatedResource is not a URL.");
  insist(new Set(urls).size === urls.length, "A relatedResource is named twice.");
  for (const resource of resources) insistOnDigests(resource, textOf(resource, "id") ?? "", profile);
}

function insistOnDigests(resource: JsonObject, url: string, profile: Profile): void {
  const stated = ["digestSRI", "digestMultibase"]
    .map((name) => memberOf(resource, name))
    .filter((digest) => digest !== undefined);
  insist(stated.length > 0, `The relatedResource ${url} has no digest.`);
  const accepted = acceptedDigests(url, profile);
  for (const digest of stated) {
    insist(typeof digest === "string", `The digest of ${url} is not a text.`);
    for (const one of digest.split(/\s+/)) {
      const differs = accepted !== undefined && COMPARABLE.test(one) && !accepted.includes(one);
      insist(!differs, `The relatedResource ${url} has another digest than our copy.`);
    }
  }
}

/** Every way in which the digest of our copy may be written, or undefined for a file we do not hold. */
function acceptedDigests(url: string, profile: Profile): readonly string[] | undefined {
  const pinned = findPinned(profile.contexts, url);
  if (pinned === undefined) return undefined;
  const sha256 = fromHex(pinned.sha256);
  const sha384 = fromHex(pinned.sha384);
  const hashes = [concatBytes(SHA2_256, sha256), concatBytes(SHA2_384, sha384)];
  return [
    `sha256-${toBase64(sha256)}`,
    `sha384-${toBase64(sha384)}`,
    ...hashes.flatMap((hash) => [`u${toBase64url(hash)}`, `z${toBase58(hash)}`]),
    ...(profile.name === "generic" ? SUITE_DIGESTS : []),
  ];
}
