/** The recognition register over time: withdrawals, what is in force when, and what is found. */
import { expect } from "chai";
import { id } from "ethers";
import fc from "fast-check";
import { holds } from "../support/property.ts";
import { as, mined, type RecognitionRegistry, type Signer } from "./support/chain.ts";
import {
  accreditor,
  club,
  deployRegistry,
  DID,
  ethers,
  FOREVER,
  LEAF,
  ministry,
  networkHelpers,
  now,
  place,
  recognise,
  stranger,
  WIDE,
} from "./support/registry.ts";

describe("RecognitionRegistry.withdraw", () => {
  async function deployGranted(): Promise<{ registry: RecognitionRegistry; number: bigint; block: number }> {
    const registry = await deployRegistry();
    const granted = await recognise(registry, ministry, LEAF);
    await networkHelpers.mine(10);
    return { registry, ...granted };
  }

  it("is for the recogniser alone", async () => {
    const { registry, number, block } = await networkHelpers.loadFixture(deployGranted);
    await expect(as(registry, stranger).withdraw(number, block, 0))
      .to.be.revertedWithCustomError(registry, "NotYours")
      .withArgs(number, stranger.address);
  });

  it("counts from a block between the grant and now", async () => {
    const { registry, number, block } = await networkHelpers.loadFixture(deployGranted);
    const current = await ethers.provider.getBlockNumber();
    for (const invalid of [block - 1, current + 2]) {
      await expect(as(registry, ministry).withdraw(number, invalid, 0))
        .to.be.revertedWithCustomError(registry, "WithdrawalBlockInvalid")
        .withArgs(number, invalid);
    }
    const next = (await ethers.provider.getBlockNumber()) + 1;
    await expect(as(registry, ministry).withdraw(number, next, 4))
      .to.emit(registry, "Withdrawn")
      .withArgs(number, next, 4);
    await as(registry, ministry).withdraw(number, block, 5);
  });

  it("moves only to an earlier block", async () => {
    const { registry, number, block } = await networkHelpers.loadFixture(deployGranted);
    await as(registry, ministry).withdraw(number, block + 3, 0);
    for (const later of [block + 3, block + 4]) {
      await expect(as(registry, ministry).withdraw(number, later, 0))
        .to.be.revertedWithCustomError(registry, "WithdrawalNotEarlier")
        .withArgs(number, block + 3, later);
    }
    await as(registry, ministry).withdraw(number, block + 2, 0);
    expect(await registry.withdrawnSince(number, FOREVER)).to.equal(block + 2);
  });

  it("keeps what was anchored before, and voids what came after", async () => {
    const { registry, number, block } = await networkHelpers.loadFixture(deployGranted);
    await as(registry, ministry).withdraw(number, block + 5, 0);
    for (const [blockNumber, answer] of [
      [block - 1, false],
      [block, true],
      [block + 4, true],
      [block + 5, false],
      [FOREVER, false],
    ] as const) {
      expect(await registry.isInForce(number, { ...now, blockNumber })).to.equal(answer);
    }
  });

  it("leaves every earlier state readable: what was known at a block stays known", async () => {
    const { registry, number, block } = await networkHelpers.loadFixture(deployGranted);
    const first = await mined(as(registry, ministry).withdraw(number, block + 5, 1));
    const second = await mined(as(registry, ministry).withdraw(number, block, 2));
    const at = { ...now, blockNumber: block + 1 };
    for (const [knownAt, since, inForce] of [
      [first.blockNumber - 1, 0, true],
      [first.blockNumber, block + 5, true],
      [second.blockNumber - 1, block + 5, true],
      [second.blockNumber, block, false],
      [FOREVER, block, false],
    ] as const) {
      expect(await registry.withdrawnSince(number, knownAt)).to.equal(since);
      expect(await registry.isInForce(number, { ...at, knownAt })).to.equal(inForce);
    }
    expect((await registry.withdrawalsOf(number)).map((entry: bigint[]) => [...entry])).to.deep.equal([
      [BigInt(first.blockNumber), BigInt(block + 5), 1n],
      [BigInt(second.blockNumber), BigInt(block), 2n],
    ]);
    expect((await registry.recognitionOf(number)).recogniser).to.equal(ministry.address);
  });

  it("takes with it what was passed on", async () => {
    const registry = await networkHelpers.loadFixture(deployRegistry);
    const { number: parent } = await recognise(registry, ministry, WIDE, { delegate: accreditor.address });
    const { number, block } = await recognise(registry, accreditor, LEAF, { parent });
    await networkHelpers.mine(5);
    await as(registry, ministry).withdraw(parent, block + 2, 0);
    expect(await registry.isInForce(number, { ...now, blockNumber: block + 1 })).to.equal(true);
    expect(await registry.isInForce(number, { ...now, blockNumber: block + 2 })).to.equal(false);
    expect(await registry.withdrawnSince(number, FOREVER)).to.equal(0n);
  });
});

describe("RecognitionRegistry.isInForce", () => {
  it("counts from the first second to before the last", async () => {
    const registry = await networkHelpers.loadFixture(deployRegistry);
    const { number } = await recognise(registry, ministry, { ...LEAF, from: 100, until: 200 });
    for (const [time, answer] of [
      [99, false],
      [100, true],
      [199, true],
      [200, false],
    ] as const) {
      expect(await registry.isInForce(number, { ...now, time })).to.equal(answer);
    }
  });
});

describe("RecognitionRegistry.findRecognition", () => {
  async function deployTwo(): Promise<RecognitionRegistry> {
    const registry = await deployRegistry();
    await recognise(registry, ministry, { ...LEAF, types: 0b1n, level: 3, jurisdiction: place("DE") });
    await recognise(registry, ministry, { ...LEAF, types: 0b110n, level: 6, jurisdiction: place("DE-BY") });
    await recognise(registry, club, { ...LEAF, types: 0b1000n, level: 0 });
    return registry;
  }

  const QUESTIONS: readonly (readonly [string, Signer, bigint, number, string, bigint])[] = [
    ["the first that covers it", ministry, 0b1n, 3, "DE", 1n],
    ["a subdivision by its country", ministry, 0b1n, 0, "DE-BE", 1n],
    ["a later one where the first does not cover it", ministry, 0b110n, 6, "DE-BY", 2n],
    ["none for a higher level", ministry, 0b1n, 4, "DE", 0n],
    ["none for a place beyond", ministry, 0b110n, 6, "DE", 0n],
    ["none for everywhere", ministry, 0b1n, 3, "", 0n],
    ["none for a type nobody gave", ministry, 0b10000n, 0, "DE-BY", 0n],
    ["none for types that only two together cover", ministry, 0b11n, 0, "DE-BY", 0n],
    ["none for no type at all", ministry, 0n, 0, "DE-BY", 0n],
    ["none from another root", ministry, 0b1000n, 0, "", 0n],
    ["a club's recognition, for those who trust the club", club, 0b1000n, 0, "", 3n],
    ["none from a root that recognises nobody", stranger, 0b1n, 0, "DE", 0n],
  ];
  for (const [what, root, types, level, code, answer] of QUESTIONS) {
    it(`finds ${what}`, async () => {
      const registry = await networkHelpers.loadFixture(deployTwo);
      expect(await registry.findRecognition(root, id(DID), types, level, place(code), now)).to.equal(answer);
    });
  }

  it("finds none for another subject, and none that is not in force", async () => {
    const registry = await networkHelpers.loadFixture(deployTwo);
    expect(await registry.findRecognition(ministry, id("did:web:x"), 1, 0, place("DE"), now)).to.equal(0n);
    await as(registry, ministry).withdraw(1, await ethers.provider.getBlockNumber(), 0);
    expect(await registry.findRecognition(ministry, id(DID), 1, 0, place("DE"), now)).to.equal(0n);
  });

  it("is not made slower by strangers: they cannot add to a root's list", async () => {
    const registry = await networkHelpers.loadFixture(deployTwo);
    for (let i = 0; i < 3; i += 1) await recognise(registry, stranger, LEAF);
    expect((await registry.recognitionsUnder(ministry, id(DID))).length).to.equal(2);
  });
});

describe("the order on places", () => {
  it("is the one of ISO 3166: a code lies within itself, its country and everywhere", async () => {
    const codes = ["", "DE", "AT", "DE-B", "DE-BY", "DE-BE", "AT-1", "DE-BYX"];
    const isWithin = (inner: string, outer: string): boolean =>
      outer === "" || inner === outer || (outer.length === 2 && inner.startsWith(`${outer}-`));
    const run = fc.asyncProperty(fc.constantFrom(...codes), fc.constantFrom(...codes), async (inner, outer) => {
      const registry = await networkHelpers.loadFixture(deployRegistry);
      await recognise(registry, ministry, { ...LEAF, jurisdiction: place(outer) });
      const found: unknown = await registry.findRecognition(ministry, id(DID), 1, 0, place(inner), now);
      expect(found === 1n, `${inner} within ${outer}`).to.equal(isWithin(inner, outer));
    });
    await holds(run, 1);
  });
});
