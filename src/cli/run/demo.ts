/** What `testamur demo` does: the whole product in its first minute. */

import process from "node:process";

import { openNarrator } from "../demo/narrator.ts";
import { play, type Cast, type Curtain } from "../demo/story.ts";
import { openWorkshop } from "../demo/workshop.ts";
import type { Shell } from "../shell.ts";
import { paint } from "../terminal.ts";

export interface DemoFlags {
  readonly keep?: boolean;
  readonly dir: string;
}

export async function runDemo(flags: DemoFlags, { terminal }: Shell): Promise<void> {
  const startedAt = performance.now();
  terminal.say(
    `${paint.strong("Testamur")}: a graduation batch, from roster to verdict, on a real chain on this machine`,
  );
  const directory = await openWorkshop(flags.dir);
  const command = import.meta.url.endsWith(".ts") ? "node src/cli/main.ts" : "testamur";
  const curtain: Curtain = [];
  try {
    const cast = await play(
      { terminal, narrator: openNarrator(terminal), directory, command, keepsChain: flags.keep === true },
      curtain,
    );
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    terminal.say();
    terminal.say(
      `${paint.tone("good", "✓")} ${paint.strong("Done")} in ${seconds} s. Everything it made lies in ${directory}`,
    );
    if (flags.keep === true) await keep(cast, (line) => terminal.say(line));
  } finally {
    for (const stop of curtain.toReversed()) await stop();
  }
}

async function keep({ chain, dns, service, settings }: Cast, say: (line?: string) => void): Promise<void> {
  say();
  say(`  The chain stays up at ${chain.url}, the register is ${settings.store ?? ""},`);
  say(`  the DNS answers at ${dns.url}, the service at ${service.url}/docs. Ctrl-C ends all three.`);
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}
