/** What every format has to do, whatever its standard: run over each of them, with reasons for what does not apply. */

import { expect } from "chai";
import fc from "fast-check";

import type { JsonObject } from "../../src/core/json.ts";
import type { Anchor } from "../../src/core/ports/anchoring.ts";
import type { RandomSource } from "../../src/core/ports/answer.ts";
import type { Format, IssuingFormat, Placement, Sealed, TreePlace } from "../../src/formats/format.ts";
import { detectFormat, FORMATS } from "../../src/formats/formats.ts";
import type { VerifyPorts } from "../../src/verify/verify-ports.ts";
import { verify } from "../../src/verify/verify.ts";
import { NOW } from "./fake-ports.ts";
import { integrityOf, parseObject } from "./integrity.ts";
import { mutationsOf, type Mutation } from "./mutations.ts";
import { holds } from "./property.ts";

/** A format and documents of it that hold. */
export interface FormatSubject {
  readonly format: Format;
  /** A few documents that cover the format's possibilities; their integrity holds and nothing speaks against them. */
  readonly documents: () => readonly JsonObject[];
  /** Why a mutation may pass, where the standard leaves a thing unprotected; undefined: it may not. */
  readonly harmless: (mutation: Mutation) => string | undefined;
  /** What the format issues, if it does. */
  readonly issuing?: IssuingSubject;
}

interface IssuingSubject {
  readonly format: IssuingFormat;
  readonly credential: JsonObject;
  readonly placement: Placement;
}

/** A tree of one leaf, for formats whose pairing leaves a single leaf as it is, and the anchor of its root. */
export function alone(sealed: Sealed, placement: Placement): { readonly place: TreePlace; readonly anchor: Anchor } {
  const root = sealed.leaf;
  const place = { leaf: sealed.leaf, path: [], root, index: 0, size: 1 };
  return { place, anchor: { ...placement, root: `0x${Buffer.from(root).toString("hex")}`, block: 1 } };
}

/** Bytes that look random and are the same in every run. */
export function fixedRandom(seed = 1): RandomSource {
  let state = seed;
  return (count) =>
    Uint8Array.from({ length: count }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state >>> 24;
    });
}

/** Declares the tests; call it inside the `describe` of the format. */
export function shouldBehaveLikeAFormat(subject: FormatSubject): void {
  const { format, documents } = subject;

  it("opens its documents", async () => {
    expect(documents()).to.not.be.empty;
    for (const document of documents()) expect(await integrityOf(format, document)).to.equal("INTEGRITY_HOLDS");
  });

  it("is the only format that detects its documents", () => {
    for (const document of documents()) {
      expect(FORMATS.filter((other) => other.detect(document)).map(({ id }) => id)).to.deep.equal([format.id]);
      expect(detectFormat(document)).to.deep.equal({ kind: "format", format });
    }
  });

  it("shows content only, and says which format it is", async () => {
    for (const document of documents()) {
      const opened = await format.open(document);
      expect(opened.kind === "opened" && opened.claims.format).to.equal(format.id);
      expect(opened.kind === "opened" && opened.claims.unprotected).to.deep.equal([]);
    }
  });

  it("detects without ever throwing, whatever it is shown", async () => {
    await holds(
      fc.property(fc.anything({ withNullPrototype: true, withObjectString: true }), (anything) => {
        expect(format.detect(anything as JsonObject)).to.be.a("boolean");
      }),
    );
  });

  it("answers any JSON object in the shape of its documents, and never throws", async () => {
    const [first = {}] = documents();
    await holds(
      fc.asyncProperty(fc.constantFrom(...Object.keys(first)), fc.jsonValue(), async (member, value) => {
        const document = { ...first, [member]: value } as JsonObject;
        expect(await format.open(document)).to.have.property("kind");
      }),
    );
  });

  it("does not mind the order of members", async () => {
    for (const document of documents())
      expect(await integrityOf(format, reversed(document))).to.equal("INTEGRITY_HOLDS");
  });

  it("notices every change of one value", async () => {
    for (const document of documents()) {
      for (const mutation of mutationsOf(document)) {
        if (subject.harmless(mutation) !== undefined) continue;
        const where = `${mutation.kind} ${mutation.path.join(".")}`;
        expect(await integrityOf(format, mutation.document), where).to.not.equal("INTEGRITY_HOLDS");
      }
    }
  });

  it("is inconclusive when nobody answers", async () => {
    for (const document of documents()) {
      const report = await verify(bytesOf(document), {}, silentPorts());
      expect([report.verdict, report.headline]).to.deep.equal(["inconclusive", "COULD_NOT_CHECK"]);
    }
  });

  it("asks nobody about a document that was altered", async () => {
    for (const document of documents()) {
      const mutation = mutationsOf(document).find((candidate) => subject.harmless(candidate) === undefined);
      const report = await verify(bytesOf(mutation?.document ?? {}), {}, forbiddenPorts());
      expect(report.verdict).to.not.equal("valid");
      expect(report.findings.map(({ aspect }) => aspect)).to.deep.equal(["integrity"]);
    }
  });

  if (subject.issuing !== undefined) shouldIssue(subject.issuing);
}

function shouldIssue({ format, credential, placement }: IssuingSubject): void {
  it("opens what it sealed", async () => {
    const sealed = await format.seal(credential, placement, fixedRandom());
    const { place, anchor } = alone(sealed, placement);
    const text = format.attach(sealed.text, place, anchor, []);
    expect(text.endsWith("\n"), "ends in a line break").to.be.true;
    expect(await integrityOf(format, parseObject(text))).to.equal("INTEGRITY_HOLDS");
  });

  it("seals the same from the same random bytes, and nothing alike from others", async () => {
    const one = await format.seal(credential, placement, fixedRandom(1));
    expect(await format.seal(credential, placement, fixedRandom(1))).to.deep.equal(one);
    expect((await format.seal(credential, placement, fixedRandom(2))).leaf).to.not.deep.equal(one.leaf);
  });

  it("keeps a sealed credential in one line", async () => {
    expect((await format.seal(credential, placement, fixedRandom())).text).to.not.match(/[\r\n]/);
  });

  it("attaches the same bytes twice", async () => {
    const sealed = await format.seal(credential, placement, fixedRandom());
    const { place, anchor } = alone(sealed, placement);
    expect(format.attach(sealed.text, place, anchor, [])).to.equal(format.attach(sealed.text, place, anchor, []));
  });
}

function bytesOf(document: JsonObject): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(document));
}

/** The same document with the members of every object in the opposite order. */
function reversed<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(reversed) as Value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  ) as Value;
}

/** Everybody is asked, nobody answers. */
function silentPorts(): VerifyPorts {
  const silent = async (): Promise<{ kind: "silent"; reason: string }> => ({ kind: "silent", reason: "nobody there" });
  return {
    chain: { viewOf: silent },
    identity: { prove: silent },
    keys: { findAccount: silent, findPublicKey: silent },
    status: { ask: silent },
    clock: { now: () => NOW },
  };
}

/** Nobody may be asked. */
function forbiddenPorts(): VerifyPorts {
  const forbidden = async (): Promise<never> => {
    throw new Error("asked, though integrity failed");
  };
  return {
    chain: { viewOf: forbidden },
    identity: { prove: forbidden },
    keys: { findAccount: forbidden, findPublicKey: forbidden },
    status: { ask: forbidden },
    clock: { now: () => NOW },
  };
}
