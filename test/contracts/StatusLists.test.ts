/** Status lists: two bitmaps, one permanent, one reversible, against a plain model. */
import { expect } from "chai";
import { id } from "ethers";
import fc from "fast-check";
import { holds } from "../support/property.ts";
import { accounts, deploy, type DocumentStore, freshChain, mined } from "./support/chain.ts";

const { ethers, networkHelpers } = await freshChain();
const [owner] = await accounts(ethers);

const REVOKE = 0;
const SUSPEND = 1;
const REINSTATE = 2;
const list = id("list");

async function deployStore(): Promise<DocumentStore> {
  return await deploy(ethers, "DocumentStore", ["University of Somewhere", owner]);
}

describe("DocumentStore.setStatus", () => {
  it("revokes an entry for ever", async () => {
    const store = await networkHelpers.loadFixture(deployStore);
    await store.setStatus(list, REVOKE, 0, [0b100n], 1);
    await store.setStatus(list, REINSTATE, 0, [0b100n], 1);
    expect([...(await store.statusOf(list, 2))]).to.deep.equal([true, false]);
  });

  it("suspends an entry and reinstates it, again and again", async () => {
    const store = await networkHelpers.loadFixture(deployStore);
    for (let round = 0; round < 3; round += 1) {
      await store.setStatus(list, SUSPEND, 0, [0b10n], 6);
      expect([...(await store.statusOf(list, 1))]).to.deep.equal([false, true]);
      await store.setStatus(list, REINSTATE, 0, [0b10n], 8);
      expect([...(await store.statusOf(list, 1))]).to.deep.equal([false, false]);
    }
  });

  it("keeps revoked and suspended apart", async () => {
    const store = await networkHelpers.loadFixture(deployStore);
    await store.setStatus(list, REVOKE, 0, [0b01n], 0);
    await store.setStatus(list, SUSPEND, 0, [0b11n], 0);
    expect([...(await store.statusOf(list, 0))]).to.deep.equal([true, true]);
    await store.setStatus(list, REINSTATE, 0, [0b01n], 0);
    expect([...(await store.statusOf(list, 0))]).to.deep.equal([true, false]);
    expect([...(await store.statusOf(list, 1))]).to.deep.equal([false, true]);
  });

  it("touches the named entries of the named list only", async () => {
    const store = await networkHelpers.loadFixture(deployStore);
    await store.setStatus(list, REVOKE, 3, [0n, 1n << 255n], 0);
    expect((await store.statusOf(list, 4 * 256 + 255)).revoked).to.equal(true);
    for (const [otherList, index] of [
      [list, 4 * 256 + 254],
      [list, 5 * 256],
      [list, 3 * 256 + 255],
      [list, 255],
      [id("other list"), 4 * 256 + 255],
    ] as const) {
      expect((await store.statusOf(otherList, index)).revoked).to.equal(false);
    }
  });

  it("emits one event for a range of words, with the reason", async () => {
    const store = await networkHelpers.loadFixture(deployStore);
    const receipt = await mined(store.setStatus(list, SUSPEND, 7, [1n, 0n, 3n], 6));
    expect(receipt.logs.length).to.equal(1);
    await expect(store.setStatus(list, SUSPEND, 7, [1n, 0n, 3n], 6))
      .to.emit(store, "StatusChanged")
      .withArgs(list, SUSPEND, 7, [1n, 0n, 3n], 6);
  });

  it("may be repeated: what is already so is no error", async () => {
    const store = await networkHelpers.loadFixture(deployStore);
    for (let round = 0; round < 2; round += 1) await store.setStatus(list, REVOKE, 0, [5n], 0);
    expect([...(await store.statusWords(list, 0, 1)).revoked]).to.deep.equal([5n]);
  });

  it("refuses a fourth kind of change, and words beyond the last", async () => {
    const store = await networkHelpers.loadFixture(deployStore);
    await expect(store.setStatus(list, 3, 0, [1n], 0)).to.be.revert(ethers);
    for (const change of [REVOKE, SUSPEND]) {
      await expect(store.setStatus(list, change, 2n ** 256n - 1n, [1n, 1n], 0)).to.be.revertedWithPanic(0x11);
    }
  });

  it("agrees with a plain model after any run of changes", async () => {
    const bits = fc.oneof(
      fc.constant(0n),
      fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
      fc.nat(255).map((bit) => 1n << BigInt(bit)),
    );
    const change = fc.record({
      kind: fc.constantFrom(REVOKE, SUSPEND, REINSTATE),
      firstWord: fc.nat(5),
      bits: fc.array(bits, { maxLength: 4 }),
    });
    const run = fc.asyncProperty(fc.array(change, { maxLength: 12 }), async (changes) => {
      const store = await networkHelpers.loadFixture(deployStore);
      const revoked = Array.from({ length: 9 }, () => 0n);
      const suspended = [...revoked];
      for (const { kind, firstWord, bits } of changes) {
        await store.setStatus(list, kind, firstWord, bits, 0);
        for (const [i, mask] of bits.entries()) {
          const word = firstWord + i;
          if (kind === REVOKE) revoked[word] = revoked[word]! | mask;
          if (kind === SUSPEND) suspended[word] = suspended[word]! | mask;
          if (kind === REINSTATE) suspended[word] = suspended[word]! & ~mask;
        }
      }
      const words = await store.statusWords(list, 0, 9);
      expect([...words.revoked]).to.deep.equal(revoked);
      expect([...words.suspended]).to.deep.equal(suspended);
    });
    await holds(run, 0.2);
  });
});

describe("DocumentStore.statusWords", () => {
  it("reads both bitmaps of a range, zero where nothing was written", async () => {
    const store = await networkHelpers.loadFixture(deployStore);
    await store.setStatus(list, REVOKE, 1, [7n], 0);
    await store.setStatus(list, SUSPEND, 2, [9n], 0);
    const { revoked, suspended } = await store.statusWords(list, 1, 3);
    expect([...revoked]).to.deep.equal([7n, 0n, 0n]);
    expect([...suspended]).to.deep.equal([0n, 9n, 0n]);
    expect([...(await store.statusWords(list, 0, 0)).revoked]).to.deep.equal([]);
  });

  it("reads a list of 1,000,000 in two calls", async () => {
    const store = await networkHelpers.loadFixture(deployStore);
    await store.setStatus(list, REVOKE, 3906, [1n << 63n], 0);
    const first = await store.statusWords(list, 0, 2000);
    const second = await store.statusWords(list, 2000, 1907);
    expect([first.revoked.length, second.suspended.length]).to.deep.equal([2000, 1907]);
    expect(second.revoked[1906]).to.equal(1n << 63n);
    expect(await store.statusWords.estimateGas(list, 0, 2000)).to.be.lessThan(10_000_000n);
  });
});
