/** What every command is handed: the terminal, the settings, and the way to ask a person. */

import type { SettingFlags, Settings } from "../app/config.ts";
import type { Terminal } from "./terminal.ts";

export interface Shell {
  readonly terminal: Terminal;
  /** Flags, environment and file, joined. */
  settings(flags: SettingFlags): Promise<Settings>;
  /** Set by a command that ends well but has more to say than 0. */
  exitCode: number;
}

/** A shell over the real process. */
export function openShell(terminal: Terminal, environment: NodeJS.ProcessEnv, directory: string): Shell {
  return {
    terminal,
    settings: async (flags) => (await import("../app/config.ts")).loadSettings(flags, environment, directory),
    exitCode: 0,
  };
}
