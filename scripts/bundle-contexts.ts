/**
 * Copies the JSON-LD contexts we accept, byte for byte, into `src/canon/contexts/files/` and writes their catalogue.
 * `node scripts/bundle-contexts.ts FOLDER`, where FOLDER holds `w3c/contexts/map.tsv` and `blockcerts/contexts/MAP.json`.
 */
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";

const TARGET = "src/canon/contexts";

/** One context: where it lives on the web, the file it is copied from, and what the file's bytes must hash to. */
interface Source {
  readonly url: string;
  readonly path: string;
  readonly sha256: string;
}

/** Addresses that credentials of the W3C family may name, in the order of the catalogue. */
const W3C: readonly string[] = [
  "https://www.w3.org/ns/credentials/v2",
  "https://www.w3.org/2018/credentials/v1",
  "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
  "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
  "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
  "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
  "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
  "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
  "https://purl.imsglobal.org/spec/clr/v2p0/context.json",
  "https://w3id.org/security/data-integrity/v2",
  "https://w3id.org/security/data-integrity/v1",
  "https://w3id.org/security/suites/ed25519-2020/v1",
  "https://www.w3.org/ns/credentials/status/v1",
  "https://w3id.org/vc/status-list/2021/v1",
  "https://w3id.org/dcc/v1",
];

/** What test suites use besides; never accepted in what is shown to people. */
const GENERIC: readonly string[] = ["https://www.w3.org/ns/credentials/examples/v2"];

function pick(sources: readonly Source[], urls: readonly string[]): readonly Source[] {
  return urls.map((url) => {
    const source = sources.find((one) => one.url === url);
    if (source === undefined) throw new Error(`no source for ${url}`);
    return source;
  });
}

async function readW3cMap(folder: string): Promise<readonly Source[]> {
  const lines = (await readFile(join(folder, "w3c/contexts/map.tsv"), "utf8")).trim().split("\n").slice(1);
  return lines.map((line) => {
    const [url = "", file = "", sha256 = ""] = line.split("\t");
    return { url, path: join(folder, "w3c", file), sha256 };
  });
}

async function readBlockcertsMap(folder: string): Promise<readonly Source[]> {
  const text = await readFile(join(folder, "blockcerts/contexts/MAP.json"), "utf8");
  const map = JSON.parse(text) as Readonly<Record<string, { readonly file: string; readonly sha256: string }>>;
  return Object.entries(map).map(([url, { file, sha256 }]) => ({
    url,
    path: join(folder, "blockcerts/contexts", file),
    sha256,
  }));
}

/** The name a context has here; two files of one name but other bytes are told apart by their set. */
function nameOf(source: Source, set: string, taken: ReadonlyMap<string, string>): string {
  const name = basename(source.path).replace(/\.json(ld)?$/, "");
  const holder = taken.get(`${name}.json`);
  return holder === undefined || holder === source.sha256 ? `${name}.json` : `${set}-${name}.json`;
}

async function bundle(folder: string): Promise<void> {
  const w3c = await readW3cMap(folder);
  const sets: Readonly<Record<string, readonly Source[]>> = {
    w3c: pick(w3c, W3C),
    generic: pick(w3c, GENERIC),
    blockcerts: await readBlockcertsMap(folder),
  };
  const files = new Map<string, string>();
  const fileLines: string[] = [];
  const addressLines: string[] = [];
  await mkdir(join(TARGET, "files"), { recursive: true });
  for (const [set, sources] of Object.entries(sets)) {
    addressLines.push(`  ${set}: {`);
    for (const source of sources) {
      const bytes = await readFile(source.path);
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      if (sha256 !== source.sha256) throw new Error(`${source.path} has SHA-256 ${sha256}, expected ${source.sha256}`);
      const known = [...files].find(([, hash]) => hash === sha256)?.[0];
      const name = known ?? nameOf(source, set, files);
      if (known === undefined) {
        files.set(name, sha256);
        await writeFile(join(TARGET, "files", name), bytes);
        fileLines.push(
          `  "${name}": {`,
          `    sha256: "${sha256}",`,
          `    sha384: "${createHash("sha384").update(bytes).digest("hex")}",`,
          `    load: async () => import("./files/${name}", { with: { type: "json" } }),`,
          `  },`,
        );
      }
      addressLines.push(`    "${source.url}": "${name}",`);
    }
    addressLines.push("  },");
  }
  await writeFile(join(TARGET, "catalogue.ts"), catalogue(fileLines, addressLines));
}

function catalogue(files: readonly string[], addresses: readonly string[]): string {
  return [
    "/** Every JSON-LD context we accept. Written by `scripts/bundle-contexts.ts`; origins in `LICENCES.md`. */",
    "",
    'import type { ContextSet, PinnedContext } from "./context-set.ts";',
    "",
    "/** By file name. A context is loaded when it is first asked for; a test holds every file to its hashes. */",
    "export const FILES: Readonly<Record<string, PinnedContext>> = {",
    ...files,
    "};",
    "",
    "/** The file at each address, by set. */",
    "export const ADDRESSES: Readonly<Record<ContextSet, Readonly<Record<string, string>>>> = {",
    ...addresses,
    "};",
    "",
  ].join("\n");
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("usage: node scripts/bundle-contexts.ts FOLDER");
await bundle(folder);
