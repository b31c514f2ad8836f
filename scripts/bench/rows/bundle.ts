/** What a browser has to load to verify: our `testamur/verifier`, bundled and minified. */

import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

import { build, type Metafile } from "esbuild";

import { atMost } from "../goals.ts";
import type { Figure, Survey } from "../row.ts";

const project = join(import.meta.dirname, "../../..");
const ENTRY = "src/app/open-verifier.ts";

export const bundle: Survey = {
  kind: "survey",
  title: "Size of the verifier in a browser",
  async measure() {
    const { metafile, outputFiles } = await build({
      absWorkingDir: project,
      entryPoints: [ENTRY],
      bundle: true,
      minify: true,
      splitting: true,
      format: "esm",
      platform: "browser",
      target: "es2022",
      outdir: "bundle",
      write: false,
      metafile: true,
      logLevel: "silent",
    });
    const pieces = new Map(outputFiles.map(({ path, contents }) => [path.slice(project.length + 1), contents]));
    const first = [...firstLoad(metafile)].flatMap((path) => pieces.get(path) ?? []);
    const all = [...pieces.values()];
    const brotli = kilobytes(first, brotliCompressSync);
    return {
      figures: [
        { ...size("first load, brotli", brotli), goals: [atMost(150, "kB")(brotli)] },
        size("first load, gzip", kilobytes(first, gzipSync)),
        size(
          "first load, as it is",
          kilobytes(first, (piece) => piece),
        ),
        size(
          "everything it may ever load (JSON-LD processor, all contexts), brotli",
          kilobytes(all, brotliCompressSync),
        ),
      ],
      notes: [
        "Bundled by esbuild without any Node built-in; each file compressed by itself. The goal is one for the whole verify page: this is the verifier alone, without a page.",
      ],
    };
  },
};

function size(subject: string, value: number): Figure {
  return { subject, unit: "kB", values: [value], goals: [] };
}

function kilobytes(pieces: readonly Uint8Array[], compress: (piece: Uint8Array) => Uint8Array): number {
  return Math.round(pieces.reduce((sum, piece) => sum + compress(piece).length, 0) / 100) / 10;
}

/** The entry and what it imports before it can run; what is imported later, when a document asks for it, is left out. */
function firstLoad({ outputs }: Metafile): ReadonlySet<string> {
  const entry = Object.keys(outputs).find((path) => outputs[path]?.entryPoint === ENTRY);
  const found = new Set<string>();
  const visit = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    for (const { path: next, kind } of outputs[path]?.imports ?? []) if (kind === "import-statement") visit(next);
  };
  if (entry !== undefined) visit(entry);
  return found;
}
