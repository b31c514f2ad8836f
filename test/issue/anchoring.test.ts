/** The part of the job that cannot be undone: what happens between a root and its final anchor, under a chain's whims. */

import { join } from "node:path";

import { expect } from "chai";

import type { BatchStore } from "../../src/core/ports/batches.ts";
import { abandon, listUnfinished, resume } from "../../src/issue/resume.ts";
import { issue } from "../../src/issue/issue.ts";
import { stateOf, type IssuePorts } from "../../src/issue/job.ts";
import { ACCOUNT, openLedger, STRANGER, type LedgerRules } from "../support/fake-ledger.ts";
import { laterFaultOf } from "../support/faults.ts";
import { expectConsistent, filesOf, portsOver, requestTo, type World } from "../support/issuing.ts";
import { openMemoryStore } from "../support/memory-store.ts";
import { withTemporaryDirectory } from "../support/temporary.ts";

/** Thrown where a test wants the run to stop. */
class Stop extends Error {}

describe("anchoring", () => {
  const temporary = withTemporaryDirectory();
  const out = (): string => join(temporary(), "out");
  const worldOf = (rules: Partial<LedgerRules> = {}): World => ({
    ledger: openLedger(rules),
    batches: openMemoryStore(),
    files: filesOf(),
    events: [],
  });

  /** Runs until a checkpoint, then stops; gives the batch's id. */
  async function stopAt(world: World, checkpoint: string, changes: Partial<IssuePorts> = {}): Promise<string> {
    const stop = (name: string): void => {
      if (name === checkpoint) throw new Stop(name);
    };
    try {
      await issue(requestTo(out()), { ...portsOver(world), ...changes, checkpoint: stop });
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
    }
    return onlyBatch(world.batches);
  }

  /** Does something to the ledger each time the job waits for a block. */
  function whileWaiting(world: World, act: (wait: number) => void): IssuePorts {
    const ports = portsOver(world);
    let wait = 0;
    return {
      ...ports,
      openAnchorer: async () => {
        const anchorer = await ports.openAnchorer("issue");
        const nextBlock = async (): Promise<void> => {
          act(++wait);
          await anchorer.nextBlock();
        };
        return { ...anchorer, nextBlock };
      },
    };
  }

  const statesOf = ({ batches }: World, id: string): readonly string[] =>
    batches.historyOf(id).map(({ state }) => state);
  const rootIn = ({ batches }: World, id: string): `0x${string}` =>
    batches.historyOf(id).findLast(({ state }) => state === "rooted")?.detail["root"] as `0x${string}`;

  it("goes one state after the other when nothing happens", async () => {
    const world = worldOf({ finalAfter: 2 });
    const { batch } = await issue(requestTo(out()), portsOver(world));
    expect(statesOf(world, batch)).to.deep.equal([
      "draft",
      "sealed",
      "rooted",
      "signed",
      "broadcast",
      "mined",
      "final",
      "attached",
      "checked",
    ]);
    await expectConsistent(world, batch, 3);
  });

  it("sends the very bytes that were stored, once, after a death between storing and sending", async () => {
    const world = worldOf();
    const id = await stopAt(world, "after:record-transaction");
    const [stored] = world.batches.transactionsOf(id);
    await resume(id, portsOver(world));
    expect(world.batches.transactionsOf(id)).to.deep.equal([stored]);
    expect(world.ledger.sent).to.deep.equal([stored?.hash]);
    await expectConsistent(world, id, 3);
  });

  it("asks for approval of what is about to be signed, and signs nothing without it", async () => {
    const world = worldOf();
    const seen: unknown[] = [];
    const approve = (plan: unknown): boolean => seen.push(plan) > 1;
    expect(await laterFaultOf(async () => issue(requestTo(out()), { ...portsOver(world), approve }))).to.equal(
      "APPROVAL_NEEDED",
    );
    const id = onlyBatch(world.batches);
    expect(world.batches.transactionsOf(id)).to.deep.equal([]);
    expect(seen).to.have.length(1);
    expect(seen[0]).to.deep.include({ batch: id, count: 3, root: rootIn(world, id) });
    await resume(id, { ...portsOver(world), approve });
    await expectConsistent(world, id, 3);
  });

  it("takes a root that our own account anchored already as success, and sends nothing", async () => {
    const world = worldOf();
    const id = await stopAt(world, "after:rooted");
    const ours = world.ledger.anchorer();
    await ours.broadcast(await ours.sign(rootIn(world, id)));
    world.ledger.mine();
    const sentBefore = world.ledger.sent.length;
    const result = await resume(id, portsOver(world));
    expect(world.ledger.sent).to.have.length(sentBefore);
    expect(world.batches.transactionsOf(id), "signed for nothing").to.deep.equal([]);
    expect(result.transaction).to.equal(undefined);
    expect(world.ledger.anchoringsOf(rootIn(world, id))).to.equal(1);
  });

  for (const checkpoint of ["after:rooted", "after:signed"])
    it(`stops where somebody else anchored the root (${checkpoint})`, async () => {
      const world = worldOf();
      const id = await stopAt(world, checkpoint);
      const theirs = world.ledger.anchorer(STRANGER);
      await theirs.broadcast(await theirs.sign(rootIn(world, id)));
      world.ledger.mine();
      expect(await laterFaultOf(async () => resume(id, portsOver(world)))).to.equal("BATCH_NEEDS_ATTENTION");
      expect(statesOf(world, id).at(-1)).to.equal("needs-attention");
      expect(world.ledger.mined().filter(({ from }) => from === ACCOUNT)).to.deep.equal([]);
    });

  it("believes a store that names nobody beside a transaction of ours", async () => {
    const world = worldOf({ namesAccounts: false });
    const { batch } = await issue(requestTo(out()), portsOver(world));
    expect(stateOf(world.batches.historyOf(batch))).to.equal("checked");
  });

  it("stops at a root that a store has from nobody it names, when we sent nothing", async () => {
    const world = worldOf({ namesAccounts: false });
    const id = await stopAt(world, "after:rooted");
    const theirs = world.ledger.anchorer(STRANGER);
    await theirs.broadcast(await theirs.sign(rootIn(world, id)));
    world.ledger.mine();
    expect(await laterFaultOf(async () => resume(id, portsOver(world)))).to.equal("BATCH_NEEDS_ATTENTION");
  });

  it("sends the same bytes again when nodes forgot them", async () => {
    const world = worldOf();
    const ports = whileWaiting(world, (wait) => {
      if (wait === 1) world.ledger.forget();
    });
    const { batch } = await issue(requestTo(out()), ports);
    expect(new Set(world.ledger.sent).size).to.equal(1);
    expect(world.ledger.sent).to.have.length(2);
    await expectConsistent(world, batch, 3);
  });

  it("raises the fee of a transaction that no block takes, with the same nonce", async () => {
    const world = worldOf({ baseFee: 12 });
    const { batch } = await issue(requestTo(out()), portsOver(world));
    const transactions = world.batches.transactionsOf(batch);
    expect(transactions).to.have.length(3);
    expect(new Set(transactions.map(({ nonce }) => nonce)).size).to.equal(1);
    await expectConsistent(world, batch, 3);
  });

  it("stops raising after a while, whatever the cap allows", async () => {
    const world = worldOf({ baseFee: 1_000_000, feeCap: Infinity });
    const ports = whileWaiting(world, (wait) => {
      if (wait === 150) world.ledger.rules.baseFee = 1;
    });
    const { batch } = await issue(requestTo(out()), ports);
    expect(world.batches.transactionsOf(batch)).to.have.length(8);
    await expectConsistent(world, batch, 3);
  });

  it("waits, and spends no more, where the next fee is above the cap", async () => {
    const world = worldOf({ baseFee: 12, feeCap: 11 });
    const ports = whileWaiting(world, (wait) => {
      if (wait === 45) world.ledger.rules.baseFee = 11;
    });
    const { batch } = await issue(requestTo(out()), ports);
    expect(world.batches.transactionsOf(batch)).to.have.length(2);
    expect(world.events?.some((event) => event.kind === "waiting" && event.reason.includes("fees"))).to.equal(true);
    await expectConsistent(world, batch, 3);
  });

  it("signs with a new nonce only when the old one is used up in a final block", async () => {
    const world = worldOf({ finalAfter: 2, isMining: false });
    const standings: number[] = [];
    const ports = whileWaiting(world, (wait) => {
      standings.push(world.batches.transactionsOf(onlyBatch(world.batches)).length);
      if (wait === 1) {
        world.ledger.forget();
        world.ledger.spendNonce();
      } else world.ledger.mine();
    });
    // the node refuses bytes with a used nonce: that is for a person to know, until it is final
    expect(await laterFaultOf(async () => issue(requestTo(out()), ports))).to.equal("BATCH_NEEDS_ATTENTION");
    const id = onlyBatch(world.batches);
    expect(world.batches.transactionsOf(id)).to.have.length(1);
    world.ledger.mine();
    world.ledger.mine();
    world.ledger.rules.isMining = true;
    await resume(id, portsOver(world));
    expect(world.batches.transactionsOf(id).map(({ nonce }) => nonce)).to.deep.equal([0, 1]);
    expect(standings.every((count) => count === 1)).to.equal(true);
    await expectConsistent(world, id, 3);
  });

  for (const lost of [false, true])
    it(`finds the anchor again after a reorganisation ${lost ? "that lost the transaction" : "that moved it"}`, async () => {
      const world = worldOf({ finalAfter: 3 });
      let isDone = false;
      const ports = whileWaiting(world, () => {
        if (isDone || stateOf(world.batches.historyOf(onlyBatch(world.batches))) !== "mined") return;
        isDone = true;
        world.ledger.reorganise(1, lost);
        world.ledger.mine();
      });
      const { batch } = await issue(requestTo(out()), ports);
      expect(isDone).to.equal(true);
      expect(new Set(world.ledger.sent).size).to.equal(1);
      expect(statesOf(world, batch).filter((state) => state === "signed")).to.have.length(1);
      const block = world.batches.historyOf(batch).findLast(({ state }) => state === "final")?.detail["block"];
      expect(block).to.equal((await world.ledger.anchorer().findAnchor(rootIn(world, batch)))?.block);
      await expectConsistent(world, batch, 3);
    });

  it("keeps its state while a node that is behind says the anchor is not there", async () => {
    const world = worldOf({ finalAfter: 4 });
    const ports = portsOver(world);
    let asked = 0;
    const behind: IssuePorts = {
      ...ports,
      openAnchorer: async () => {
        const anchorer = await ports.openAnchorer("issue");
        const isMined = (): boolean => stateOf(world.batches.historyOf(onlyBatch(world.batches))) === "mined";
        return {
          ...anchorer,
          findAnchor: async (root) => (isMined() && ++asked % 2 === 1 ? undefined : anchorer.findAnchor(root)),
        };
      },
    };
    const { batch } = await issue(requestTo(out()), behind);
    expect(statesOf(world, batch).filter((state) => state === "broadcast")).to.have.length(1);
  });

  it("waits as long as finality stalls, and hands nothing out before", async () => {
    const world = worldOf({ finalAfter: 1_000 });
    const ports = whileWaiting(world, (wait) => {
      expect(stateOf(world.batches.historyOf(onlyBatch(world.batches)))).to.be.oneOf(["broadcast", "mined"]);
      if (wait === 60) world.ledger.rules.finalAfter = 1;
    });
    const { batch } = await issue(requestTo(out()), ports);
    await expectConsistent(world, batch, 3);
  });

  it("believes the store, not a receipt: a success without an anchor needs attention", async () => {
    const world = worldOf();
    const ports = portsOver(world);
    const lying: IssuePorts = {
      ...ports,
      openAnchorer: async () => ({ ...(await ports.openAnchorer("issue")), findAnchor: async () => undefined }),
    };
    expect(await laterFaultOf(async () => issue(requestTo(out()), lying))).to.equal("BATCH_NEEDS_ATTENTION");
    const id = onlyBatch(world.batches);
    expect(stateOf(world.batches.historyOf(id))).to.equal("broadcast");
    await resume(id, portsOver(world));
    await expectConsistent(world, id, 3);
  });

  it("tells of a transaction the store refused, and signs anew only when told to go on", async () => {
    const world = worldOf();
    const id = await stopAt(world, "after:rooted");
    const ports = portsOver(world);
    const refused: IssuePorts = {
      ...ports,
      openAnchorer: async () => ({
        ...(await ports.openAnchorer("issue")),
        findAnchor: async () => undefined,
        standingOf: async () => ({ kind: "reverted", block: 1, final: world.ledger.sent.length > 0 }),
      }),
    };
    expect(await laterFaultOf(async () => resume(id, refused))).to.equal("BATCH_NEEDS_ATTENTION");
    expect(world.batches.transactionsOf(id)).to.have.length(1);
    expect(stateOf(world.batches.historyOf(id))).to.equal("rooted");
  });

  it("signs nothing for a batch while another one of the account waits for its transaction", async () => {
    const world = worldOf();
    const first = await stopAt(world, "after:signed");
    const second = { ...world, files: filesOf("id,name,grade\n9,Else,A\n") };
    const request = requestTo(join(temporary(), "second"));
    expect(await laterFaultOf(async () => issue(request, portsOver(second)))).to.equal("BATCH_NEEDS_ATTENTION");
    await resume(first, portsOver(world));
    const result = await issue(request, portsOver(second));
    await expectConsistent(world, first, 3);
    await expectConsistent(second, result.batch, 1);
  });

  it("finds out before anything is made what the store would refuse", async () => {
    const world = worldOf({ isPaused: true });
    expect(await laterFaultOf(async () => issue(requestTo(out()), portsOver(world)))).to.equal("STORE_PAUSED");
    expect(world.batches.listBatches()).to.deep.equal([]);
  });

  it("finds it out again before it signs", async () => {
    const world = worldOf();
    const id = await stopAt(world, "after:rooted");
    world.ledger.rules.isPaused = true;
    expect(await laterFaultOf(async () => resume(id, portsOver(world)))).to.equal("STORE_PAUSED");
    expect(world.batches.transactionsOf(id)).to.deep.equal([]);
  });

  it("refuses to sign at another place than the batch is for", async () => {
    const world = worldOf();
    const id = await stopAt(world, "after:rooted");
    const ports = portsOver(world);
    const elsewhere: IssuePorts = {
      ...ports,
      openAnchorer: async () => {
        const anchorer = await ports.openAnchorer("issue");
        return { ...anchorer, preflight: async () => ({ ...(await anchorer.preflight()), chainId: 1 }) };
      },
    };
    expect(await laterFaultOf(async () => resume(id, elsewhere))).to.equal("CHAIN_WRONG");
    expect(world.batches.transactionsOf(id)).to.deep.equal([]);
  });

  describe("resume", () => {
    it("lists what is unfinished, finds batches by a part of their id, and repeats a finished result", async () => {
      const world = worldOf();
      const id = await stopAt(world, "after:sealed");
      expect(listUnfinished(world).map((order) => order.id)).to.deep.equal([id]);
      const result = await resume(id.slice(-8), portsOver(world));
      expect(listUnfinished(world)).to.deep.equal([]);
      expect(await resume(id, portsOver(world))).to.deep.equal(result);
      expect(await laterFaultOf(async () => resume("zzzz", portsOver(world)))).to.equal("BATCH_UNKNOWN");
    });

    for (const checkpoint of ["after:commit-sealed", "after:sealed"])
      it(`needs no roster once the credentials are sealed (${checkpoint})`, async () => {
        const world = worldOf();
        const id = await stopAt(world, checkpoint);
        await resume(id, portsOver({ ...world, files: {} }));
        await expectConsistent(world, id, 3);
      });

    it("needs neither key nor node once the anchor is final, but for checking", async () => {
      const world = worldOf();
      const id = await stopAt(world, "after:final");
      const openAnchorer = (): never => expect.fail("asked for the key");
      await resume(id, { ...portsOver(world), openAnchorer });
      await expectConsistent(world, id, 3);
    });

    it("gives a batch up only while nothing is signed", async () => {
      const world = worldOf();
      const id = await stopAt(world, "after:rooted");
      await abandon(id, "wrong roster", portsOver(world));
      expect(listUnfinished(world)).to.deep.equal([]);
      expect(await laterFaultOf(async () => resume(id, portsOver(world)))).to.equal("BATCH_NEEDS_ATTENTION");
    });

    it("gives no batch up that has a signed transaction", async () => {
      const world = worldOf();
      const id = await stopAt(world, "after:record-transaction");
      expect(await laterFaultOf(async () => abandon(id, "too late", portsOver(world)))).to.equal(
        "BATCH_NEEDS_ATTENTION",
      );
    });
  });
});

function onlyBatch(batches: BatchStore): string {
  const [order, ...others] = batches.listBatches();
  if (order === undefined || others.length > 0) throw new Error("not one batch");
  return order.id;
}
