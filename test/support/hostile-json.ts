/** Documents changed by somebody who knows JSON-LD and means no good: every step does one thing at one place. */

import fc from "fast-check";

import { isArray, isObject, type Json, type JsonObject } from "../../src/core/json.ts";

/** Names that some reader may take for something else. */
export const HOSTILE_NAMES: readonly string[] = JSON.parse(String.raw`[
  "@id", "@type", "@value", "@graph", "@context", "@list", "@set", "@reverse", "@nest", "@included", "@index",
  "@language", "@direction", "@json", "@none", "@base", "@vocab", "@foo", "@Foo", "@", "@id ", "@foo:bar", "@1",
  "__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "prototype", "length",
  "id", "type", "ID", "Type", "", " ", ":", "a:", ":b", "a:b", "_:", "_:b0", "_:p", "_:c14n0", "_", "a b", "a/b",
  "schema:name", "xsd:string", "rdf:type", "rdfs:label", "cred:x", "sec:x", "OB:x", "obi:x", "type:x", "id:x",
  "schema:a b", "schema:", "schema://x", "schema:\u00a0", "xsd:a<b", "name:x", "xsd:\ud800",
  "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
  "https://schema.org/name", "https://example.org/p", "https://example.org/a b", "https://example.org/<p>",
  "https://exämple.org/ü", "http://example.org/\u2028", "urn:x:p", "x+y-z.1:p", "x,y:p", "1x:p", "urn:", "urn: "
]`) as readonly string[];

/** Values with a catch, as a reader of JSON makes them: members called `__proto__` and -0 included. */
const HOSTILE_VALUES: readonly Json[] = JSON.parse(String.raw`[
  null, true, false, 0, -0, 1, 5, -5, 1.0, 1.5, -1.5, 0.1, 0.3, 0.30000000000000004,
  1e21, 1e20, 123456789012345680000, 999999999999999999999, 1e-6, 1e-7, 1.5e-7, 5e-324, 1.7e308,
  9007199254740991, 9007199254740993, -9007199254740993, 4.35, 100, 1e2, 2.50,
  "5", "0", "1", "true", "1.5", "1.5E0", "0.3", "3.0E-1", "", " ", "x", "A b", "null",
  "\ud800", "\udc00x", "\u0000", "\n\"\\\u007f\u0085\u2028", "\t\b\f\r\u001f", "é😀",
  "@id", "@type", "@json", "@foo", "@", "@graph", "_:b0", "_:b1", "_:c14n0", "_:", "_",
  "relative", "./x", "../x", "//host/x", "/x", "?q", "#f", "a:b", "a:", ":b", "urn:x:a",
  "schema:x", "schema:a b", "schema://x", "xsd:date", "type:x", "id:x", "name", "type", "id", "Profile",
  "https://example.org/a b", "https://example.org/<x>", "https://exämple.org/ü", "http://x/\u0001",
  "https://uni.example/x", "did:example:1#k", "urn:x:\u00a0", "x,y:z", "HTTP://X", "mailto:a@b",
  [], {}, [[]], [null], [{}], ["x",null], [["x"]], ["x","x"], ["5",5], [5,5.0], [0,-0],
  [0.3,0.30000000000000004], [true,"true"], ["x",{"id":"urn:x:a"}], ["urn:x:a",{"id":"urn:x:a"}],
  {"@value":"x"}, {"@value":null}, {"@value":5,"@type":"http://www.w3.org/2001/XMLSchema#integer"},
  {"@value":"x","@language":"en"}, {"@value":"x","@language":"not a tag"}, {"@language":"en"},
  {"@value":"x","@direction":"rtl"}, {"@value":{"a":1},"@type":"@json"}, {"@value":"x","id":"urn:x:a"},
  {"@id":"urn:x:a"}, {"@id":"_:b0"}, {"@id":null}, {"@type":"urn:x:T"}, {"@type":["urn:x:T"],"type":"x"},
  {"id":"urn:x:a"}, {"id":"urn:x:b"}, {"id":"_:b0"}, {"id":"_:b1"}, {"id":"relative"}, {"id":null},
  {"id":5}, {"id":""}, {"id":["urn:x:a"]}, {"id":"@type"}, {"id":"schema:x"}, {"id":"schema:a b"},
  {"id":"urn:x:a","name":"x"}, {"id":"urn:x:a","name":5}, {"id":"urn:x:a","name":"y","type":"Profile"},
  {"type":"Profile"}, {"type":["Profile","Profile"]}, {"type":[]}, {"id":"urn:x:a","type":[]},
  {"type":"@json"}, {"type":"@id"}, {"type":"type"}, {"type":"Nothing"}, {"type":null}, {"type":{}},
  {"type":"_:b0"}, {"type":"urn:x:T"}, {"type":"schema:T"}, {"type":"https://example.org/a b"},
  {"type":["Profile",5]}, {"type":"__proto__"}, {"type":["Achievement","Profile","Result"]},
  {"@list":["x"]}, {"@list":[]}, {"@set":["x"]}, {"@set":[]}, {"@graph":[{"id":"urn:x:a","name":"x"}]},
  {"@included":[{"id":"urn:x:a","type":"Profile"}]}, {"@reverse":{"name":{"id":"urn:x:a"}}}, {"@reverse":{}},
  {"@nest":{"name":"x"}}, {"@index":"x","name":"y"}, {"@context":null,"id":"urn:x:a"},
  {"@context":{},"id":"urn:x:a","type":"Profile"}, {"@context":[],"type":"Profile"},
  {"@context":{"name":"https://evil.example/n"},"name":"x"}, {"@context":{"@vocab":"urn:x:"},"nothing":"x"},
  {"@context":"https://www.w3.org/ns/credentials/v2","type":"Profile"}, {"unknown":"x"}, {"en":"x","de":"y"},
  {"__proto__":{"@context":{"x":"urn:x:x"}},"x":"y"}, {"__proto__":{"id":"urn:x:a"}}, {"constructor":"x"},
  {"name":"x"}, {"name":["x",{"name":"y"}]}, {"name":{"name":{"name":"x"}}}, {"name":"x","schema:name":"x"},
  {"http://www.w3.org/1999/02/22-rdf-syntax-ns#type":{"id":"urn:x:T"},"type":"urn:x:T"},
  {"https://example.org/p":"x","id":"urn:x:a"}, {"https://example.org/p":{"https://example.org/p":5}},
  {"type":"JsonSchema","jsonSchema":{"type":"JsonSchema"}}, {"type":"Image","caption":"x","id":"urn:x:i"}
]`) as readonly Json[];

const WAYS = [
  "drop",
  "replace",
  "rename",
  "add",
  "double",
  "wrap",
  "nest",
  "copy",
  "move",
  "swap",
  "types",
  "id",
] as const;
type Way = (typeof WAYS)[number];

/** One change; the numbers choose place, name and value among those there are. */
export interface Step {
  readonly way: Way;
  readonly place: number;
  readonly other: number;
  readonly name: number;
  readonly value: number;
}

const number = fc.nat({ max: 1_000_000 });

/** One to three changes. */
export const anySteps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({ way: fc.constantFrom(...WAYS), place: number, other: number, name: number, value: number }),
  { minLength: 1, maxLength: 3 },
);

/** What changes are made of besides hostile names and values. */
export interface Vocabulary {
  /** Words of the document's contexts. */
  readonly words: readonly string[];
  /** Ids that things have, or get: two of one id are one thing. */
  readonly ids: readonly string[];
}

type Path = readonly (string | number)[];

/** The document after the steps; a document without the place of a step is left as it is. */
export function change(document: JsonObject, steps: readonly Step[], vocabulary: Vocabulary): JsonObject {
  let changed = document;
  for (const step of steps) {
    const next = changeOnce(changed, step, vocabulary);
    if (isObject(next)) changed = next;
  }
  return changed;
}

function changeOnce(document: JsonObject, step: Step, { words, ids }: Vocabulary): Json {
  const paths = pathsOf(document);
  const path = pick(paths, step.place);
  const holder = pick(
    paths.filter((one) => isObject(at(document, one))),
    step.place,
  );
  const names = [HOSTILE_NAMES, words, namesIn(document), namesIn(document)];
  const name = pick(pick(names, step.name), Math.floor(step.name / names.length));
  const value = pick(HOSTILE_VALUES, step.value);
  const here = at(document, path);
  const there = at(document, pick(paths, step.other));
  const add = (added: Json, as = name): Json => set(document, [...holder, as], added);
  switch (step.way) {
    case "drop":
      return set(document, path, undefined);
    case "replace":
      return set(document, path, value);
    case "rename":
      return path.length === 0 ? document : set(set(document, path, undefined), [...path.slice(0, -1), name], here);
    case "add":
      return add(value);
    case "double":
      return set(document, path, [...(isArray(here) ? here : [here]), there]);
    case "wrap":
      return set(document, path, [here]);
    case "nest":
      return set(document, path, Object.fromEntries([[name, here]]));
    case "copy":
      return add(there);
    case "move":
      return set(set(document, path, undefined), [...holder, name], here);
    case "swap":
      return set(document, path, there);
    case "types":
      return add(
        Array.from({ length: 1 + (step.value % 4) }, (_, index) => pick(words, step.value + step.other * index)),
        "type",
      );
    case "id":
      return add(pick(ids, step.value), "id");
  }
}

function pick<Item>(items: readonly Item[], choice: number): Item {
  return items[choice % items.length]!;
}

/** Places of everything but the contexts, the top first. */
function pathsOf(value: Json, path: Path = []): readonly Path[] {
  const members: readonly (readonly [string | number, Json])[] = isArray(value)
    ? [...value.entries()]
    : isObject(value)
      ? Object.entries(value)
      : [];
  const inner = members.filter(([name]) => path.length > 0 || name !== "@context");
  return [path, ...inner.flatMap(([name, member]) => pathsOf(member, [...path, name]))];
}

/** Names that the document uses itself: what they mean, a reader has to know. */
function namesIn(document: JsonObject): readonly string[] {
  return pathsOf(document)
    .map((path) => path.at(-1))
    .filter((name) => typeof name === "string")
    .concat("name");
}

function at(value: Json, path: Path): Json {
  let found: Json = value;
  for (const name of path) found = (found as Record<string | number, Json>)[name] ?? null;
  return found;
}

/** The value with another at a place; undefined leaves the place out. Names like `__proto__` become own members. */
function set(value: Json, [name, ...rest]: Path, other: Json | undefined): Json {
  if (name === undefined) return other ?? {};
  if (isArray(value)) {
    if (typeof name !== "number" || name >= value.length) return value;
    const inner = rest.length === 0 ? other : set(value[name] ?? null, rest, other);
    return inner === undefined ? value.toSpliced(name, 1) : value.with(name, inner);
  }
  if (!isObject(value)) return value;
  const key = String(name);
  const own = Object.hasOwn(value, key) ? (value[key] ?? null) : null;
  const inner = rest.length === 0 ? other : set(own, rest, other);
  const others = Object.entries(value).filter(([one]) => one !== key);
  return Object.fromEntries(inner === undefined ? others : [...others, [key, inner]]);
}
