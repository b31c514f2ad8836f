/** Every flush, rename and write of an issuing process is the last thing it does, or fails (fault 10). Needs strace. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

import { expect } from "chai";

import type { Hex } from "../../src/core/bytes.ts";
import { issue } from "../../src/issue/issue.ts";
import { deployStore } from "../chain/support/stores.ts";
import { expectIssuedOnce, prepareRun, runChild, withIssuer, type Run } from "../support/issue-runs.ts";
import { withLocalNode } from "../support/local-node.ts";

const LEARNERS = 2;
/** What is done to the n-th call. Node's SQLite flushes by fsync, as the count of calls shows; it never calls fdatasync. */
const INJECTIONS = [
  ["fsync", "signal=KILL"],
  ["fsync", "error=EIO"],
  ["rename", "signal=KILL"],
  ["rename", "error=ENOSPC"],
  ["pwrite64", "signal=KILL"],
  ["pwrite64", "error=ENOSPC"],
] as const;
/** With THOROUGH=true every call is hit, else one in so many. */
const STRIDE = process.env["THOROUGH"] === "true" ? 1 : 29;

const canTrace = spawnSync("strace", ["-o", "/dev/null", "true"]).status === 0;
if (!canTrace) console.warn("strace absent or not allowed to trace: the sweep over system calls is not run");

(canTrace ? describe : () => undefined)("an issuing process whose disk fails", function () {
  this.timeout(600_000);
  const node = withLocalNode();
  let store: Hex;
  let directory: string;

  before(async () => {
    store = await deployStore(node());
  });
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "testamur-strace-"));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const setUp = (place: string): Run => prepareRun({ node: node(), store, directory }, LEARNERS, place);

  /** The most that one thread makes of a call: what strace counts by. */
  async function countCalls(call: string): Promise<number> {
    const log = join(directory, "log");
    const order = { ...setUp("count"), occurrence: 1, says: false };
    const end = await runChild(order, { under: ["strace", "-f", "-o", log, "-e", `trace=${call}`] });
    expect(end.code, end.said).to.equal(0);
    const threads = readFileSync(log, "utf8")
      .split("\n")
      .filter((line) => new RegExp(`^\\d+ +${call}\\(`).test(line))
      .map((line) => line.slice(0, line.indexOf(" ")));
    return Math.max(
      0,
      ...Map.groupBy(threads, (thread) => thread)
        .values()
        .map((calls) => calls.length),
    );
  }

  for (const [call, fault] of INJECTIONS)
    it(`leaves a batch that another one finishes, whichever ${call} met ${fault}`, async () => {
      const count = await countCalls(call);
      expect(count, `${call} is made at all`).to.be.greaterThan(0);
      let hits = 0;
      for (let at = 1; at <= count; at += STRIDE) {
        const { settings, request } = setUp(`${at}`);
        const under = [
          "strace",
          "-f",
          "-o",
          "/dev/null",
          "-e",
          `trace=${call}`,
          "-e",
          `inject=${call}:${fault}:when=${at}`,
        ];
        const end = await runChild({ settings, request, occurrence: 1, says: false }, { under });
        if (end.code !== 0) hits++;
        const { batch } = await withIssuer(settings, async (ports) => issue(request, ports));
        await expectIssuedOnce(node(), settings, batch, LEARNERS);
      }
      expect(hits, "runs that were hit").to.be.greaterThan(0);
    });
});
