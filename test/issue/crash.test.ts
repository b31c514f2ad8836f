/** A process that issues on a real node is killed at every checkpoint there is, and another one finishes its work. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import type { Settings } from "../../src/app/config.ts";
import type { Hex } from "../../src/core/bytes.ts";
import { CHECKPOINTS } from "../../src/issue/checkpoints.ts";
import { issue } from "../../src/issue/issue.ts";
import type { IssueRequest } from "../../src/issue/prepare.ts";
import { resume } from "../../src/issue/resume.ts";
import { deployStore, OWNER } from "../chain/support/stores.ts";
import { expectIssuedOnce, prepareRun, runChild, withIssuer, type Run } from "../support/issue-runs.ts";
import { withLocalNode } from "../support/local-node.ts";

const LEARNERS = 8;
/** More than two groups of documents, so that there is a middle. */
const MANY = 400;

describe("a killed issuing process", function () {
  this.timeout(120_000);
  const node = withLocalNode();
  let store: Hex;
  let directory: string;

  before(async () => {
    store = await deployStore(node());
  });
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "testamur-crash-"));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const setUp = (learners: number): Run => prepareRun({ node: node(), store, directory }, learners);

  const nonce = async (): Promise<number> => Number(await node().request("eth_getTransactionCount", [OWNER, "latest"]));

  /** Finishes what was begun: by `resume` where there is a batch, else by the same command again. */
  async function finish(settings: Settings, request: IssueRequest): Promise<string> {
    return withIssuer(settings, async (ports) => {
      const [order] = ports.batches.listBatches();
      const { batch } = order === undefined ? await issue(request, ports) : await resume(order.id, ports);
      expect(ports.batches.listBatches()).to.have.length(1);
      return batch;
    });
  }

  it("passes every checkpoint when nothing kills it, so that none is tested in vain", async () => {
    const { settings, request } = setUp(LEARNERS);
    const end = await runChild({ settings, request, occurrence: 1, says: true });
    expect(end.code, end.said).to.equal(0);
    expect([...new Set(end.lines.slice(0, -1))]).to.have.members([...CHECKPOINTS]);
    expect(new Set(CHECKPOINTS).size).to.equal(CHECKPOINTS.length);
  });

  for (const killAt of CHECKPOINTS)
    it(`leaves a batch that another one finishes, killed ${killAt.replace(":", " ")}`, async () => {
      const { settings, request } = setUp(LEARNERS);
      const before = await nonce();
      const end = await runChild({ settings, request, killAt, occurrence: 1, says: false });
      expect(end.signal, end.said).to.equal("SIGKILL");
      const batch = await finish(settings, request);
      await expectIssuedOnce(node(), settings, batch, LEARNERS);
      expect((await nonce()) - before, "transactions of the account").to.equal(1);
    });

  for (const occurrence of [2])
    for (const killAt of ["during:writing", "during:checking"])
      it(`writes what is missing and no byte twice, killed ${killAt.replace(":", " ")} for the ${occurrence}. time`, async () => {
        const { settings, request } = setUp(MANY);
        const end = await runChild({ settings, request, killAt, occurrence, says: false });
        expect(end.signal, end.said).to.equal("SIGKILL");
        await expectIssuedOnce(node(), settings, await finish(settings, request), MANY);
      });

  it("is survived wherever it was, killed again and again at moments of chance", async function () {
    this.timeout(300_000);
    const { settings, request } = setUp(MANY);
    const rounds = process.env["CI"] === "true" ? 20 : 4;
    for (let round = 0; round < rounds; round++)
      await runChild({ settings, request, occurrence: 1, says: false }, { killAfterMs: 900 + 130 * round });
    await expectIssuedOnce(node(), settings, await finish(settings, request), MANY);
  });
});
