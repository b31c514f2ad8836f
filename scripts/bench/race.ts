/** Runs a race: every round every side once, each in a fresh process, one after the other. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import process from "node:process";

import type { Aim, Figure, Goal, Race, RowResult, Sample, Setting, Stage } from "./row.ts";
import type { SideOrder } from "./side-child.ts";
import { median } from "./statistics.ts";

/** Told what is going on, for a person who waits. */
export type Narrate = (text: string) => void;

/** @throws {Error} where the check before the race fails, or a side does. */
export async function runRace(
  name: string,
  race: Race,
  setting: Setting,
  narrate: Narrate,
): Promise<Pick<RowResult, "figures" | "notes">> {
  const { stage, stop } = (await race.prepare?.(setting)) ?? { stage: {}, stop: async () => undefined };
  try {
    const order = { row: name, setting, stage };
    const { said } = (await runChild(order)) as { readonly said: string };
    narrate(`same work: ${said}`);
    const samples = await runRounds(race, order, narrate);
    return {
      figures: toFigures(race, samples),
      notes: [`Checked before timing: ${said}`, ...race.notes, ...extrasOf(race, samples)],
    };
  } finally {
    await stop();
  }
}

type Samples = Readonly<Record<string, readonly Sample[]>>;

async function runRounds(
  race: Race,
  order: { readonly row: string; readonly setting: Setting; readonly stage: Stage },
  narrate: Narrate,
): Promise<Samples> {
  const samples: Record<string, Sample[]> = {};
  const rounds = order.setting.quick ? 1 : race.rounds;
  for (let round = 1; round <= rounds; round++)
    for (const [key, side] of Object.entries(race.sides)) {
      const sample = (await runChild({ ...order, side: key })) as Sample;
      narrate(`round ${round}, ${side.name}: ${rateOf(sample).toPrecision(4)} ${race.unit}/s`);
      (samples[key] ??= []).push(sample);
    }
  return samples;
}

/** The last line of a child's output. */
async function runChild(order: SideOrder): Promise<unknown> {
  const child = spawn(
    process.execPath,
    ["--max-old-space-size=8192", join(import.meta.dirname, "side-child.ts"), JSON.stringify(order)],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let out = "";
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  const last = out.trimEnd().split("\n").at(-1) ?? "";
  if (code !== 0 || last === "")
    throw new Error(`${order.row}, ${order.side ?? "check"}, ended with ${code}:\n${said}`);
  return JSON.parse(last);
}

function rateOf({ units, seconds }: Sample): number {
  return units / seconds;
}

function toFigures(race: Race, samples: Samples): Figure[] {
  const rates = (key: string): number[] => (samples[key] ?? []).map(rateOf);
  return Object.entries(race.sides).map(([key, { name }]) => ({
    subject: name,
    unit: `${race.unit}/s`,
    values: rates(key),
    goals: race.aims.filter(({ of }) => of === key).map((aim) => toGoal(aim, race, rates)),
  }));
}

function toGoal({ of, against, atLeast }: Aim, race: Race, rates: (key: string) => number[]): Goal {
  const ratio = median(rates(of)) / median(rates(against));
  return {
    asked: `≥ ${atLeast}× ${race.sides[against]?.name ?? against}`,
    reached: `${ratio.toPrecision(3)}×`,
    met: ratio >= atLeast,
  };
}

/** Peak memory, processor time and whatever else the sides counted: medians, in words. */
function extrasOf(race: Race, samples: Samples): string[] {
  return Object.entries(race.sides).map(([key, side]) => {
    const rounds = samples[key] ?? [];
    const { peakBytes = Number.NaN, cpuSeconds = Number.NaN, units = Number.NaN, ...others } = mediansOf(rounds);
    const perUnit = ((cpuSeconds / units) * 1e6).toLocaleString("en", { maximumSignificantDigits: 3 });
    const more = Object.entries(others).map(([name, value]) => `, ${name} ${value.toPrecision(3)}`);
    return `${side.name}: peak memory ${Math.round(peakBytes / 2 ** 20)} MiB, ${perUnit} µs of processor time each${more.join("")}.`;
  });
}

function mediansOf(rounds: readonly Sample[]): Readonly<Record<string, number>> {
  const all = rounds.map(({ units, extra }): Readonly<Record<string, number>> => ({ units, ...extra }));
  return Object.fromEntries(
    Object.keys(all[0] ?? {}).map((name) => [name, median(all.map((figures) => figures[name] ?? Number.NaN))]),
  );
}
