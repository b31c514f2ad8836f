/**
 * The quick reader and every word of the pinned contexts: each word in each type that knows it, with values of each kind,
 * and inside it again the words that begin and end there. What is answered must be what the reference says.
 */

import { expect } from "chai";

import { ADDRESSES } from "../../src/canon/contexts/catalogue.ts";
import { loadContext, type ContextSet } from "../../src/canon/contexts/context-set.ts";
import { findQuads } from "../../src/canon/quick-quads.ts";
import { isObject, memberOf, objectOf, type Json, type JsonObject } from "../../src/core/json.ts";
import { referenceQuads } from "../support/reference-quads.ts";

const THOROUGH = process.env["THOROUGH"] === "true";
const V1 = "https://www.w3.org/2018/credentials/v1";
const V2 = "https://www.w3.org/ns/credentials/v2";

/** Things in one document for the reference: it is asked seldom, since it is slow to begin. */
const TOGETHER = 200;

const VALUES: readonly Json[] = [
  "x",
  "urn:x:a",
  5,
  true,
  ["x", "y"],
  { id: "urn:x:a" },
  { id: "urn:x:a", "https://x.example/q": "x" },
  { "https://x.example/q": { id: "schema:x" } },
  [{ type: "https://x.example/T" }, { id: "urn:x:b" }],
];

function namesOf(context: JsonObject): readonly string[] {
  return Object.keys(context).filter((name) => !name.startsWith("@"));
}

/** The context that a word brings, empty for none. */
function scopeOf(context: JsonObject, word: string): JsonObject {
  return objectOf(objectOf(context, word) ?? {}, "@context") ?? {};
}

/** Things made of the words of one context. */
function* thingsOf(context: JsonObject): Generator<JsonObject> {
  const words = namesOf(context);
  const types = words.filter((word) => namesOf(scopeOf(context, word)).length > 0);
  for (const word of words) {
    for (const value of VALUES) yield { [word]: value };
    yield { type: word };
    yield* insideOf(context, {}, word, words.slice(0, 10));
  }
  for (const [at, type] of types.entries()) {
    const scope = scopeOf(context, type);
    for (const word of namesOf(scope)) {
      for (const value of VALUES) yield { type, [word]: value };
      yield* insideOf(scope, { type }, word, [...namesOf(scope), ...words.slice(0, 5)]);
      for (const other of [...types.slice(0, 3), types[(at + 1) % types.length] ?? type])
        yield { type: [type, other], [word]: "urn:x:a", id: "urn:x:c" };
    }
  }
}

/** A word with a thing in it that uses other words: those the word brings, those its holder's type brings. */
function* insideOf(context: JsonObject, holder: JsonObject, word: string, others: readonly string[]): Generator<JsonObject> {
  const brought = scopeOf(context, word);
  for (const name of new Set([...namesOf(brought), ...others])) {
    for (const value of ["x", "urn:x:a", { id: "urn:x:a" }] as const) yield { ...holder, [word]: { [name]: value } };
    yield { ...holder, [word]: { id: "urn:x:b", type: name } };
    yield { ...holder, [word]: name };
    for (const inner of namesOf(scopeOf(brought, name)).slice(0, 5))
      yield { ...holder, [word]: [{ type: name, [inner]: "urn:x:a" }, { [name]: { [inner]: "x" } }] };
  }
} // prettier-ignore

function documentOf(contexts: readonly string[], things: readonly JsonObject[]): JsonObject {
  return { "@context": contexts, "https://x.example/p": things };
}

/** How many things were answered, of how many; fails where the reference says anything else. */
async function compare(contexts: readonly string[], sets: readonly ContextSet[]): Promise<readonly [number, number]> {
  const answered: JsonObject[] = [];
  let tried = 0;
  for (const url of contexts) {
    const context = memberOf(await loadContext(sets, url), "@context");
    for (const thing of isObject(context) ? thingsOf(context) : []) {
      tried += 1;
      if ((await findQuads(documentOf(contexts, [thing]), sets)) !== undefined) answered.push(thing);
    }
  }
  for (let at = 0; at < answered.length; at += TOGETHER) {
    const document = documentOf(contexts, answered.slice(at, at + TOGETHER));
    const [quick, reference] = [await findQuads(document, sets), await referenceQuads(document, sets)];
    if (JSON.stringify(quick) !== JSON.stringify(reference)) await findCulprit(contexts, sets, answered.slice(at, at + TOGETHER));
  }
  return [answered.length, tried];
} // prettier-ignore

/** Says which thing it is, for the message; two may also differ only together. */
async function findCulprit(contexts: readonly string[], sets: readonly ContextSet[], things: readonly JsonObject[]) {
  for (const thing of things) {
    const document = documentOf(contexts, [thing]);
    expect(await findQuads(document, sets), JSON.stringify(document)).to.deep.equal(
      await referenceQuads(document, sets),
    );
  }
  expect.fail(`only together: ${JSON.stringify(documentOf(contexts, things))}`);
}

describe("findQuads, of every word", function () {
  this.timeout(3_600_000);

  const lists: readonly (readonly [ContextSet, readonly string[]])[] = [
    ["w3c", [V2, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]],
    ["w3c", [V1, "https://w3id.org/security/suites/ed25519-2020/v1"]],
    ["blockcerts", [V2, "https://w3id.org/blockcerts/v3.2"]],
  ];
  const all = (["w3c", "blockcerts"] as const).flatMap((set) =>
    Object.keys(ADDRESSES[set]).flatMap((url) =>
      [[url], [V1, url], [V2, url]].map((contexts) => [set, contexts] as const),
    ),
  );
  it("says what the reference says, or nothing", async () => {
    const counts = [0, 0];
    for (const [set, contexts] of THOROUGH ? all : lists) {
      const [answered, tried] = await compare(contexts, [set]);
      if (!THOROUGH) expect(answered, contexts.join()).to.be.greaterThan(tried / 20);
      counts[0]! += answered;
      counts[1]! += tried;
    }
    console.info(`      ${counts[0]} of ${counts[1]} things answered`);
  });
});
