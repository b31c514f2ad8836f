/** `testamur verify PATH...`: one document, a folder, a file of lines. */

import type { Command } from "commander";

import { addDoubtOptions, addChainOptions, addRecognitionOptions } from "../options.ts";
import type { VerifyFlags } from "../run/verify.ts";
import type { Shell } from "../shell.ts";

const run = async () => import("../run/verify.ts");

export function addVerifyCommand(program: Command, shell: Shell): void {
  const command = program
    .command("verify")
    .description("check documents: unchanged, issued, not withdrawn, by whom, in force")
    .argument("<path...>", "documents (.json), badges (.png, .svg), folders of documents, or .ndjson files")
    .option("--json", "one JSON report a line on stdout, in input order")
    .option("--offline", "check what can be checked without any network; the rest is 'not checked'")
    .option("--trust <file>", "your own list of issuers (README, 'The trust file')")
    .option("--resolver <url...>", "DNS-over-HTTPS resolvers to ask (at least two is better)")
    .option("--strict", "doubt what the default only reports")
    .option("--expect-signer <id...>", "profiles (https) or DIDs that must have signed beside the issuer")
    .option("--as-of <time>", "judge as of a moment, ISO 8601")
    .option("--at-block <number>", "judge as of a block")
    .option("--key <digits>", "open encrypted shares with this key first")
    .option("--report <file.csv>", "also write a table for a spreadsheet");
  addChainOptions(addDoubtOptions(addRecognitionOptions(command))).action(
    async (paths: readonly string[], flags: VerifyFlags) => {
      shell.exitCode = await (await run()).runVerify(paths, flags, shell);
    },
  );
}
