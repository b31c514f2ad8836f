import { expect } from "chai";
import fc from "fast-check";

import { csvCell, csvLine } from "../../src/issue/csv-cell.ts";
import { collectProblems } from "../../src/issue/problems.ts";
import { openRoster } from "../../src/issue/roster.ts";
import { collect, streamOf } from "../support/collect.ts";
import { holds } from "../support/property.ts";

describe("csvCell", () => {
  for (const formula of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＠x"])
    it(`marks ${JSON.stringify(formula)} as text`, () => expect(csvCell(formula)).to.equal(`"'${formula}"`));

  for (const plain of ["1=1", "a+b", "Zoë", "", "'", "(-1)"])
    it(`leaves ${JSON.stringify(plain)} as it is`, () => expect(csvCell(plain)).to.equal(`"${plain}"`));

  it("keeps any text in its cell", async () => {
    const text = fc.string({ unit: "grapheme" }).map((one) => `x${one}x`.normalize("NFC"));
    const fit = text.filter((one) => !/[\p{Cc}\ufffd]/u.test(one));
    await holds(
      fc.asyncProperty(fit, fit, async (a, b) => {
        const bytes = new TextEncoder().encode(csvLine(["a", "b"]) + csvLine([a, b]));
        const { rows } = await openRoster(streamOf(bytes), "index.csv", collectProblems());
        expect((await collect(rows)).map(({ cells }) => cells)).to.deep.equal([[a, b]]);
      }),
    );
  });
});
