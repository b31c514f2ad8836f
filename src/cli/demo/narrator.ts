/** Tells the demo's story: numbered steps, how long each took, and the command that does it by hand. */

import type { Terminal } from "../terminal.ts";
import { paint } from "../terminal.ts";

export interface Narrator {
  /** Begins a step. */
  step(title: string, byHand?: string): void;
  /** A line under the step, with the time since it began. */
  done(text: string): void;
  /** A line under the step. */
  note(text: string): void;
}

export function openNarrator(terminal: Terminal): Narrator {
  let number = 0;
  let startedAt = performance.now();
  return {
    step(title, byHand) {
      number++;
      startedAt = performance.now();
      terminal.say();
      terminal.say(paint.strong(`${number}. ${title}`));
      if (byHand !== undefined) terminal.say(paint.faint(`   $ ${byHand}`));
    },
    done(text) {
      terminal.say(
        `  ${paint.tone("good", "✓")} ${text} ${paint.faint(`· ${((performance.now() - startedAt) / 1000).toFixed(2)} s`)}`,
      );
    },
    note: (text) => terminal.say(`  ${text}`),
  };
}
