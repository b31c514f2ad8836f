import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import type { BatchStore, SealedEntry } from "../../src/core/ports/batches.ts";
import { fsck } from "../../src/issue/fsck.ts";
import { issue } from "../../src/issue/issue.ts";
import { BATCH_FILE, INDEX_FILE } from "../../src/issue/names.ts";
import { openLedger } from "../support/fake-ledger.ts";
import { filesOf, portsOver, requestTo, rosterOf, type World } from "../support/issuing.ts";
import { openMemoryStore } from "../support/memory-store.ts";
import { withTemporaryDirectory } from "../support/temporary.ts";

describe("fsck", () => {
  const temporary = withTemporaryDirectory();
  const out = (): string => join(temporary(), "out");
  let world: World;
  let batch: string;

  beforeEach(async () => {
    world = { ledger: openLedger(), batches: openMemoryStore(), files: filesOf(rosterOf(5)) };
    ({ batch } = await issue(requestTo(out()), portsOver(world)));
  });

  /** What it finds, with the store seen through some glass. */
  async function findings(changes: Partial<BatchStore> = {}, ledger = world.ledger): Promise<readonly string[]> {
    const ports = portsOver({ ...world, batches: { ...world.batches, ...changes } });
    const report = await fsck({ ...ports, findAnchor: async (_, root) => ledger.anchorer().findAnchor(root) });
    expect(report.batches).to.equal(world.batches.listBatches().length);
    return report.problems.map(({ what }) => what);
  }
  const altered = (alter: (entry: SealedEntry) => SealedEntry): Partial<BatchStore> => ({
    async *readSealed(id) {
      for await (const entry of world.batches.readSealed(id)) yield entry.row === 3 ? alter(entry) : entry;
    },
  });
  const fileOf = (row: number): string => `${batch.slice(-8)}-00000${row}.json`;

  it("finds nothing where everything agrees, and counts what it compared", async () => {
    expect(await findings()).to.deep.equal([]);
    const report = await fsck(portsOver(world));
    expect(report).to.deep.equal({ batches: 1, documents: 5, problems: [] });
  });

  it("finds a document that was changed, one that is missing, and both files beside them", async () => {
    writeFileSync(join(out(), fileOf(2)), "{}");
    rmSync(join(out(), fileOf(4)));
    writeFileSync(join(out(), INDEX_FILE), "row\r\n");
    rmSync(join(out(), BATCH_FILE));
    const found = await findings();
    expect(found).to.have.length(4);
    for (const [at, name] of [fileOf(2), fileOf(4), BATCH_FILE, INDEX_FILE].entries())
      expect(found[at]).to.contain(name);
  });

  it("finds a stored leaf that was changed", async () => {
    expect(await findings(altered((entry) => ({ ...entry, leaf: `0x${"11".repeat(32)}` })))).to.have.length(1);
  });

  it("finds stored content that was changed under its leaf", async () => {
    const found = await findings(altered((entry) => ({ ...entry, sealed: entry.sealed.replace("Zoë", "Zoé") })));
    expect(found).to.have.length(1);
  });

  it("finds it in a batch that has no documents yet as well", async () => {
    const early: World = { ledger: openLedger(), batches: openMemoryStore(), files: filesOf(rosterOf(5)) };
    const request = requestTo(join(temporary(), "early"));
    await issue(request, { ...portsOver(early), approve: () => false }).catch(() => undefined);
    const { readSealed } = early.batches;
    const changed: BatchStore = {
      ...early.batches,
      async *readSealed(id) {
        for await (const entry of readSealed(id))
          yield entry.row === 3 ? { ...entry, sealed: entry.sealed.replace("Zoë", "Zoé") } : entry;
      },
    };
    expect((await fsck(portsOver(early))).problems).to.deep.equal([]);
    expect((await fsck(portsOver({ ...early, batches: changed }))).problems).to.have.length(1);
  });

  it("finds credentials that are gone", async () => {
    const readSealed: BatchStore["readSealed"] = async function* (id) {
      for await (const entry of world.batches.readSealed(id)) if (entry.row !== 5) yield entry;
    };
    expect(await findings({ readSealed })).to.have.length(1);
  });

  it("finds a chain that does not have the root, or has it from somebody else, or in another block", async () => {
    expect(await findings({}, openLedger())).to.have.length(1);
    const other = openLedger();
    const theirs = other.anchorer("0x70997970c51812dc3a010c7d01b50e0d17dc79c8");
    const root = world.batches.historyOf(batch).find(({ state }) => state === "rooted")?.detail["root"];
    await theirs.broadcast(await theirs.sign(root as `0x${string}`));
    other.mine();
    expect(await findings({}, other)).to.have.length(1);
    other.mine();
    const late = openLedger();
    late.mine();
    const ours = late.anchorer();
    await ours.broadcast(await ours.sign(root as `0x${string}`));
    late.mine();
    expect(await findings({}, late)).to.have.length(1);
  });

  it("finds a history that no run can have written", async () => {
    const historyOf: BatchStore["historyOf"] = (id) =>
      world.batches
        .historyOf(id)
        .filter(({ state }) => state !== "signed" && state !== "broadcast" && state !== "mined");
    expect(await findings({ historyOf })).to.have.length(1);
  });

  it("finds two batches with one root", async () => {
    const twin = "20261122-00000000";
    const order = world.batches.findBatch(batch);
    const changes: Partial<BatchStore> = {
      listBatches: () => (order === undefined ? [] : [order, { ...order, id: twin }]),
      findBatch: () => order,
    };
    const ports = portsOver({ ...world, batches: { ...world.batches, ...changes } });
    const report = await fsck({
      ...ports,
      batches: { ...ports.batches, historyOf: () => world.batches.historyOf(batch) },
    });
    expect(
      report.problems.map(({ what }) => what).filter((what) => what.includes("has the root of batch")),
    ).to.have.length(1);
  });
});
