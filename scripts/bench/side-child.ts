/** One round of one side, in a process of its own: nothing that another side loaded, compiled or left on the heap is here. */

import process from "node:process";

import { findRow } from "./rows.ts";
import type { Setting, Stage } from "./row.ts";

/** What the parent asks for. */
export interface SideOrder {
  readonly row: string;
  /** A key of the row's sides; absent: the row's check. */
  readonly side?: string;
  readonly setting: Setting;
  readonly stage: Stage;
}

const { row: name, side: key, setting, stage } = JSON.parse(process.argv[2] ?? "") as SideOrder;
const row = await findRow(name);
if (row.kind !== "race") throw new Error(`row ${name} has no sides`);
if (key === undefined) answer({ said: await row.check(setting, stage) });
else {
  const work = await row.sides[key]?.open(setting, stage);
  if (work === undefined) throw new Error(`row ${name} has no side ${key}`);
  await work.warmUp();
  const before = process.cpuUsage();
  const { extra, ...sample } = await work.run();
  const { user, system } = process.cpuUsage(before); // all threads, also the engine's own
  answer({
    ...sample,
    extra: { ...extra, cpuSeconds: (user + system) / 1e6, peakBytes: process.resourceUsage().maxRSS * 1_024 },
  });
}
process.exit(0); // clients of other projects leave sockets and timers behind

function answer(value: object): void {
  process.stdout.write(`\n${JSON.stringify(value)}\n`);
}
