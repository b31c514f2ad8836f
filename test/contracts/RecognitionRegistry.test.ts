/** The recognition register: who may recognise whom, and that scopes only narrow. */
import { expect } from "chai";
import { id, ZeroAddress } from "ethers";
import { as, mined, type RecognitionRegistry } from "./support/chain.ts";
import {
  accreditor,
  club,
  deployRegistry,
  DID,
  ethers,
  EVERYWHERE,
  faculty,
  FOREVER,
  LEAF,
  ministry,
  networkHelpers,
  now,
  place,
  recognise,
  type Scope,
  stranger,
  WIDE,
} from "./support/registry.ts";

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
