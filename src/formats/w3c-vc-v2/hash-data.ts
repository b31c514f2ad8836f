/** What a suite signs: the digest of the proof's configuration, then the digest of the document. */

import { toJcs } from "../../canon/jcs.ts";
import { toCanonicalQuads } from "../../canon/rdfc.ts";
import { concatBytes, toUtf8 } from "../../core/bytes.ts";
import { memberOf, type JsonObject } from "../../core/json.ts";
import { sha256, sha384 } from "../../core/sha256.ts";
import type { Curve } from "../../core/public-key.ts";
import type { Profile } from "./profile.ts";
import { insist, toList } from "./rules.ts";
import { hashOf, type Suite } from "./suites.ts";

/** The two halves of a signed message, as texts, before hashing. */
export interface CanonicalTexts {
  readonly configuration: string;
  readonly document: string;
}

/** Canonicalisation of one document for all its proofs: what several proofs share is worked out once. */
export interface Canonicaliser {
  readonly textsOf: (signed: Signed) => Promise<CanonicalTexts>;
  /** 64 bytes, or 96 for P-384. */
  readonly hashDataOf: (signed: Signed) => Promise<Uint8Array>;
}

/** One proof to come or to check. */
interface Signed {
  readonly suite: Suite;
  readonly curve: Curve;
  /** The proof; a `proofValue` is left out. */
  readonly proof: JsonObject;
  /** The proofs it is made over, whole. */
  readonly previous: readonly JsonObject[];
}

/**
 * Canonicalises a document for its proofs.
 *
 * @param content  the document without `proof`.
 * @param toSign  true for issuing: see `RdfcOptions`.
 * @throws {Refusal} from `textsOf` and `hashDataOf`: what canonicalisation refuses; `SHAPE_WRONG` for a context in the
 *   proof that the document does not begin with.
 * @see VC DI EdDSA 1.0 §3.2–3.3, VC DI ECDSA 1.0 §3.2–3.3
 */
export function canonicaliserOf(content: JsonObject, profile: Profile, toSign = false): Canonicaliser {
  const known = new Map<string, Promise<string>>();
  const textOfDocument = async (curve: Curve, previous: readonly JsonObject[]): Promise<string> =>
    previous.length > 0
      ? toStatements({ ...content, proof: previous }, curve, profile)
      : remember(known, hashOf(curve), async () => toStatements(content, curve, profile, toSign));
  const textsOf = async ({ suite, curve, proof, previous }: Signed): Promise<CanonicalTexts> => {
    const { proofValue: _, ...configuration } = proof;
    if (suite.form === "rdfc") {
      const withContexts = { ...configuration, "@context": memberOf(content, "@context") ?? [] };
      return {
        configuration: await textOfConfiguration(withContexts, curve, profile, toSign),
        document: await textOfDocument(curve, previous),
      };
    }
    const document = withContextOf(proof, content);
    return {
      configuration: toJcs(configuration),
      document: toJcs(previous.length > 0 ? { ...document, proof: previous } : document),
    };
  };
  return {
    textsOf,
    hashDataOf: async (signed) => {
      const { configuration, document } = await textsOf(signed);
      const digest = hashOf(signed.curve) === "SHA-384" ? sha384 : sha256;
      return concatBytes(digest(toUtf8(configuration)), digest(toUtf8(document)));
    },
  };
}

async function toStatements(document: JsonObject, curve: Curve, profile: Profile, toSign = false): Promise<string> {
  const { contexts } = profile;
  return toCanonicalQuads(document, { contexts, safe: true, withDirection: true, hash: hashOf(curve), toSign });
}

/** All documents of a batch have one configuration, so its text is worked out once. */
const configurations = new Map<string, Promise<string>>();
const MAX_CONFIGURATIONS = 256;

async function textOfConfiguration(
  configuration: JsonObject,
  curve: Curve,
  profile: Profile,
  toSign: boolean,
): Promise<string> {
  const [oldest] = configurations.keys();
  if (configurations.size >= MAX_CONFIGURATIONS && oldest !== undefined) configurations.delete(oldest);
  const key = toJcs([hashOf(curve), profile.contexts, configuration]);
  return remember(configurations, key, async () => toStatements(configuration, curve, profile, toSign));
}

/** What was worked out before, or is being worked out; a refusal is not remembered. */
async function remember(
  known: Map<string, Promise<string>>,
  key: string,
  work: () => Promise<string>,
): Promise<string> {
  const found = known.get(key);
  if (found !== undefined) return found;
  const text = work();
  known.set(key, text);
  text.catch(() => known.delete(key));
  return text;
}

/** A JCS proof carries the contexts it was made with; the document's list must begin with them. */
function withContextOf(proof: JsonObject, content: JsonObject): JsonObject {
  const own = memberOf(proof, "@context");
  if (own === undefined) return content;
  const contexts = toList(memberOf(content, "@context"));
  const begins = toList(own).every((context, index) => {
    const other = contexts[index];
    return other !== undefined && toJcs(other) === toJcs(context);
  });
  insist(begins, "A proof was made with contexts that the document does not begin with.");
  return { ...content, "@context": own };
}
