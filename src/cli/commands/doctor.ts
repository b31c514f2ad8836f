/** `testamur doctor`: is everything in place? Each line is fine, or says what to do. */

import type { Command } from "commander";

import { addSignerOptions } from "../options.ts";
import type { DoctorFlags } from "../run/doctor.ts";
import type { Shell } from "../shell.ts";

const run = async () => import("../run/doctor.ts");

export function addDoctorCommand(program: Command, shell: Shell): void {
  addSignerOptions(
    program
      .command("doctor")
      .description("is everything in place? each line says what to do")
      .option("--resolver <url...>", "DNS-over-HTTPS resolvers to ask")
      .option("--json", "JSON on stdout"),
  ).action(async (flags: DoctorFlags) => (await run()).runDoctor(flags, shell));
}
