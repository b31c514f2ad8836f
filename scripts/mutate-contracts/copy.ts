/** A copy of the contracts and their tests, to build and run them changed without touching the original. */
import { cp, mkdtemp, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** Tests that depend on the code byte by byte, which would notice any change; those of the snapshots are not even copied. */
export const ABOUT_THE_BYTES = "takes as many nodes in one call|in two calls|deploys the listed release";

const SNAPSHOTS = ["gas", "embed-contracts", "storage-layout"].map((name) => `test/contracts/${name}.test.ts`);

const COPIED = [
  "contracts",
  "hardhat.config.ts",
  "package.json",
  "src/chain/artifacts",
  "test/contracts",
  "test/support/property.ts",
];

/** A fresh copy in the system's temporary folder; dependencies are linked. The caller removes it. */
export async function copyContracts(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "testamur-contracts-"));
  for (const path of COPIED) {
    await cp(path, join(folder, path), { recursive: true, filter: (source) => !SNAPSHOTS.includes(source) });
  }
  await symlink(resolve("node_modules"), join(folder, "node_modules"));
  return folder;
}
