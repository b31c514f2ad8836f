/** `testamur issue`, `resume`, `status`, `fsck`: the issuing job from the command line. */

import { Option, type Command } from "commander";

import { ISSUING_FORMAT_IDS } from "../../formats/issuing-format-ids.ts";
import { addChainOptions, addSignerOptions, type ChainFlags } from "../options.ts";
import type { IssueFlags, ResumeFlags } from "../run/issue.ts";
import type { Shell } from "../shell.ts";

const run = async () => import("../run/issue.ts");

export function addIssueCommands(program: Command, shell: Shell): void {
  const issuing = program
    .command("issue")
    .description("issue a roster as one batch: seal, anchor in one transaction, write and check the documents")
    .argument("<roster>", "CSV file, one learner a line")
    .requiredOption("--template <file>", "JSON file: how one credential looks")
    .option("--format <name>", `document standard: ${ISSUING_FORMAT_IDS.join(", ")} (default: the template's own)`)
    .requiredOption("--out <directory>", "where the documents go")
    .option(
      "--status-lists-url <url>",
      "where `testamur serve --status-lists` is reached: documents name its lists, for verifiers that read no chain",
    )
    .option("--learner-id <column>", "the column that tells learners apart")
    .option("--dry-run", "read, check and reckon everything; send nothing, keep nothing")
    .addOption(
      new Option("--layout <how>", "a file for each document, or files of 1,000 lines").choices(["files", "lines"]),
    )
    .option("--again", "issue a second set of credentials from files that were issued before");
  addJobOptions(issuing).action(async (roster: string, flags: IssueFlags) =>
    (await run()).runIssue(roster, flags, shell),
  );
  const resuming = program
    .command("resume")
    .description("finish a batch that was interrupted; nothing is anchored twice")
    .argument("<batch>", "its id, or a part of it")
    .option("--out <directory>", "write the documents of a finished batch once more, there: for those that were lost");
  addJobOptions(resuming).action(async (batch: string, flags: ResumeFlags) =>
    (await run()).runResume(batch, flags, shell),
  );
  addLooking(
    program
      .command("status")
      .description("your batches and where they stand")
      .argument("[batch]", "one of them, with its history"),
  ).action(async (batch: string | undefined, flags: ChainFlags & { json?: boolean }) =>
    (await run()).runStatus(batch, flags, shell),
  );
  addLooking(
    program
      .command("fsck")
      .description("rebuild every root from what is stored; compare with the chain and the documents on disk"),
  ).action(async (flags: ChainFlags & { json?: boolean }) => (await run()).runFsck(flags, shell));
}

function addJobOptions(command: Command): Command {
  return addSignerOptions(command)
    .option("--signing-key <file>", "key that signs W3C credentials (testamur key create --signing)")
    .option("--signing-password-file <file>", "file with its password, where it is not the keystore's")
    .option("--yes", "do not ask before signing")
    .option("--max-fee <amount>", "most that anchoring may cost, in the chain's currency, for example 0.005")
    .option("--json", "events and the result as JSON lines on stdout");
}

function addLooking(command: Command): Command {
  return addChainOptions(command)
    .option("--home <directory>", "where batches are kept (default: .testamur)")
    .option("--json", "JSON on stdout");
}
