/** Canonical statements under other names: only names change, and the order follows. */

import { expect } from "chai";

import { relabel } from "../../src/canon/relabel.ts";
import { toCanonicalQuads } from "../../src/canon/rdfc.ts";
import { fromUtf8 } from "../../src/core/bytes.ts";
import { Refusal } from "../../src/core/refusal.ts";
import { badge } from "../support/w3c-samples.ts";

function relabelled(quads: string, labels: Readonly<Record<string, string>>): readonly string[] {
  return relabel(quads, new Map(Object.entries(labels))).statements.map(fromUtf8);
}

describe("relabel", () => {
  it("renames subjects, objects and graphs, and nothing that only looks like a name", () => {
    const quads = [
      '_:c14n0 <https://x.example/p> "_:c14n0 says _:c14n1" .\n',
      '_:c14n0 <https://x.example/p> "a \\"quoted\\" _:c14n1 \\\\" <https://x.example/g> .\n',
      '_:c14n0 <https://x.example/p> "tagged"@en-GB .\n',
      '_:c14n0 <https://x.example/p> "typed"^^<https://x.example/_:c14n1> .\n',
      "_:c14n0 <https://x.example/_:c14n0> _:c14n1 _:c14n1 .\n",
    ];
    expect(relabelled(quads.join(""), { c14n0: "zero", c14n1: "one" })).to.deep.equal(
      [
        '_:zero <https://x.example/p> "_:c14n0 says _:c14n1" .\n',
        '_:zero <https://x.example/p> "a \\"quoted\\" _:c14n1 \\\\" <https://x.example/g> .\n',
        '_:zero <https://x.example/p> "tagged"@en-GB .\n',
        '_:zero <https://x.example/p> "typed"^^<https://x.example/_:c14n1> .\n',
        "_:zero <https://x.example/_:c14n0> _:one _:one .\n",
      ].toSorted(),
    );
  });

  it("puts the statements in the order of their new names, by code point", () => {
    const quads = "_:c14n0 <urn:p> <urn:o> .\n_:c14n1 <urn:p> <urn:o> .\n";
    expect(relabelled(quads, { c14n0: "b", c14n1: "a" })).to.deep.equal([
      "_:a <urn:p> <urn:o> .\n",
      "_:b <urn:p> <urn:o> .\n",
    ]);
    const texts = ['<urn:s> <urn:p> "\u{1f600}" .\n', '<urn:s> <urn:p> "\uffe1" .\n'];
    expect(relabelled(texts.join(""), {})).to.deep.equal([texts[1], texts[0]]);
  });

  it("says which names there were, and refuses one without a new name", () => {
    const quads = "_:c14n0 <urn:p> _:c14n2 .\n";
    const { renamed } = relabel(
      quads,
      new Map([
        ["c14n0", "a"],
        ["c14n1", "b"],
        ["c14n2", "c"],
      ]),
    );
    expect([...renamed]).to.deep.equal(["c14n0", "c14n2"]);
    expect(() => relabel(quads, new Map([["c14n0", "a"]])))
      .to.throw(Refusal)
      .with.property("code", "DIGEST_MISMATCH");
    expect(relabel("", new Map()).statements).to.deep.equal([]);
    expect(() => relabel('<urn:s> <urn:p> "en"@two words .\n', new Map()))
      .to.throw(Refusal)
      .with.property("code", "SHAPE_WRONG");
  });

  it("reads every statement that a credential with the oddest texts makes", async () => {
    const { proof: _, ...content } = badge({
      name: [
        { "@value": '"_:c14n0" \\ \n\r\t\b\f\u0001\u007f\u2028 \u{1f600}', "@language": "ar", "@direction": "rtl" },
      ],
      description: `${"\\".repeat(100_000)}${'"'.repeat(100_000)}`,
    });
    const options = { contexts: ["w3c"], safe: true, withDirection: true } as const;
    const quads = await toCanonicalQuads(content, options);
    const labels = new Map(Array.from({ length: 20 }, (_, at) => [`c14n${at}`, `c14n${at}`] as const));
    expect(relabel(quads, labels).statements.map(fromUtf8).toSorted()).to.deep.equal(
      quads
        .split("\n")
        .slice(0, -1)
        .map((line) => `${line}\n`)
        .toSorted(),
    );
  });
});
