/**
 * Where each contract keeps what in storage. `node scripts/storage-layout.ts --write` renews the committed snapshot that a
 * test compares: proxies share the layout of their template, and light clients may read slots directly.
 */
import { readFile, writeFile } from "node:fs/promises";
import { artifacts, tasks } from "hardhat";

export const SNAPSHOT = "test/contracts/storage.snapshot.json";

/** By contract, one line a variable or member of a struct: `slot 3 + 20 bytes: paused, bool`. */
export type StorageSnapshot = Readonly<Record<string, readonly string[]>>;

interface Variable {
  readonly label: string;
  readonly slot: string;
  readonly offset: number;
  readonly type: string;
}

interface StorageLayout {
  readonly storage: readonly Variable[];
  readonly types: Readonly<Record<string, { readonly label: string; readonly members?: readonly Variable[] }>> | null;
}

interface BuildOutput {
  readonly output: {
    readonly contracts: Readonly<Record<string, Readonly<Record<string, { readonly storageLayout?: StorageLayout }>>>>;
  };
}

/** The layout of every contract that keeps state of its own. */
export async function storageLayouts(): Promise<StorageSnapshot> {
  await tasks.getTask("build").run({ quiet: true, noTests: true });
  const names = ["DocumentStore", "RecognitionRegistry", "SoulboundAward"];
  const layouts = names.map(async (name) => [name, describeLayout(await layoutOf(name))] as const);
  return Object.fromEntries(await Promise.all(layouts));
}

async function layoutOf(name: string): Promise<StorageLayout> {
  const buildId = await artifacts.getBuildInfoId(name);
  const path = buildId === undefined ? undefined : await artifacts.getBuildInfoOutputPath(buildId);
  if (path === undefined) throw new Error(`${name} was not built`);
  const { output } = JSON.parse(await readFile(path, "utf8")) as BuildOutput;
  const layout = output.contracts[`project/contracts/${name}.sol`]?.[name]?.storageLayout;
  if (layout === undefined) throw new Error(`${name} has no storage layout: see outputSelection in hardhat.config.ts`);
  return layout;
}

function describeLayout({ storage, types }: StorageLayout): readonly string[] {
  const describe = ({ label, slot, offset, type }: Variable): string =>
    `slot ${slot} + ${offset} bytes: ${label}, ${types?.[type]?.label ?? type}`;
  const structs = Object.values(types ?? {}).filter(({ members }) => members !== undefined);
  return [
    ...storage.map(describe),
    ...structs.flatMap(({ label, members = [] }) => members.map((member) => `${label}: ${describe(member)}`)),
  ];
}

if (import.meta.main) {
  const text = `${JSON.stringify(await storageLayouts(), undefined, 2)}\n`;
  if (process.argv.includes("--write")) await writeFile(SNAPSHOT, text);
  console.log(text);
}
