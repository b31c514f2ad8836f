/** The options of the commands that withdraw documents, put them on hold, or lift that. */

import type { Command } from "commander";

import { addSignerOptions } from "../options.ts";
import type { StatusWords } from "../run/change-status.ts";

export function addStatusOptions(command: Command, { done, reasons }: StatusWords): Command {
  return addSignerOptions(
    command
      .option("--list <file.csv>", "more of them: a column file or leaf (index.csv has both)")
      .option("--dry-run", "show what would be sent, send nothing")
      .option("--yes", "do not ask")
      .option("--max-fee <amount>", "most that one transaction may cost, in the chain's currency")
      .option("--json", "the result as JSON on stdout")
      .addHelpText(
        "after",
        `\nReasons: ${Object.keys(reasons).join(", ")}. What is ${done.toLowerCase()} already is left out.`,
      ),
  );
}
