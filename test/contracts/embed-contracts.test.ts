/** The contracts embedded in the library are those of contracts/, freshly compiled. */
import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { embeddedFiles } from "../../scripts/embed-contracts.ts";

describe("src/chain/artifacts", () => {
  it("equals a fresh build: `node scripts/embed-contracts.ts` writes it anew", async () => {
    const files = await embeddedFiles();
    expect(files.size).to.be.greaterThan(2);
    for (const [path, text] of files) {
      expect((await readFile(path, "utf8")) === text, `${path} is not what contracts/ compiles to`).to.equal(true);
    }
  });
});
