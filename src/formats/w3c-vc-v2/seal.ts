/** Seals a credential: puts store, nonce and status into it, and works out its leaf and what the issuer's key must sign. */

import { toMultibase64 } from "../../core/base64url.ts";
import { fromHex, toHex, toHexDigits } from "../../core/bytes.ts";
import { TestamurError } from "../../core/errors.ts";
import { isArray, isObject, memberOf, type Json, type JsonObject } from "../../core/json.ts";
import type { RandomSource } from "../../core/ports/answer.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Placement, Sealed, StatusPlace } from "../format.ts";
import { isNative, leafOf } from "./anchor.ts";
import { insistOnMeaning, readCredential } from "./credential.ts";
import { defaultDrafts, insistOnCurve } from "./default-drafts.ts";
import { toDisclosureList } from "./disclosure.ts";
import { readDrafts, type Drafts } from "./drafts.ts";
import { canonicaliserOf } from "./hash-data.ts";
import { insistOnLimits } from "./limits.ts";
import { ANCHOR_NONCE, ANCHOR_STORE, CONTEXT_V2, MAY_WITHHOLD, STATUS_LIST } from "./names.ts";
import { insistOnBadge } from "./open-badges.ts";
import { STRICT } from "./profile.ts";
import { insist, toList } from "./rules.ts";
import type { SealedForm } from "./sealed-form.ts";
import { readIssuerId } from "./vcdm-2.ts";
import { withhold, type Disclosure } from "./withhold.ts";

const NONCE_BYTES = 16;

/** Bytes that the proofs add to a document at most. */
const PROOF_BYTES = 4_096;

/**
 * Seals a credential.
 *
 * @param credential  a VC 2.0 credential; its `proof` holds two drafts, a signature's and the anchor's, each with its
 *   `verificationMethod`, or is left out: then the placement's signer says both. Texts are brought to Unicode's composed form (NFC), as all JSON canonical forms expect.
 * @throws {TestamurError} `CREDENTIAL_INVALID` with the rule it breaks.
 */
export async function seal(credential: JsonObject, placement: Placement, random: RandomSource): Promise<Sealed> {
  try {
    const { proof = defaultDrafts(placement), [MAY_WITHHOLD]: pointers = [], ...said } = composed(credential);
    insist(!isNative(said), "The members of the anchor are put in when the credential is sealed.");
    const whole = withAnchor(said, placement, random);
    const drafts = readDrafts({ ...said, proof }, checkContent(whole));
    insistOnCurve(drafts.curve, placement);
    const { content, disclosures } = withhold(whole, readPointers(pointers), random);
    if (disclosures.length > 0) {
      await insistOnMeaning(whole, STRICT);
      readCredential(content, STRICT);
    }
    return await sealContent(content, drafts, disclosures);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new TestamurError("CREDENTIAL_INVALID", `the credential cannot be issued: ${error.message}`, {
      problems: [{ where: "the credential", what: error.message }],
      cause: error,
    });
  }
}

function readPointers(value: Json): readonly string[] {
  return toList(value).map((pointer) => {
    insist(typeof pointer === "string", "mayWithhold is not a list of JSON pointers.");
    return pointer;
  });
}

/** All rules a verifier will apply; returns the issuer. */
function checkContent(content: JsonObject): string {
  insistOnLimits(content, STRICT.maxBytes - PROOF_BYTES);
  const { version, doubles } = readCredential(content, STRICT);
  insist(version === "2.0", `Credentials are issued by the data model ${CONTEXT_V2} only.`);
  insist(doubles.length === 0, `The object at ${doubles[0] ?? ""} has the credential's own id.`);
  insistOnBadge(content);
  const issuer = readIssuerId(content);
  insist(issuer.startsWith("did:"), `The issuer ${issuer} is not a DID, so no store can be named for it.`);
  return issuer;
}

async function sealContent(content: JsonObject, drafts: Drafts, disclosures: readonly Disclosure[]): Promise<Sealed> {
  const { suite, curve, signature, storeMethod } = drafts;
  const leaf = leafOf(content);
  const toSign = await canonicaliserOf(content, STRICT, true).hashDataOf({
    suite,
    curve,
    proof: signature,
    previous: [],
  });
  if (suite.form === "jcs") await insistOnMeaning(content, STRICT);
  const form: SealedForm = {
    leaf: toHex(leaf),
    signature,
    storeMethod,
    content,
    ...(disclosures.length > 0 && { disclosures: toDisclosureList(disclosures) }),
  };
  return { text: JSON.stringify(form), leaf, toSign };
}

function withAnchor(said: JsonObject, placement: Placement, random: RandomSource): JsonObject {
  const { chainId, store, status } = placement;
  return {
    ...said,
    ...(status !== undefined && withStatus(said, status, random)),
    [ANCHOR_STORE]: `eip155:${chainId}:${store.toLowerCase()}`,
    [ANCHOR_NONCE]: toMultibase64(random(NONCE_BYTES)),
  };
}

/** The list in the store by its name; the entries by which other verifiers find its mirrors, where there are any. */
function withStatus(said: JsonObject, { list, index, mirrors }: StatusPlace, random: RandomSource): JsonObject {
  insist(memberOf(said, "credentialStatus") === undefined, "The credential has a credentialStatus already.");
  const entries = (["revocation", "suspension"] as const).map((purpose) => {
    const mirror = mirrors?.[purpose];
    return {
      id: mirror === undefined ? toUuid(random(16)) : `${mirror}#${index}`,
      type: "BitstringStatusListEntry",
      statusPurpose: purpose,
      statusListIndex: String(index),
      ...(mirror !== undefined && { statusListCredential: mirror }),
    };
  });
  return { credentialStatus: entries, [STATUS_LIST]: toMultibase64(fromHex(list)) };
}

/** A random UUID as a URN (RFC 9562 §5.4). */
function toUuid(bytes: Uint8Array): string {
  const digits = toHexDigits(bytes);
  const variant = "89ab"[(bytes[8] ?? 0) >> 6] ?? "8";
  const parts = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
  ];
  return `urn:uuid:${[...parts, digits.slice(20, 32)].join("-")}`;
}

/** Most credentials are composed already, which one look at all their texts tells: parts of composed text are composed. */
function composed(credential: JsonObject): JsonObject {
  const text = JSON.stringify(credential);
  return text.normalize("NFC") === text ? credential : toComposed(credential);
}

function toComposed(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, member]) => [name, toComposedValue(member)]));
}

function toComposedValue(value: Json): Json {
  if (typeof value === "string") return value.normalize("NFC");
  if (isArray(value)) return value.map(toComposedValue);
  return isObject(value) ? toComposed(value) : value;
}
