/** What `testamur serve` does: the verifier over HTTP, until it is told to stop. */

import { readFileSync } from "node:fs";
import process from "node:process";

import { openConfiguredService } from "../../app/configured-service.ts";
import type { ProfileName } from "../../app/document-work.ts";
import { parseOrigin, type SettingFlags, type Settings } from "../../app/config.ts";
import { TestamurError } from "../../core/errors.ts";
import { listen } from "../../http/listen.ts";
import { selfSignedCertificate, type Certificate } from "../../http/self-signed-certificate.ts";
import { askPassword } from "../ask.ts";
import type { ChainFlags, DoubtFlags, RecognitionFlags } from "../options.ts";
import type { Shell } from "../shell.ts";
import { paint } from "../terminal.ts";

/** A view of the chain is used this long at most: so long a revocation may go unseen (reliability: 60 s). */
const VIEW_AGE_MS = 5_000;

export interface ServeFlags
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

export async function runServe(flags: ServeFlags, shell: Shell): Promise<void> {
  const profile = profileOf(flags.profile);
  const tls = tlsOf(flags);
  const issueToken = flags.issueTokenFile === undefined ? undefined : readToken(flags.issueTokenFile);
  if (profile === "generic" && (flags.statusLists === true || issueToken !== undefined)) {
    throw new TestamurError("USAGE", "the generic profile signs with a key of its own and publishes lists of its own", {
      next: "leave out --profile, or --status-lists and --issue-token-file",
    });
  }
  const settings = await shell.settings(flags);
  const publicUrl = findPublicUrl(flags, settings, shell);
  let url = publicUrl ?? "";
  const opened = await openConfiguredService(settings, {
    profile,
    policy: flags.strict === true ? "strict" : "default",
    viewMaxAgeMs: VIEW_AGE_MS,
    deadlineMs: wholeNumber(flags.deadline, "--deadline", { least: 1 }),
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
    port: wholeNumber(flags.port, "--port", { most: 65_535 }),
    maxInFlight: wholeNumber(flags.maxInFlight, "--max-in-flight", { least: 1 }),
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

function wholeNumber(text: string, what: string, { least = 0, most = 999_999_999 } = {}): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new TestamurError("USAGE", `${what}: "${text}" is not a whole number from ${least} to ${most}`);
}

/** Resolves at the first SIGINT or SIGTERM. */
async function stopSignal(): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}
