/** Storage is laid out as committed; `node scripts/storage-layout.ts --write` renews the snapshot. */
import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { artifacts } from "hardhat";
import { SNAPSHOT, storageLayouts } from "../../scripts/storage-layout.ts";

describe("the storage layout", () => {
  it("is the committed one", async () => {
    expect(await storageLayouts()).to.deep.equal(JSON.parse(await readFile(SNAPSHOT, "utf8")));
  });

  for (const name of ["DocumentStore", "DocumentStoreTemplate"]) {
    it(`of ${name} has no immutables, so that the hash of its code names the release`, async () => {
      const { immutableReferences } = await artifacts.readArtifact(name);
      expect(immutableReferences).to.deep.equal({});
    });
  }

  it("of DocumentStoreFactory has one, so that the test above can fail", async () => {
    const { immutableReferences } = await artifacts.readArtifact("DocumentStoreFactory");
    expect(Object.keys(immutableReferences ?? {}).length).to.equal(1);
  });
});
