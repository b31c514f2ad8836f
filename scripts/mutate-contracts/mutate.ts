/**
 * Plants small faults in the contracts, one at a time, and tells which of them no test notices.
 * `node scripts/mutate-contracts/mutate.ts [FILE-PART...]`; about ten seconds a fault. Exit code 1 if one survives.
 */
import { readFile } from "node:fs/promises";
import { artifacts, tasks } from "hardhat";
import { whyEquivalent } from "./equivalent.ts";
import { apply, type Mutant, mutantsOf } from "./mutants.ts";
import { openWorkshop, type Outcome, type Workshop } from "./workshop.ts";

const STORE = [
  ...["DocumentStore", "StoreAccess", "StatusLists", "incidents", "DocumentStoreFactory"].map(mocha),
  ...["DocumentStore", "DocumentStore.invariant"].map(solidity),
];
const FACTORY = [mocha("DocumentStoreFactory"), solidity("DocumentStoreFactory")];
const REGISTRY = [mocha("RecognitionRegistry"), mocha("recognition-in-time"), solidity("RecognitionRegistry")];
const VERIFIER = [mocha("CredentialVerifier"), solidity("CredentialVerifier")];
const AWARD = [mocha("SoulboundAward"), mocha("soulbound-tokens"), solidity("SoulboundAward")];

/** The tests that answer for each source. */
const TESTS: Readonly<Record<string, readonly string[]>> = {
  "contracts/DocumentStore.sol": [...STORE, mocha("openattestation-drop-in")],
  "contracts/store/StoreAccess.sol": STORE,
  "contracts/store/StatusLists.sol": STORE,
  "contracts/store/DocumentStoreTemplate.sol": STORE,
  "contracts/DocumentStoreFactory.sol": FACTORY,
  "contracts/RecognitionRegistry.sol": REGISTRY,
  "contracts/recognition/Scopes.sol": REGISTRY,
  "contracts/CredentialVerifier.sol": VERIFIER,
  "contracts/verification/MerkleInclusion.sol": VERIFIER,
  "contracts/SoulboundAward.sol": AWARD,
  "contracts/lens/StoreLens.sol": [mocha("StoreLens")],
};

type Fate = "caught" | "survived" | "does not compile" | "equivalent";

const FATES: Readonly<Record<Outcome, Fate>> = {
  passes: "survived",
  fails: "caught",
  "does not compile": "does not compile",
};

function mocha(name: string): string {
  return `test/contracts/${name}.test.ts`;
}

function solidity(name: string): string {
  return `test/contracts/${name}.t.sol`;
}

/** A source and its faults, as they were when the run began: it may be edited meanwhile. */
interface Subject {
  readonly source: string;
  readonly mutants: readonly Mutant[];
}

async function readSubject(file: string): Promise<Subject> {
  const name = file.replace(/^.*\/(.*)\.sol$/, "$1");
  const buildId = await artifacts.getBuildInfoId(name);
  const path = buildId === undefined ? undefined : await artifacts.getBuildInfoOutputPath(buildId);
  if (path === undefined) throw new Error(`${file} was not built`);
  const build = JSON.parse(await readFile(path, "utf8")) as {
    readonly output: { readonly sources: Readonly<Record<string, { readonly ast: unknown }>> };
  };
  const source = await readFile(file, "utf8");
  return { source, mutants: mutantsOf(file, source, build.output.sources[`project/${file}`]?.ast) };
}

async function judge(workshop: Workshop, source: string, mutant: Mutant): Promise<Fate> {
  if (whyEquivalent(mutant, source) !== undefined) return "equivalent";
  await workshop.write(mutant.file, apply(source, mutant));
  try {
    return FATES[await workshop.run(TESTS[mutant.file] ?? [])];
  } finally {
    await workshop.write(mutant.file, source);
  }
}

function pairUp({ source, mutants }: Subject): readonly { readonly source: string; readonly mutant: Mutant }[] {
  return mutants.map((mutant) => ({ source, mutant }));
}

function describeMutant({ file, line, original, replacement }: Mutant): string {
  const oneLine = (text: string): string => text.replace(/\s+/g, " ").slice(0, 90);
  return `${file}:${line}  ${oneLine(original)}  ->  ${oneLine(replacement) || "(nothing)"}`;
}

async function main(parts: readonly string[]): Promise<void> {
  await tasks.getTask("build").run({ quiet: true, noTests: true });
  const files = Object.keys(TESTS).filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)));
  const subjects = await Promise.all(files.map(readSubject));
  const tally: Record<Fate, number> = { caught: 0, survived: 0, "does not compile": 0, equivalent: 0 };
  const workshop = await openWorkshop();
  try {
    const tests = [...new Set(files.flatMap((file) => TESTS[file] ?? []))];
    if ((await workshop.run(tests)) !== "passes") throw new Error("the tests fail without a fault: mend that first");
    for (const { source, mutant } of subjects.flatMap(pairUp)) {
      const fate = await judge(workshop, source, mutant);
      tally[fate] += 1;
      console.log(`${fate.padEnd(16)}  ${describeMutant(mutant)}`);
    }
  } finally {
    await workshop.remove();
  }
  console.log(
    Object.entries(tally)
      .map(([fate, count]) => `${count} ${fate}`)
      .join(", "),
  );
  process.exitCode = tally.survived === 0 && tally.caught > 0 ? 0 : 1;
}

await main(process.argv.slice(2));
