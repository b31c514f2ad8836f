/** The recognition register: who may recognise whom, that scopes only narrow, and that the past stays readable. */
import { expect } from "chai";
import { id, toUtf8Bytes, ZeroAddress } from "ethers";
import fc from "fast-check";
import { holds } from "../support/property.ts";
import { accounts, as, deploy, freshChain, mined, type RecognitionRegistry, type Signer } from "./support/chain.ts";

const { ethers, networkHelpers } = await freshChain();
const [ministry, accreditor, stranger, club, faculty] = await accounts(ethers);

interface Scope {
  readonly types: bigint;
  readonly level: number;
  readonly jurisdiction: string;
  readonly from: number;
  readonly until: number;
  readonly depth: number;
}

const FOREVER = 2 ** 48 - 1;
const EVERYWHERE = place("");

/** ISO 3166 code as the contract takes it: 6 bytes, filled with zeros on the right. */
function place(code: string): string {
  return `0x${Buffer.from(toUtf8Bytes(code)).toString("hex").padEnd(12, "0")}`;
}

const WIDE: Scope = { types: 0xffn, level: 8, jurisdiction: EVERYWHERE, from: 0, until: FOREVER, depth: 3 };
const LEAF: Scope = { ...WIDE, depth: 0 };
const DID = "did:web:uni.example";

async function deployRegistry(): Promise<RecognitionRegistry> {
  return await deploy(ethers, "RecognitionRegistry", []);
}

/** Recognises, and answers with the number and the block of the grant. */
async function recognise(
  registry: RecognitionRegistry,
  by: Signer,
  scope: Scope,
  { text = DID, delegate = ZeroAddress, parent = 0n }: { text?: string; delegate?: string; parent?: bigint } = {},
): Promise<{ number: bigint; block: number }> {
  const receipt = await mined(as(registry, by).recognise(text, delegate, parent, scope));
  return { number: (await registry.count()) as bigint, block: receipt.blockNumber };
}

const now = { blockNumber: FOREVER, time: 1_000_000, knownAt: FOREVER };

describe("RecognitionRegistry.recognise", () => {
  it("lets anybody recognise a subject in their own right", async () => {
    const registry = await networkHelpers.loadFixture(deployRegistry);
    const scope: Scope = { types: 5n, level: 4, jurisdiction: place("DE-BY"), from: 10, until: 20, depth: 2 };
    await expect(as(registry, club).recognise(DID, accreditor, 0, scope))
      .to.emit(registry, "Recognised")
      .withArgs(1, club.address, id(DID), DID);
    const found = await registry.recognitionOf(1);
    expect(found.toObject(true)).to.deep.equal({
      recogniser: club.address,
      parent: 0n,
      delegate: accreditor.address,
      grantedAt: BigInt(await ethers.provider.getBlockNumber()),
      subject: id(DID),
      scope: { types: 5n, level: 4n, jurisdiction: place("DE-BY"), from: 10n, until: 20n, depth: 2n },
    });
    expect(await registry.count()).to.equal(1n);
    expect([...(await registry.recognitionsUnder(club, id(DID)))]).to.deep.equal([1n]);
  });

  it("knows nothing of numbers that were not given", async () => {
    const registry = await networkHelpers.loadFixture(deployRegistry);
    for (const call of [registry.recognitionOf(1), registry.chainOf(1), registry.withdraw(1, 1, 0)]) {
      await expect(call).to.be.revertedWithCustomError(registry, "UnknownRecognition").withArgs(1);
    }
    expect(await registry.isInForce(0, now)).to.equal(false);
    expect(await registry.isInForce(1, now)).to.equal(false);
  });

  const SUBJECTS: readonly (readonly [string, boolean])[] = [
    ["did:web:uni.example", true],
    ["did:web:Uni.Example:Path", true],
    [`did:x:${"a".repeat(506)}`, true],
    [`did:x:${"a".repeat(507)}`, false],
    ["eip155:1:0x00000000000000000000000000000000deadbeef", true],
    ["eip155:1:0x00000000000000000000000000000000DeadBeef", false],
    ["eip155:1", true],
    ["eip155:", false],
    ["eip156:1:0x00", false],
    ["did:", false],
    ["dad:web", false],
    ["https://uni.example", false],
    ["", false],
  ];
  for (const [text, answer] of SUBJECTS) {
    it(`${answer ? "accepts" : "refuses"} the subject "${text.slice(0, 50)}" of ${text.length} bytes`, async () => {
      const registry = await networkHelpers.loadFixture(deployRegistry);
      const sent = registry.recognise(text, ZeroAddress, 0, LEAF);
      if (answer) await mined(sent);
      else await expect(sent).to.be.revertedWithCustomError(registry, "SubjectInvalid").withArgs(text);
    });
  }

  const PLACES: readonly (readonly [string, boolean])[] = [
    ["", true],
    ["DE", true],
    ["AZ", true],
    ["DE-B", true],
    ["DE-BY", true],
    ["FR-75C", true],
    ["AF-099", true],
    ["D", false],
    ["de", false],
    ["D1", false],
    ["1D", false],
    ["[D", false],
    ["D[", false],
    ["@D", false],
    ["D@", false],
    ["DEU", false],
    ["DE-", false],
    ["DE-by", false],
    ["DE/BY", false],
    ["DE-B\0C", false],
    ["DE-\0C", false],
    ["DE-/", false],
    ["DE-:", false],
    ["DE-B@", false],
    ["DE-BY[", false],
    ["DE-BY-", false],
    ["\0\0DE", false],
    ["DE\0\0A", false],
  ];
  for (const [code, answer] of PLACES) {
    it(`${answer ? "accepts" : "refuses"} the jurisdiction ${JSON.stringify(code)}`, async () => {
      const registry = await networkHelpers.loadFixture(deployRegistry);
      const jurisdiction = place(code);
      const sent = registry.recognise(DID, ZeroAddress, 0, { ...LEAF, jurisdiction });
      if (answer) await mined(sent);
      else {
        await expect(sent).to.be.revertedWithCustomError(registry, "JurisdictionInvalid").withArgs(jurisdiction);
      }
    });
  }

  const SCOPES: readonly (readonly [string, Partial<Scope>, boolean])[] = [
    ["no types", { types: 0n }, false],
    ["all types", { types: 2n ** 96n - 1n }, true],
    ["level 8", { level: 8 }, true],
    ["level 9", { level: 9 }, false],
    ["level 0", { level: 0 }, true],
    ["no duration", { from: 5, until: 5 }, false],
    ["one second", { from: 5, until: 6 }, true],
    ["an end before its beginning", { from: 6, until: 5 }, false],
    ["8 further steps", { depth: 8 }, true],
    ["9 further steps", { depth: 9 }, false],
  ];
  for (const [what, part, answer] of SCOPES) {
    it(`${answer ? "accepts" : "refuses"} a scope of ${what}`, async () => {
      const registry = await networkHelpers.loadFixture(deployRegistry);
      const scope = { ...LEAF, ...part };
      const sent = registry.recognise(DID, scope.depth === 0 ? ZeroAddress : accreditor, 0, scope);
      if (answer) await mined(sent);
      else await expect(sent).to.be.revertedWithCustomError(registry, "ScopeInvalid");
    });
  }

  it("wants a delegate exactly where something may be passed on", async () => {
    const registry = await networkHelpers.loadFixture(deployRegistry);
    await expect(registry.recognise(DID, ZeroAddress, 0, WIDE))
      .to.be.revertedWithCustomError(registry, "DelegateInvalid")
      .withArgs(ZeroAddress, 3);
    await expect(registry.recognise(DID, accreditor, 0, LEAF))
      .to.be.revertedWithCustomError(registry, "DelegateInvalid")
      .withArgs(accreditor.address, 0);
  });
});

describe("RecognitionRegistry and what is passed on", () => {
  const GIVEN: Scope = { types: 0b1111n, level: 6, jurisdiction: place("DE"), from: 100, until: FOREVER, depth: 2 };

  /** The ministry recognises the accreditor, for Germany. */
  async function deployChain(): Promise<{ registry: RecognitionRegistry; parent: bigint }> {
    const registry = await deployRegistry();
    const { number } = await recognise(registry, ministry, GIVEN, {
      text: "did:web:accreditor.example",
      delegate: accreditor.address,
    });
    return { registry, parent: number };
  }

  it("is passed on by the delegate alone", async () => {
    const { registry, parent } = await networkHelpers.loadFixture(deployChain);
    for (const caller of [stranger, ministry]) {
      await expect(as(registry, caller).recognise(DID, ZeroAddress, parent, { ...GIVEN, depth: 0 }))
        .to.be.revertedWithCustomError(registry, "NotYours")
        .withArgs(parent, caller.address);
    }
    const { number } = await recognise(registry, accreditor, { ...GIVEN, depth: 0 }, { parent });
    expect([...(await registry.chainOf(number))]).to.deep.equal([number, parent]);
  });

  it("appears under the root of its chain, and under nobody else", async () => {
    const { registry, parent } = await networkHelpers.loadFixture(deployChain);
    const { number } = await recognise(
      registry,
      accreditor,
      { ...GIVEN, depth: 1 },
      {
        parent,
        delegate: faculty.address,
      },
    );
    const last = await recognise(
      registry,
      faculty,
      { ...GIVEN, depth: 0 },
      { parent: number, text: "did:web:f.example" },
    );
    expect([...(await registry.recognitionsUnder(ministry, id(DID)))]).to.deep.equal([number]);
    expect([...(await registry.recognitionsUnder(ministry, id("did:web:f.example")))]).to.deep.equal([last.number]);
    expect([...(await registry.recognitionsUnder(accreditor, id(DID)))]).to.deep.equal([]);
    expect([...(await registry.chainOf(last.number))]).to.deep.equal([last.number, number, parent]);
  });

  const WIDER: readonly (readonly [string, Partial<Scope>])[] = [
    ["another type", { types: 0b10001n }],
    ["a higher level", { level: 7 }],
    ["another country", { jurisdiction: place("AT") }],
    ["another country's subdivision", { jurisdiction: place("AT-1") }],
    ["everywhere", { jurisdiction: EVERYWHERE }],
    ["an earlier beginning", { from: 99 }],
    ["as many further steps", { depth: 2 }],
    ["more further steps", { depth: 3 }],
  ];
  for (const [what, part] of WIDER) {
    it(`is refused for ${what}`, async () => {
      const { registry, parent } = await networkHelpers.loadFixture(deployChain);
      const scope = { ...GIVEN, depth: 1, ...part };
      await expect(as(registry, accreditor).recognise(DID, faculty, parent, scope))
        .to.be.revertedWithCustomError(registry, "ScopeWiderThanParent")
        .withArgs(parent);
    });
  }

  it("is refused for a later end", async () => {
    const registry = await networkHelpers.loadFixture(deployRegistry);
    const until = 4_000_000_000;
    const { number: parent } = await recognise(
      registry,
      ministry,
      { ...GIVEN, until },
      { delegate: accreditor.address },
    );
    const sent = as(registry, accreditor).recognise(DID, ZeroAddress, parent, { ...GIVEN, depth: 0, until: until + 1 });
    await expect(sent).to.be.revertedWithCustomError(registry, "ScopeWiderThanParent");
    await recognise(registry, accreditor, { ...GIVEN, depth: 0, until }, { parent });
  });

  it("a subdivision is not widened to its country", async () => {
    const registry = await networkHelpers.loadFixture(deployRegistry);
    const bavaria = { ...GIVEN, jurisdiction: place("DE-BY") };
    const { number: parent } = await recognise(registry, ministry, bavaria, { delegate: accreditor.address });
    for (const code of ["DE", "DE-B", "DE-BE", "DE-BYX"]) {
      const scope = { ...GIVEN, depth: 0, jurisdiction: place(code) };
      await expect(as(registry, accreditor).recognise(DID, ZeroAddress, parent, scope)).to.be.revertedWithCustomError(
        registry,
        "ScopeWiderThanParent",
      );
    }
    await recognise(registry, accreditor, { ...bavaria, depth: 0 }, { parent });
  });

  it("may be narrower in everything", async () => {
    const { registry, parent } = await networkHelpers.loadFixture(deployChain);
    const scope: Scope = { types: 0b100n, level: 0, jurisdiction: place("DE-BE"), from: 101, until: 5000, depth: 0 };
    const { number } = await recognise(registry, accreditor, scope, { parent });
    expect(number).to.equal(parent + 1n);
  });

  it("is refused once the parent, or one above it, is withdrawn, has ended or not begun", async () => {
    const { registry, parent } = await networkHelpers.loadFixture(deployChain);
    const { number } = await recognise(
      registry,
      accreditor,
      { ...GIVEN, depth: 1 },
      {
        parent,
        delegate: faculty.address,
      },
    );
    const block = await ethers.provider.getBlockNumber();
    await as(registry, ministry).withdraw(parent, block, 0);
    await expect(as(registry, faculty).recognise(DID, ZeroAddress, number, { ...GIVEN, depth: 0 }))
      .to.be.revertedWithCustomError(registry, "NotInForce")
      .withArgs(number);

    const time = await networkHelpers.time.latest();
    for (const period of [
      { from: 1, until: time - 1 },
      { from: time + 10_000, until: time + 20_000 },
    ]) {
      const other = await recognise(registry, ministry, { ...GIVEN, ...period }, { delegate: accreditor.address });
      const sent = as(registry, accreditor).recognise(DID, ZeroAddress, other.number, {
        ...GIVEN,
        ...period,
        depth: 0,
      });
      await expect(sent).to.be.revertedWithCustomError(registry, "NotInForce").withArgs(other.number);
    }
  });

  it("reaches at most nine steps", async () => {
    const registry = await networkHelpers.loadFixture(deployRegistry);
    let parent = 0n;
    for (let depth = 8; depth >= 0; depth -= 1) {
      const delegate = depth === 0 ? ZeroAddress : ministry.address;
      ({ number: parent } = await recognise(registry, ministry, { ...WIDE, depth }, { parent, delegate }));
    }
    expect((await registry.chainOf(parent)).length).to.equal(9);
    const sent = as(registry, ministry).recognise(DID, ZeroAddress, parent, LEAF);
    await expect(sent).to.be.revertedWithCustomError(registry, "NotYours");
  });
});

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
