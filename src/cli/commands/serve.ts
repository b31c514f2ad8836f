/** `testamur serve`: the verifier over HTTP, until it is told to stop. */

import type { Command } from "commander";

import { addDoubtOptions, addChainOptions, addRecognitionOptions } from "../options.ts";
import type { ServeFlags } from "../run/serve.ts";
import type { Shell } from "../shell.ts";

const run = async () => import("../run/serve.ts");

export function addServeCommand(program: Command, shell: Shell): void {
  const command = program
    .command("serve")
    .description("the verifier over HTTP: POST /v1/verify, /v1/verify/batch, the VC-API, /docs")
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--port <number>", "port to listen on; 0: any free one", "3000")
    .option("--trust <file>", "your own list of issuers")
    .option("--resolver <url...>", "DNS-over-HTTPS resolvers to ask")
    .option("--strict", "doubt what the default only reports")
    .option("--tls-cert <file>", "serve https with this certificate (PEM)")
    .option("--tls-key <file>", "and this key (PEM)")
    .option("--tls-self-signed", "serve https with a certificate made at start: for tests, nobody trusts it")
    .option("--profile <name>", "strict, or generic: for conformance suites, trusts any issuer", "strict")
    .option(
      "--status-lists",
      "publish the store's status lists as W3C Bitstring Status Lists, signed with the signing key",
    )
    .option("--issue-token-file <file>", "sign credentials (VC-API) for those who send the token in this file")
    .option("--store <address>", "the DocumentStore whose lists are published")
    .option("--signing-key <file>", "the key that signs (testamur key create --signing)")
    .option("--signing-password-file <file>", "file with its password; without it you are asked")
    .option("--public-url <url>", "where the service is reached, where that is not its own address")
    .option("--deadline <ms>", "how long reading one document may take", "10000")
    .option("--rate <number>", "requests a minute and client address; 0: no limit", "600")
    .option("--max-in-flight <number>", "requests worked on at a time; the rest is told to come back", "64")
    .option("--quiet", "log warnings only");
  addChainOptions(addDoubtOptions(addRecognitionOptions(command))).action(async (flags: ServeFlags) =>
    (await run()).runServe(flags, shell),
  );
}
