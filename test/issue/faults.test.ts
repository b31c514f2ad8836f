/** Every call the job makes to the world fails once, in both forms: as the end of the process, and as trouble that passes. */

import { join } from "node:path";

import { expect } from "chai";

import { TestamurError } from "../../src/core/errors.ts";
import { issue } from "../../src/issue/issue.ts";
import type { IssueResult } from "../../src/issue/result.ts";
import { resume } from "../../src/issue/resume.ts";
import { openLedger } from "../support/fake-ledger.ts";
import { Death, faultyPorts, type Fault, type Suspects } from "../support/faulty-ports.ts";
import type { Form } from "../support/faulty-disk.ts";
import { expectConsistent, filesOf, portsOver, requestTo, type World } from "../support/issuing.ts";
import { openMemoryStore } from "../support/memory-store.ts";
import { withTemporaryDirectory } from "../support/temporary.ts";

const EVERYTHING: Suspects = ["batches", "anchorer", "directory", "sealed"];
const FORMS: readonly Form[] = ["undone", "done"];

describe("issue, when the world fails", () => {
  const temporary = withTemporaryDirectory();

  /** Mined only when waited for, final two blocks later: so that every kind of call is made. */
  const newWorld = (): World => ({
    ledger: openLedger({ finalAfter: 2 }),
    batches: openMemoryStore(),
    files: filesOf(),
  });

  /** The calls of a run that nothing disturbs. */
  async function callsOf(suspects: Suspects): Promise<readonly string[]> {
    const faulty = faultyPorts(portsOver(newWorld()), { at: 0, form: "undone", error: () => new Death() }, suspects);
    await issue(requestTo(join(temporary(), "calls")), faulty.ports);
    return faulty.calls;
  }

  /** Runs with one fault, then again until it ends well. */
  async function survive(world: World, out: string, fault: Fault, suspects: Suspects): Promise<IssueResult> {
    const faulty = faultyPorts(portsOver(world), fault, suspects);
    try {
      return await issue(requestTo(out), faulty.ports);
    } catch (error) {
      if (!(error instanceof Death) && !(error instanceof TestamurError)) throw error;
      const [order] = world.batches.listBatches();
      return order === undefined ? issue(requestTo(out), portsOver(world)) : resume(order.id, portsOver(world));
    }
  }

  for (const form of FORMS)
    it(`finishes after the process died at any call that was ${form}`, async () => {
      const calls = await callsOf(EVERYTHING);
      expect(new Set(calls)).to.include.members([
        "batches.createBatch",
        "sealed.commit",
        "batches.recordTransaction",
        "anchorer.broadcast",
        "anchorer.nextBlock",
        "directory.release",
      ]);
      for (const [index, name] of calls.entries()) {
        const world = newWorld();
        const fault = { at: index + 1, form, error: () => new Death(name) };
        const result = await survive(world, join(temporary(), `death-${index}`), fault, EVERYTHING);
        await expectConsistent(world, result.batch, 3);
        expect(world.batches.listBatches(), name).to.have.length(1);
      }
    });

  for (const form of FORMS)
    it(`waits out a node that fails once, without ending the run (${form})`, async () => {
      const calls = await callsOf(["anchorer"]);
      for (const [index, name] of calls.entries()) {
        if (name === "anchorer.preflight" && index === 0) continue; // nothing is waited for before anything is made
        const world = newWorld();
        const fault = { at: index + 1, form, error: () => new TestamurError("NODE_UNAVAILABLE", name) };
        const faulty = faultyPorts(portsOver(world), fault, ["anchorer"]);
        const result = await issue(requestTo(join(temporary(), `node-${index}`)), faulty.ports);
        await expectConsistent(world, result.batch, 3);
      }
    });

  for (const form of FORMS)
    it(`rests as paused on a full disk and finishes later (${form})`, async () => {
      const calls = await callsOf(["directory"]);
      for (const [index, name] of calls.entries()) {
        const world = newWorld();
        const fault = { at: index + 1, form, error: () => new TestamurError("DISK_FULL", name) };
        const faulty = faultyPorts(portsOver(world), fault, ["directory"]);
        const out = join(temporary(), `disk-${index}`);
        await expectFault(async () => issue(requestTo(out), faulty.ports), "DISK_FULL");
        const [order] = world.batches.listBatches();
        if (order !== undefined) expect(world.batches.historyOf(order.id).at(-1)?.state).to.equal("paused");
        const result = await issue(requestTo(out), portsOver(world));
        await expectConsistent(world, result.batch, 3);
      }
    });

  it("survives a second death during the recovery from the first", async () => {
    const calls = await callsOf(EVERYTHING);
    for (let first = 8; first < calls.length; first += 3)
      for (let second = 1; second < 20; second += 4) {
        const world = newWorld();
        const out = join(temporary(), `twice-${first}-${second}`);
        const die = { form: "done", error: () => new Death() } as const;
        await ignoreDeath(async () =>
          issue(requestTo(out), faultyPorts(portsOver(world), { at: first, ...die }, EVERYTHING).ports),
        );
        await ignoreDeath(async () =>
          issue(requestTo(out), faultyPorts(portsOver(world), { at: second, ...die }, EVERYTHING).ports),
        );
        const result = await issue(requestTo(out), portsOver(world));
        await expectConsistent(world, result.batch, 3);
      }
  });
});

async function ignoreDeath(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Death)) throw error;
  }
}

async function expectFault(act: () => Promise<unknown>, code: string): Promise<void> {
  try {
    await act();
  } catch (error) {
    expect(error).to.include({ code });
    return;
  }
  expect.fail(`expected ${code}`);
}
