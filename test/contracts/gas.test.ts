/** Costs are a committed snapshot, renewed by `node scripts/gas/measure.ts --write`, and stay within what was promised. */
import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { artifacts } from "hardhat";
import { type GasSnapshot, measureAll, SNAPSHOT } from "../../scripts/gas/measure.ts";
import { measureStoreCode } from "../../scripts/gas/measure-store.ts";
import { accounts, freshChain } from "./support/chain.ts";

describe("the gas snapshot", () => {
  let snapshot: GasSnapshot;

  before(async () => {
    snapshot = JSON.parse(await readFile(SNAPSHOT, "utf8")) as GasSnapshot;
  });

  it("is what the contracts cost now", async () => {
    expect(await measureAll()).to.deep.equal(snapshot);
  });

  const PROMISES: readonly (readonly [string, string, number])[] = [
    ["DocumentStore, a clone", "deploy", 300_000],
    ["DocumentStore, a clone", "issue", 50_200],
    ["DocumentStore, deployed directly", "deploy", 2_028_836],
    ["DocumentStore, deployed directly", "issue", 47_874],
    ["DocumentStore, deployed directly", "issue a raw root", 50_200],
    ["status lists, gas per entry", "each of 1,000 in 10,000", 1_000],
    ["bytes of runtime code", "DocumentStoreFactory", 24_576],
    ["bytes of creation code", "DocumentStoreFactory", 49_152],
  ];
  for (const [subject, what, most] of PROMISES) {
    it(`keeps ${subject}: ${what} at ${most} or below`, () => {
      expect(snapshot[subject]?.[what]).to.be.within(1, most);
    });
  }

  it("can measure any store: what it does not have is left out", async () => {
    const { ethers } = await freshChain();
    const [owner] = await accounts(ethers);
    const { abi, bytecode } = await artifacts.readArtifact("DocumentStore");
    const part = (abi as readonly { type: string; name?: string }[]).filter(
      ({ type, name }) => type !== "fallback" && name !== "bulkIssue" && name !== "multicall",
    );
    const report = await measureStoreCode(ethers, { abi: part, bytecode, args: ["Somewhere", owner.address] });
    expect(Object.keys(report)).to.deep.equal(["deploy", "issue", "revoke", "revoke 10 at once"]);
  });
});
