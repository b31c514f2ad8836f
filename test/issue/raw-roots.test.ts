/** Roots that are sent bare: the job asks for that entry, and gives up a root that the store would take for a call. */

import { join } from "node:path";

import { expect } from "chai";

import { anchorCall } from "../../src/chain/anchor-calls.ts";
import type { AnchorEntry } from "../../src/core/ports/anchoring.ts";
import { issue } from "../../src/issue/issue.ts";
import type { IssueRequest } from "../../src/issue/prepare.ts";
import type { IssuePlan, IssuePorts } from "../../src/issue/job.ts";
import { credential, ISSUER } from "../formats/blockcerts/samples.ts";
import { openLedger } from "../support/fake-ledger.ts";
import { laterFaultOf } from "../support/faults.ts";
import { filesOf, portsOver, requestTo, type World } from "../support/issuing.ts";
import { openMemoryStore } from "../support/memory-store.ts";
import { withTemporaryDirectory } from "../support/temporary.ts";

/** `owner()` of the store. */
const COLLIDING = `0x8da5cb5b${"00".repeat(28)}` as const;

describe("issue, with bare roots", () => {
  const temporary = withTemporaryDirectory();
  const request = (): IssueRequest => ({ ...requestTo(join(temporary(), "out")), format: "blockcerts-v3" });
  const worldOf = (): World => ({
    ledger: openLedger(),
    batches: openMemoryStore(),
    files: filesOf("id,subject\n1,Laws\n2,Arts\n", { ...credential(), name: "Bachelor of {{subject}}" }),
  });

  /** Ports at a chain that Blockcerts can name. */
  function sepoliaPorts(world: World, entries: AnchorEntry[] = []): IssuePorts {
    const ports = portsOver(world);
    return {
      ...ports,
      openAnchorer: async (entry) => {
        entries.push(entry);
        const anchorer = await ports.openAnchorer(entry);
        return { ...anchorer, preflight: async () => ({ ...(await anchorer.preflight()), chainId: 11_155_111 }) };
      },
    };
  }

  it("asks for the bare entry, and shows it to whoever approves", async () => {
    const entries: AnchorEntry[] = [];
    const plans: IssuePlan[] = [];
    const approve = (plan: IssuePlan): boolean => plans.push(plan) === 0;
    const world = worldOf();
    const fault = await laterFaultOf(async () => issue(request(), { ...sepoliaPorts(world, entries), approve }));
    expect(fault).to.equal("APPROVAL_NEEDED");
    expect(new Set(entries)).to.deep.equal(new Set(["raw"]));
    expect(plans.map(({ entry }) => entry)).to.deep.equal(["raw"]);
  });

  it("shows where the documents say that their lists are published, to whoever approves", async () => {
    const plans: IssuePlan[] = [];
    const approve = (plan: IssuePlan): boolean => plans.push(plan) === 0;
    for (const lists of [{ statusListsUrl: "https://verify.uni.example" }, {}]) {
      await laterFaultOf(async () => issue(request(), { ...sepoliaPorts(worldOf()), ...lists, approve }));
    }
    expect(plans.map(({ statusListsUrl }) => statusListsUrl)).to.deep.equal(["https://verify.uni.example", undefined]);
  });

  it("gives a batch up whose root begins like a function of the store; the same command then makes another", async () => {
    const world = worldOf();
    const ports = sepoliaPorts(world);
    const openAnchorer: IssuePorts["openAnchorer"] = async (entry) => {
      const anchorer = await ports.openAnchorer(entry);
      return { ...anchorer, sign: async () => anchorer.sign(anchorCall(COLLIDING, entry)) };
    };
    const fault = await laterFaultOf(async () => issue(request(), { ...ports, openAnchorer }));
    expect(fault).to.equal("ROOT_NOT_USABLE");
    const [given] = world.batches.listBatches();
    expect(world.batches.historyOf(given?.id ?? "").at(-1)?.state).to.equal("abandoned");
    expect(world.batches.transactionsOf(given?.id ?? "")).to.deep.equal([]);
    const approve = (): boolean => false;
    await laterFaultOf(async () => issue(request(), { ...sepoliaPorts(world), approve }));
    expect(world.batches.listBatches()).to.have.length(2);
  });

  it("names the account of a DID that issues, and leaves a profile's own key as it is", async () => {
    const world = worldOf();
    const approve = (): boolean => false;
    await laterFaultOf(async () => issue(request(), { ...sepoliaPorts(world), approve }));
    const [first] = world.batches.listBatches();
    for await (const { sealed } of world.batches.readSealed(first?.id ?? ""))
      expect(sealed).to.contain(`"verificationMethod":"${ISSUER}#key-1"`);

    const { proof: _, ...unsigned } = credential({ issuer: "{{$issuer}}" });
    const other = { ...worldOf(), files: filesOf("id\n1\n", unsigned) };
    const ports = { ...sepoliaPorts(other), issuer: "did:web:uni.example", approve };
    expect(await laterFaultOf(async () => issue(request(), ports))).to.equal("APPROVAL_NEEDED");
    const [second] = other.batches.listBatches();
    for await (const { sealed } of other.batches.readSealed(second?.id ?? ""))
      expect(sealed).to.contain(`"verificationMethod":"did:web:uni.example#account-${second?.account ?? ""}"`);
  });
});
