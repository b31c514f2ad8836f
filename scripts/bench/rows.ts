/** The rows of the benchmark, in the order of the table. Each is loaded only where it runs. */

import type { Row } from "./row.ts";

const ROWS: Readonly<Record<string, () => Promise<Row>>> = {
  wrap: async () => (await import("./rows/wrap.ts")).wrap,
  tree: async () => (await import("./rows/tree.ts")).tree,
  integrity: async () => (await import("./rows/integrity.ts")).integrity,
  redact: async () => (await import("./rows/redact.ts")).redact,
  verify: async () => (await import("./rows/verify.ts")).verify,
  sign: async () => (await import("./rows/sign.ts")).sign,
  signatures: async () => (await import("./rows/signatures.ts")).signatures,
  "blockcerts-issue": async () => (await import("./rows/blockcerts-issue.ts")).blockcertsIssue,
  blockcerts: async () => (await import("./rows/blockcerts.ts")).blockcerts,
  http: async () => (await import("./rows/http.ts")).http,
  growth: async () => (await import("./rows/growth.ts")).growth,
  gas: async () => (await import("./rows/gas.ts")).gas,
  start: async () => (await import("./rows/start.ts")).start,
  bundle: async () => (await import("./rows/bundle.ts")).bundle,
};

export const ROW_NAMES: readonly string[] = Object.keys(ROWS);

/** @throws {Error} naming the rows there are. */
export async function findRow(name: string): Promise<Row> {
  const load = ROWS[name];
  if (load === undefined) throw new Error(`there is no row ${name}; there are ${ROW_NAMES.join(", ")}`);
  return load();
}
