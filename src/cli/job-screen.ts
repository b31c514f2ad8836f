/** An issuing job on the screen: bars while it works, a line for each state it reaches; JSON lines for programs. */

import type { BatchState, BatchTransition } from "../core/ports/batches.ts";
import type { JobEvent, Progress } from "../core/ports/handing-out.ts";
import type { Bar, Terminal } from "./terminal.ts";
import { paint } from "./terminal.ts";

const STATE_WORDS: Readonly<Record<BatchState, string>> = {
  draft: "Roster read",
  sealed: "Sealed, salts stored",
  rooted: "Root computed and stored",
  signed: "Transaction signed",
  broadcast: "Sent",
  mined: "In a block",
  final: "Final",
  attached: "Documents written",
  checked: "Every document checked",
  paused: "Paused",
  "needs-attention": "Needs attention",
  abandoned: "Given up",
};

/** The word for a state. */
export function stateWord(state: BatchState): string {
  return STATE_WORDS[state];
}

export interface JobScreen {
  readonly progress: Progress;
}

/** @param json  events as JSON lines on stdout instead of bars on stderr. */
export function jobScreen(terminal: Terminal, json: boolean): JobScreen {
  if (json) return { progress: (event) => terminal.print(JSON.stringify(event)) };
  let bar: { readonly toward: BatchState; readonly drawn: Bar; total: number } | undefined;
  let startedAt = performance.now();

  function note(detail: BatchTransition["detail"]): string {
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    const parts = [
      detail["count"] ?? bar?.total,
      typeof detail["block"] === "number" ? `block ${detail["block"]}` : undefined,
      gasOf(detail),
    ];
    return [...parts.filter((part) => part !== undefined && part !== 0).map(String), paint.faint(`${seconds} s`)].join(
      " · ",
    );
  }

  return {
    progress(event: JobEvent): void {
      switch (event.kind) {
        case "working":
          if (bar?.toward !== event.toward)
            bar = { toward: event.toward, drawn: terminal.bar(STATE_WORDS[event.toward]), total: event.total };
          bar.total = Math.max(event.total, event.done);
          bar.drawn.update(event.done, bar.total);
          return;
        case "reached": {
          const drawn = bar?.toward === event.state ? bar.drawn : terminal.bar(STATE_WORDS[event.state]);
          drawn.finish(note(event.detail));
          bar = undefined;
          startedAt = performance.now();
          return;
        }
        case "waiting":
          terminal.say(`  ${paint.tone("warn", "…")} waiting: ${event.reason}`);
      }
    },
  };
}

function gasOf({ gasUsed }: BatchTransition["detail"]): string | undefined {
  return gasUsed === undefined || gasUsed === null ? undefined : `${Number(gasUsed).toLocaleString("en")} gas`;
}
