/** The standard of a batch: read off the template, and never another one than the template is written for. */

import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { expect } from "chai";

import { chooseFormat } from "../../src/app/choose-format.ts";
import { ISSUING_FORMATS } from "../../src/formats/formats.ts";
import { faultOf } from "../support/faults.ts";
import { withTemporaryDirectory } from "../support/temporary.ts";
import { badge } from "../support/w3c-samples.ts";

const example = (name: string): string => resolve(import.meta.dirname, "../../examples", `${name}.template.json`);
const EXAMPLES = [
  ["transcript", "openattestation-v2"],
  ["degree", "w3c-vc-v2"],
  ["blockcerts", "blockcerts-v3"],
] as const;

describe("chooseFormat", () => {
  const temporary = withTemporaryDirectory();

  function write(content: string): string {
    const path = join(temporary(), "template.json");
    writeFileSync(path, content);
    return path;
  }

  for (const [name, id] of EXAMPLES) {
    it(`finds ${id} in the example ${name}, and refuses every other standard for it`, () => {
      expect(chooseFormat(example(name))).to.equal(id);
      expect(chooseFormat(example(name), id)).to.equal(id);
      for (const other of ISSUING_FORMATS.filter((format) => format.id !== id))
        expect(faultOf(() => chooseFormat(example(name), other.id))).to.equal("TEMPLATE_INVALID");
    });
  }

  it("has an example of every standard that is issued", () => {
    expect(EXAMPLES.map(([, id]) => id)).to.have.members(ISSUING_FORMATS.map(({ id }) => id));
  });

  it("takes a native template with its proofs to come for one", () => {
    expect(chooseFormat(write(JSON.stringify(badge())))).to.equal("w3c-vc-v2");
  });

  it("does as it is told where a template shows nothing", () => {
    for (const content of ["{}", "no JSON", "[]", '{"@context": 7}', '{"issuers": {}}'])
      expect(chooseFormat(write(content), "blockcerts-v3")).to.equal("blockcerts-v3");
    expect(chooseFormat(write("{}"))).to.equal("openattestation-v2");
  });

  it("refuses a standard that is not issued, and a template that is not there", () => {
    expect(faultOf(() => chooseFormat(example("degree"), "pdf"))).to.equal("FORMAT_NOT_ISSUABLE");
    expect(faultOf(() => chooseFormat("/nowhere.json"))).to.equal("FILE_UNREADABLE");
  });
});
