/** The demo: a graduation batch from roster to verdict on a real local chain, and the three documents that must not pass. */

import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { openVerifier, type Verifier } from "../../app/open-verifier.ts";
import { openIssuer, requireStore } from "../../app/open-issuer.ts";
import type { Settings } from "../../app/config.ts";
import { openConfiguredWriter } from "../../app/stores.ts";
import { findWithdrawable } from "../../app/withdrawable.ts";
import { reasonCode, REVOCATION_REASONS } from "../../app/withdrawal-reasons.ts";
import type { Hex } from "../../core/bytes.ts";
import { TestamurError } from "../../core/errors.ts";
import type { Report } from "../../core/report.ts";
import { listen, type RunningService } from "../../http/listen.ts";
import { issue } from "../../issue/issue.ts";
import { jobScreen } from "../job-screen.ts";
import { paint, type Terminal } from "../terminal.ts";
import { expectHeadline, unexpected } from "./expect-headline.ts";
import { issueNative } from "./issue-native.ts";
import { startLocalChain, type LocalChain } from "./local-chain.ts";
import { startLocalDns, type LocalDns } from "./local-dns.ts";
import type { Narrator } from "./narrator.ts";

/** The first account of Hardhat's public mnemonic: everybody knows its key, so it is good for local chains only. */
const PUBLIC_KEY_OF_EVERYBODY: Hex = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
const STORE_NAME = "Faculty of Law, University of Example";
const DOMAIN = "law.uni.example";

export interface Stage {
  readonly terminal: Terminal;
  readonly narrator: Narrator;
  readonly directory: string;
  /** How the command line is called here: `testamur`, or `node src/cli/main.ts` in a clone. */
  readonly command: string;
  /** The chain is to stay up after the story. */
  readonly keepsChain: boolean;
}

/** What is running; the demo stops all of it, unless it is told to keep the chain. */
export interface Cast {
  readonly chain: LocalChain;
  readonly dns: LocalDns;
  readonly service: RunningService;
  readonly settings: Settings;
}

/** Whatever was started, and how it ends: in reverse order, whether the story ends well or not. */
export type Curtain = (() => Promise<void>)[];

/**
 * Plays the whole story. Throws when anything turns out other than it must.
 *
 * @param curtain  receives what has to be stopped, as soon as it is started.
 */
export async function play(stage: Stage, curtain: Curtain): Promise<Cast> {
  const { narrator } = stage;
  narrator.step("Start a local chain", "npx hardhat node");
  const chain = await startLocalChain();
  curtain.push(chain.stop);
  narrator.done(`a Hardhat node answers at ${chain.url} (chain 1337, process ${chain.pid})`);
  const bare = await setUp(stage, chain);
  const dns = await publishDns(stage, bare);
  curtain.push(dns.stop);
  const settings: Settings = { ...bare, resolvers: [dns.url] };
  const documents = await issueBatch(stage, settings);
  await verifyAll(stage, settings, documents);
  await refuseAltered(stage, settings, documents);
  await refuseRevoked(stage, settings, documents);
  curtain.push(await issueNative(stage, settings, DOMAIN));
  const service = await serveOne(stage, settings, documents);
  curtain.push(async () => service.stop(1_000));
  await checkWithoutNode(stage, { chain, settings }, documents);
  return { chain, dns, service, settings };
}

async function setUp({ narrator, directory, command }: Stage, chain: LocalChain): Promise<Settings> {
  const settings: Settings = {
    rpcUrls: [chain.url],
    privateKey: PUBLIC_KEY_OF_EVERYBODY,
    allowedHosts: [],
    didRegistries: {},
    home: join(directory, "batches"),
    isCi: false,
  };
  narrator.step(
    "Deploy a register of the university's own",
    `${command} store deploy --name "${STORE_NAME}" --rpc ${chain.url}`,
  );
  const writer = await openConfiguredWriter(settings, { askPassword: noPassword });
  const deployed = await writer.deploy(STORE_NAME);
  narrator.done(`DocumentStore at ${deployed.store}: ${deployed.gasUsed.toLocaleString("en")} gas`);
  narrator.note(
    paint.faint(
      `by hand, the key comes from TESTAMUR_PRIVATE_KEY=${PUBLIC_KEY_OF_EVERYBODY.slice(0, 10)}… (everybody knows it: local chains only)`,
    ),
  );
  return { ...settings, store: deployed.store };
}

async function publishDns({ narrator }: Stage, settings: Settings): Promise<LocalDns> {
  const record = `openatts net=ethereum netId=1337 addr=${settings.store ?? ""}`;
  narrator.step("Let the university's DNS vouch for the register");
  const dns = await startLocalDns({ [DOMAIN]: [record] });
  narrator.done(`${DOMAIN}. TXT "${record}"`);
  narrator.note(paint.faint(`a DNS responder on this machine plays that domain: ${dns.url}`));
  return dns;
}

async function issueBatch(
  { narrator, terminal, directory, command }: Stage,
  settings: Settings,
): Promise<readonly string[]> {
  const out = join(directory, "documents");
  narrator.step(
    "Issue the graduation batch: 1,000 transcripts, one transaction",
    `${command} issue roster.csv --template transcript.template.json --store ${settings.store ?? ""} --rpc ${settings.rpcUrls[0] ?? ""} --out documents`,
  );
  const issuer = openIssuer(settings, { askPassword: noPassword, progress: jobScreen(terminal, false).progress });
  try {
    const result = await issue(
      {
        roster: join(directory, "roster.csv"),
        template: join(directory, "transcript.template.json"),
        format: "openattestation-v2",
        out,
      },
      issuer.ports,
    );
    narrator.done(
      `${result.count.toLocaleString("en")} documents, one root on chain: ${result.root.slice(0, 18)}… in block ${result.block}`,
    );
  } finally {
    issuer.close();
  }
  const names = (await readdir(out)).filter((name) => name.endsWith(".json") && !name.startsWith("."));
  return names.toSorted().map((name) => join(out, name));
}

/** A verifier as an employer has it: a node, resolvers, nothing of the issuer's. */
function employer(settings: Settings): Verifier {
  return openVerifier({ rpc: settings.rpcUrls, dns: { resolvers: settings.resolvers ?? [] } });
}

async function verifyAll(
  { narrator, terminal, command }: Stage,
  settings: Settings,
  documents: readonly string[],
): Promise<void> {
  narrator.step(
    "Verify all of them, as an employer would",
    `${command} verify documents --rpc ${settings.rpcUrls[0] ?? ""} --resolver ${settings.resolvers?.[0] ?? ""}`,
  );
  const verifier = employer(settings);
  const bar = terminal.bar("Verified");
  const startedAt = performance.now();
  let done = 0;
  const reports = await Promise.all(
    documents.map(async (path) => {
      const report = await verifier.verify(await readFile(path));
      bar.update(++done, documents.length);
      return report;
    }),
  );
  bar.finish();
  const wrong = reports.find((report) => report.headline !== "VALID");
  if (wrong !== undefined) throw unexpected("VALID", wrong);
  const seconds = (performance.now() - startedAt) / 1000;
  narrator.done(
    `${documents.length.toLocaleString("en")} of ${documents.length.toLocaleString("en")} valid, proven by ${DOMAIN} (${Math.round(documents.length / seconds).toLocaleString("en")} a second)`,
  );
}

async function refuseAltered(
  { narrator, directory, command }: Stage,
  settings: Settings,
  documents: readonly string[],
): Promise<void> {
  narrator.step("Somebody improves a grade", `${command} verify altered.json --rpc ${settings.rpcUrls[0] ?? ""}`);
  const original = await readFile(documents[0] ?? "", "utf8");
  const altered = original.replace(/(:string:)([B-F][+-]?)(?=")/, "$1A+");
  if (altered === original) throw new TestamurError("INTERNAL", "the demo found no grade to alter");
  const path = join(directory, "altered.json");
  await writeFile(path, altered);
  await expectHeadline(employer(settings), path, "TAMPERED", narrator);
}

async function refuseRevoked(
  { narrator, command }: Stage,
  settings: Settings,
  documents: readonly string[],
): Promise<void> {
  const path = documents[1] ?? "";
  narrator.step(
    "The university withdraws one degree",
    `${command} revoke ${path} --reason superseded --store ${settings.store ?? ""} --rpc ${settings.rpcUrls[0] ?? ""}`,
  );
  const { node } = await findWithdrawable(await readFile(path), path);
  const writer = await openConfiguredWriter(settings, { askPassword: noPassword });
  const [revoked] = await writer.revoke(requireStore(settings), [node], reasonCode("superseded", REVOCATION_REASONS));
  narrator.done(`one transaction, ${(revoked?.gasUsed ?? 0n).toLocaleString("en")} gas`);
  await expectHeadline(employer(settings), path, "REVOKED", narrator);
  await expectHeadline(employer(settings), documents[2] ?? "", "VALID", narrator, "its neighbour: ");
}

async function serveOne(
  { narrator, command }: Stage,
  settings: Settings,
  documents: readonly string[],
): Promise<RunningService> {
  narrator.step("Ask over HTTP", `${command} serve --port 3000 --rpc ${settings.rpcUrls[0] ?? ""}`);
  const verifier = openVerifier({
    rpc: settings.rpcUrls,
    dns: { resolvers: settings.resolvers ?? [] },
    viewMaxAgeMs: 1_000,
  });
  const service = await listen({
    verifier,
    isReady: async () => verifier.isReady(),
    host: "127.0.0.1",
    port: 0,
    maxInFlight: 64,
    requestsPerMinute: 0,
    logLevel: "silent",
  });
  const body = await readFile(documents[3] ?? "");
  const response = await fetch(`${service.url}/v1/verify`, { method: "POST", body });
  const report = (await response.json()) as Report; // our own service, a line above
  if (report.headline !== "VALID") throw unexpected("VALID", report);
  narrator.note(paint.faint(`$ curl --data-binary @${documents[3] ?? ""} ${service.url}/v1/verify`));
  narrator.done(
    `{"verdict":"${report.verdict}","headline":"${report.headline}", … ${report.findings.length} findings}`,
  );
  return service;
}

/** The node is really stopped; only where it is to be kept, the verifier is sent to a port where nobody listens. */
async function checkWithoutNode(
  { narrator, command, keepsChain }: Stage,
  { chain, settings }: Pick<Cast, "chain" | "settings">,
  documents: readonly string[],
): Promise<void> {
  const path = documents[4] ?? "";
  const url = keepsChain ? "http://127.0.0.1:1" : chain.url;
  narrator.step("The node is down: not checked, which is never invalid", `${command} verify ${path} --rpc ${url}`);
  if (!keepsChain) await chain.stop();
  await expectHeadline(employer({ ...settings, rpcUrls: [url] }), path, "COULD_NOT_CHECK", narrator);
}

/** The demo's key lies in its settings, unencrypted: nobody is asked. */
async function noPassword(): Promise<string> {
  return "";
}
