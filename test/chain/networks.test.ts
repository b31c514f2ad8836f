/** The table of chains. */

import { expect } from "chai";

import { describeFinality, networkOf } from "../../src/chain/networks.ts";

describe("networkOf", () => {
  it("knows the chains of OpenAttestation's DNS records, and which of them are real", () => {
    const kinds = [1, 3, 4, 5, 11155111, 137, 80002, 1337].map((chainId) => networkOf(chainId).kind);
    expect(kinds).to.deep.equal(["main", "test", "test", "test", "test", "main", "test", "local"]);
  });

  it("takes an unlisted chain seriously and says that it is unlisted", () => {
    const unlisted = networkOf(424242);
    expect(unlisted).to.include({ kind: "main", name: "unlisted chain 424242" });
    expect(unlisted.finality).to.deep.equal({ kind: "confirmations", count: 64 });
    expect(unlisted.maxHeadAgeSeconds).to.be.a("number");
  });

  it("prefers what the operator says of a chain", () => {
    const own = { ...networkOf(1337), chainId: 424242, name: "campus" };
    expect(networkOf(424242, [own])).to.equal(own);
  });

  it("sets a limit to the head's age on every chain that is alive and not local", () => {
    for (const chainId of [1, 10, 50, 51, 100, 137, 8453, 42161, 80002, 84532, 560048, 11155111]) {
      expect(networkOf(chainId).maxHeadAgeSeconds, String(chainId)).to.be.a("number");
    }
    expect(networkOf(1337).maxHeadAgeSeconds).to.equal(undefined);
  });
});

describe("describeFinality", () => {
  it("speaks of minutes, blocks, or at once", () => {
    expect(describeFinality(networkOf(1))).to.equal("about 15 min");
    expect(describeFinality(networkOf(1337))).to.equal("at once");
    expect(describeFinality(networkOf(50))).to.equal("32 blocks, about 2 min");
  });
});
