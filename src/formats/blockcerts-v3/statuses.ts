/** How a version 3 credential may be withdrawn: the list its issuer's profile names, and the status lists it names itself. */

import type { StatusClaim, StoreListClaim } from "../../core/claims.ts";
import { textOf, type JsonObject } from "../../core/json.ts";
import { findPublishedList } from "../../core/list-address.ts";
import { findId, type ReadContent } from "../blockcerts/read-content.ts";
import { findText, findThing, isOfType, valuesOf, type Graph, type Value } from "../blockcerts/statements.ts";
import { toView } from "../blockcerts/view.ts";
import { statusWords, vc } from "../blockcerts/vocabulary.ts";

const ENTRY_TYPES = ["BitstringStatusListEntry", "StatusList2021Entry"];

/**
 * @param issuer  address of the issuer's profile, or a DID.
 * @throws {Refusal} `SHAPE_WRONG` for a status list's entry that states something twice.
 */
export function readStatuses(content: ReadContent, issuer: string): StatusClaim[] {
  const document = findId(content.root);
  const profileList: StatusClaim[] =
    document === undefined
      ? [] // a list names ids, so it can never name this document
      : [{ kind: "revocation-list", namedBy: "issuer-profile", location: issuer, document }];
  return [
    ...profileList,
    ...valuesOf(content.graph, content.root, vc("credentialStatus")).map((value) => readEntry(content, value, issuer)),
  ];
}

function readEntry({ graph, labels }: ReadContent, value: Value, issuerProfile: string): StatusClaim {
  if (value.kind !== "thing") return { kind: "unknown", what: "a credentialStatus that is a mere text" };
  const entry = toView(graph, value.id, labels);
  const isEntry = ENTRY_TYPES.some((type) => statusWords(type).some((iri) => isOfType(graph, value.id, iri)));
  const location = findOne(statusWords("statusListCredential"), (iri) => findThing(graph, value.id, iri));
  const index = readOwn(graph, value.id, "statusListIndex");
  const purpose = readOwn(graph, value.id, "statusPurpose");
  if (!isEntry || location === undefined || index === undefined || purpose === undefined)
    return { kind: "unknown", what: describe(entry) };
  const published = findStoreList(location, index, purpose);
  return {
    kind: "bitstring-list",
    location,
    purpose,
    index,
    entry,
    issuerProfile,
    ...(published !== undefined && { published }),
  };
}

/** Blockcerts has no words for a list in a store: the address at which the issuer's service publishes it says which it is. */
function findStoreList(location: string, index: string, purpose: string): StoreListClaim | undefined {
  const found = findPublishedList(location);
  const isInside = /^(?:0|[1-9]\d{0,6})$/.test(index) && Number(index) < (found?.entries ?? 0);
  if (found === undefined || found.purpose !== purpose || !isInside) return undefined;
  const { chainId, store: address, list } = found;
  return { kind: "store-list", address, chainId, list, index: Number(index), purpose: found.purpose };
}

function readOwn(graph: Graph, thing: string, member: string): string | undefined {
  return findOne(statusWords(member), (iri) => findText(graph, thing, iri));
}

function findOne(iris: readonly string[], find: (iri: string) => string | undefined): string | undefined {
  return iris.map(find).find((value) => value !== undefined);
}

function describe(entry: JsonObject): string {
  return `a credentialStatus of type ${textOf(entry, "type") ?? "unknown"}, or without list, index or purpose`;
}
