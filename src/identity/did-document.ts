/** DID documents (controlled identifier documents): whose they are, and which keys and accounts they list for what. */

import { isArray, isObject, memberOf, textOf, type Json, type JsonObject } from "../core/json.ts";
import { toAbsolute } from "./same-did.ts";
import { findVerificationMethod, type VerificationMethod } from "./verification-method.ts";

/** What a key may be used for: to make statements, or to show who one is. */
const PURPOSES = ["assertionMethod", "authentication"] as const;
export type Purpose = (typeof PURPOSES)[number];

/** A document, reduced to what a verifier asks of it. */
export interface DidDocument {
  readonly id: string;
  readonly methods: readonly VerificationMethod[];
  /** Ids of methods, by purpose. */
  readonly listed: Readonly<Record<Purpose, readonly string[]>>;
  /** Where the profile of an issuer of Blockcerts lies, if it says so. */
  readonly profile?: string;
}

/** Methods of one document; 64 KiB do not hold many more. */
const MAX_METHODS = 100;

/**
 * The document that a JSON object is, or undefined: it must be about `id` and about nobody else, and have one reading.
 *
 * Methods may stand in `verificationMethod` or inside a list of a purpose; one id for two different methods is refused.
 *
 * @see Controlled Identifiers 1.0 §2; DID Core §5
 */
export function findDidDocument(document: JsonObject, id: string): DidDocument | undefined {
  if (textOf(document, "id") !== id) return undefined;
  const declared = findMethods(memberOf(document, "verificationMethod"), id);
  const purposes = PURPOSES.map((purpose) => findListed(memberOf(document, purpose), id));
  const [assertion, authentication] = purposes;
  if (declared === undefined || assertion === undefined || authentication === undefined) return undefined;
  const methods = findOnce([...declared, ...assertion.embedded, ...authentication.embedded]);
  if (methods === undefined || methods.length > MAX_METHODS) return undefined;
  const listed = { assertionMethod: assertion.ids, authentication: authentication.ids };
  const profile = findProfileAddress(memberOf(document, "service"));
  return { id, methods, listed, ...(profile !== undefined && { profile }) };
}

/** A document of a single method, good for both purposes: what DIDs that are a key or an account come to. */
export function toSingleMethodDocument(id: string, method: VerificationMethod): DidDocument {
  return { id, methods: [method], listed: { assertionMethod: [method.id], authentication: [method.id] } };
}

function findMethods(list: Json | undefined, id: string): readonly VerificationMethod[] | undefined {
  if (list === undefined) return [];
  if (!isArray(list)) return undefined;
  const methods = list.map((entry) => (isObject(entry) ? findVerificationMethod(entry, id) : undefined));
  return methods.every((method) => method !== undefined) ? methods : undefined;
}

/** Each method once; undefined when one id is given to two that differ. */
function findOnce(methods: readonly VerificationMethod[]): readonly VerificationMethod[] | undefined {
  const byId = new Map<string, VerificationMethod>();
  for (const method of methods) {
    const known = byId.get(method.id);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(method)) return undefined;
    byId.set(method.id, method);
  }
  return [...byId.values()];
}

/** The address of the one service of that type; two of them would be two profiles. @see DID Core §5.4 */
function findProfileAddress(services: Json | undefined): string | undefined {
  const own = (isArray(services) ? services : []).filter(
    (service): service is JsonObject => isObject(service) && memberOf(service, "type") === "IssuerProfile",
  );
  const [service] = own;
  return service === undefined || own.length > 1 ? undefined : textOf(service, "serviceEndpoint");
}

interface Listed {
  readonly ids: readonly string[];
  readonly embedded: readonly VerificationMethod[];
}

/** The ids under one purpose: given as such, or with the whole method in their place. */
function findListed(list: Json | undefined, id: string): Listed | undefined {
  if (list === undefined) return { ids: [], embedded: [] };
  if (!isArray(list)) return undefined;
  const embedded = findMethods(list.filter(isObject), id);
  if (embedded === undefined) return undefined;
  const references = list.filter((entry) => typeof entry === "string").map((text) => toAbsolute(text, id));
  if (embedded.length + references.length < list.length) return undefined;
  return { ids: [...references, ...embedded.map((method) => method.id)], embedded };
}
