/** `testamur serve`: the verifier over HTTP, until it is told to stop. */

import { readFileSync } from "node:fs";
import process from "node:process";

import type { Command } from "commander";

import { openConfiguredService } from "../../app/configured-service.ts";
import type { ProfileName } from "../../app/document-work.ts";
import { parseOrigin, type SettingFlags, type Settings } from "../../app/config.ts";
import { TestamurError } from "../../core/errors.ts";
import { listen } from "../../http/listen.ts";
import { selfSignedCertificate, type Certificate } from "../../http/self-signed-certificate.ts";
import { askPassword } from "../ask.ts";
import {
  addDoubtOptions,
  addChainOptions,
  addRecognitionOptions,
  type ChainFlags,
  type DoubtFlags,
  type RecognitionFlags,
} from "../options.ts";
import type { Shell } from "../shell.ts";
import { paint } from "../terminal.ts";

/** A view of the chain is used this long at most: so long a revocation may go unseen (reliability: 60 s). */
const VIEW_AGE_MS = 5_000;

interface ServeFlags
  extends ChainFlags, DoubtFlags, RecognitionFlags, Pick<SettingFlags, "store" | "signingKey" | "signingPasswordFile"> {
  readonly host: string;
  readonly port: string;
  readonly trust?: string;
  readonly resolver?: readonly string[];
  readonly strict?: boolean;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly tlsSelfSigned?: boolean;
  readonly profile: string;
  readonly publicUrl?: string;
  readonly statusLists?: boolean;
  readonly issueTokenFile?: string;
  readonly deadline: string;
  readonly rate: string;
  readonly maxInFlight: string;
  readonly quiet?: boolean;
}

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
    runServe(flags, shell),
  );
}

async function runServe(flags: ServeFlags, shell: Shell): Promise<void> {
  const profile = profileOf(flags.profile);
  const tls = tlsOf(flags);
  const issueToken = flags.issueTokenFile === undefined ? undefined : readToken(flags.issueTokenFile);
  if (profile === "generic" && (flags.statusLists === true || issueToken !== undefined)) {
    throw new TestamurError("USAGE", "the generic profile signs with a key of its own and publishes lists of its own", {
      next: "leave out --profile, or --status-lists and --issue-token-file",
    });
  }
  const settings = shell.settings(flags);
  const publicUrl = findPublicUrl(flags, settings, shell);
  let url = publicUrl ?? "";
  const opened = await openConfiguredService(settings, {
    profile,
    policy: flags.strict === true ? "strict" : "default",
    viewMaxAgeMs: VIEW_AGE_MS,
    deadlineMs: wholeNumber(flags.deadline, "--deadline"),
    baseUrl: () => url,
    publishesStatusLists: flags.statusLists === true,
    issues: issueToken !== undefined,
    askPassword: async (of) => askPassword(`Password of the ${of}`, "--signing-password-file"),
  });
  const service = await listen({
    verifier: opened.verifier,
    vcApi: opened.vcApi,
    ...(opened.statusLists !== undefined && { statusLists: opened.statusLists }),
    ...(issueToken !== undefined && { issueToken }),
    isReady: async () => profile === "generic" || opened.verifier.isReady(),
    host: flags.host,
    port: wholeNumber(flags.port, "--port"),
    maxInFlight: wholeNumber(flags.maxInFlight, "--max-in-flight"),
    requestsPerMinute: wholeNumber(flags.rate, "--rate"),
    logLevel: flags.quiet === true ? "warn" : "info",
    ...tls,
  });
  url = publicUrl ?? service.url;
  shell.terminal.say(
    `${paint.strong("Testamur")} verifies at ${paint.code(service.url)} · ${service.url}/docs · stop with Ctrl-C`,
  );
  if (profile === "generic")
    shell.terminal.say(
      `  ${paint.tone("warn", "!")} The generic profile is for conformance suites: it asks nobody who an issuer is, and signs for anybody with a key of no worth.`,
    );
  await stopSignal();
  shell.terminal.say("Stopping: finishing what was begun …");
  await service.stop();
  await opened.close();
}

/** Documents name the address that is set for lists, so lists lie there, unless somebody says that they do not. */
function findPublicUrl(
  { publicUrl, statusLists }: ServeFlags,
  { statusListsUrl }: Settings,
  { terminal }: Shell,
): string | undefined {
  const named = statusLists === true ? statusListsUrl : undefined;
  if (publicUrl === undefined) return named;
  const origin = parseOrigin(publicUrl, "--public-url");
  if (named !== undefined && named !== origin)
    terminal.say(
      `  ${paint.tone("warn", "!")} Documents name lists at ${named} (statusListsUrl); these call themselves by ${origin}.`,
    );
  return origin;
}

function profileOf(name: string): ProfileName {
  if (name === "strict" || name === "generic") return name;
  throw new TestamurError("USAGE", `--profile: "${name}" is neither strict nor generic`);
}

function tlsOf({ tlsCert, tlsKey, tlsSelfSigned, host }: ServeFlags): { tls?: Certificate } {
  if (tlsSelfSigned === true) {
    if (tlsCert === undefined && tlsKey === undefined)
      return { tls: selfSignedCertificate([...new Set(["localhost", "127.0.0.1", host])], new Date()) };
    throw new TestamurError("USAGE", "--tls-self-signed makes its own certificate and key");
  }
  if (tlsCert === undefined && tlsKey === undefined) return {};
  if (tlsCert === undefined || tlsKey === undefined)
    throw new TestamurError("USAGE", "--tls-cert and --tls-key go together");
  return { tls: { certificate: readText(tlsCert), key: readText(tlsKey) } };
}

/** @throws {TestamurError} `USAGE` for a token that could be guessed. */
function readToken(path: string): string {
  const token = readText(path).trim();
  if (/^[\x21-\x7e]{16,}$/.test(token)) return token;
  throw new TestamurError("USAGE", `${path} holds no token: 16 or more letters and digits on one line`, {
    next: `openssl rand -hex 32 > ${path}`,
  });
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new TestamurError("FILE_UNREADABLE", `${path} cannot be read`, { cause });
  }
}

function wholeNumber(text: string, what: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new TestamurError("USAGE", `${what}: "${text}" is not a whole number`);
}

/** Resolves at the first SIGINT or SIGTERM. */
async function stopSignal(): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}
