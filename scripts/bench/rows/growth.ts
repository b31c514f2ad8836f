/** The whole durable job, from the roster to checked documents on disk, for batches that grow tenfold. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { LOCAL_KEY, startLocalStore, type LocalStore } from "../../../test/support/local-store.ts";
import { atMost } from "../goals.ts";
import { buildPackage, PACKAGE, project } from "../package.ts";
import type { Figure, Goal, Setting, Survey } from "../row.ts";
import { runMeasured, type Measured } from "../run-measured.ts";
import { growthExponent } from "../statistics.ts";

/** A million: at most five minutes and one GiB. */
const LARGE = 1_000_000;
const LARGE_SECONDS = 300;
const LARGE_MIB = 1_024;
/** Above this a curve is not called a line any more; sorting alone makes a little more than 1. */
const LINEAR = 1.1;

function sizesFor({ quick, large }: Setting): readonly number[] {
  if (quick) return [100, 1_000];
  return [1_000, 10_000, 100_000, ...(large ? [LARGE] : [])];
}

export const growth: Survey = {
  kind: "survey",
  title: "Growth of the issuing job: testamur issue, with its database, anchoring, files, fsync and the final check",
  async measure(setting) {
    buildPackage();
    const store = await startLocalStore();
    const runs: (readonly [count: number, Measured])[] = [];
    try {
      for (const count of sizesFor(setting)) runs.push([count, await issue(count, store)]);
    } finally {
      await store.stop();
    }
    return {
      figures: [...runs.flatMap(([count, run]) => figuresOf(count, run)), ...exponentsOf(runs)],
      notes: [
        "One run a size, in a process of its own, against a local Hardhat node that mines at once; transcripts of examples/transcript.template.json (9 courses). Documents leave only after our verifier has read each of them back from the disk.",
        "Memory is the highest resident memory of the process, all threads together.",
        ...(setting.large ? [] : ["1,000,000 documents are issued with --large only."]),
      ],
    };
  },
};

async function issue(count: number, store: LocalStore): Promise<Measured> {
  const directory = mkdtempSync(join(tmpdir(), "testamur-bench-"));
  try {
    writeFileSync(join(directory, "roster.csv"), rosterOf(count));
    const options = ["--template", "examples/transcript.template.json", "--format", "openattestation-v2"];
    const places = ["--out", join(directory, "out"), "--home", join(directory, "home")];
    const chain = ["--store", store.address, "--rpc", store.chain.url, "--yes", "--json"];
    return await runMeasured([PACKAGE, "issue", join(directory, "roster.csv"), ...options, ...places, ...chain], {
      TESTAMUR_PRIVATE_KEY: LOCAL_KEY,
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The example's graduates again and again, each with a number of its own. */
function rosterOf(count: number): string {
  const [header = "", ...rows] = readFileSync(join(project, "examples/roster.csv"), "utf8").trimEnd().split("\n");
  const lines = Array.from({ length: count }, (_, at) => rows[at % rows.length]?.replace(/^[^,]*/, `LAW-${at + 1}`));
  return `${[header, ...lines].join("\n")}\n`;
}

function figuresOf(count: number, { seconds, peakMiB }: Measured): Figure[] {
  const name = `${count.toLocaleString("en")} documents`;
  const limits = count === LARGE;
  return [
    figure(`${name}: time`, "s", seconds, limits ? [atMost(LARGE_SECONDS, "s")(seconds)] : []),
    figure(`${name}: speed`, "documents/s", count / seconds),
    figure(`${name}: peak memory`, "MiB", Math.round(peakMiB), limits ? [atMost(LARGE_MIB, "MiB")(peakMiB)] : []),
  ];
}

/** Over all sizes, and over the last tenfold, where starting up counts least. */
function exponentsOf(runs: readonly (readonly [number, Measured])[]): Figure[] {
  const exponents = (some: typeof runs, where: string, isAsked: boolean): Figure[] => {
    const time = round(growthExponent(some.map(([count, { seconds }]) => [count, seconds])));
    const memory = round(growthExponent(some.map(([count, { peakMiB }]) => [count, peakMiB])));
    return [
      figure(`time grows as n to the power of, ${where}`, "", time, isAsked ? [atMost(LINEAR, "")(time)] : []),
      figure(`memory grows as n to the power of, ${where}`, "", memory),
    ];
  };
  return [...exponents(runs, "all sizes", false), ...exponents(runs.slice(-2), "the last two sizes", true)];
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function figure(subject: string, unit: string, value: number, goals: readonly Goal[] = []): Figure {
  return { subject, unit, values: [value], goals };
}
