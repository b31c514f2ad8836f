/** A faculty at its desk: settings, keys, a roster and templates in a folder, a DID on the web, a store on a local chain. */

import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { expect } from "chai";
import { Wallet } from "ethers";

import { isHex, type Hex } from "../../src/core/bytes.ts";
import type { Report } from "../../src/core/report.ts";
import { deployStore } from "../chain/support/stores.ts";
import type { LocalNode } from "./local-node.ts";
import { runCli, type CliRun } from "./run-cli.ts";
import { startWebIdentity, type WebIdentity } from "./web-identity.ts";

const examples = resolve(import.meta.dirname, "../../examples");

/** The example template of each standard. */
export const TEMPLATES: Readonly<Record<string, string>> = {
  "openattestation-v2": "transcript.template.json",
  "w3c-vc-v2": "degree.template.json",
  "blockcerts-v3": "blockcerts.template.json",
};

export interface Faculty {
  readonly folder: string;
  readonly web: WebIdentity;
  readonly store: Hex;
  /** The command line, in the folder, with the key of an account that is not public. */
  testamur(...args: readonly string[]): Promise<CliRun>;
  /** Makes the settings different from what they are. */
  set(members: object): void;
  /** Issues the roster by the example template of that standard, into a folder of its name. */
  issueAs(format: string, ...flags: readonly string[]): Promise<CliRun>;
  /** The documents in a folder, each with it. */
  documentsIn(folder: string): readonly string[];
  verify(...paths: readonly string[]): Promise<readonly Report[]>;
  close(): Promise<void>;
}

/**
 * Set up from the command line, as a registrar would; what `init` says is to be published is published.
 *
 * @param learners  how many of the example roster.
 */
export async function openFaculty(node: LocalNode, learners: number): Promise<Faculty> {
  const { address, privateKey } = Wallet.createRandom();
  if (!isHex(address)) throw new Error(address);
  const folder = mkdtempSync(join(tmpdir(), "testamur-faculty-"));
  const web = await startWebIdentity();
  await node.request("hardhat_setBalance", [address, "0x56bc75e2d63100000"]);
  const store = await deployStore(node, address);
  const testamur: Faculty["testamur"] = async (...args) => runCli(folder, args, { TESTAMUR_PRIVATE_KEY: privateKey });
  const settings = join(folder, "testamur.json");
  const set = (members: object): void => {
    const known = JSON.parse(readFileSync(settings, "utf8")) as object;
    writeFileSync(settings, JSON.stringify({ ...known, ...members }));
  };

  const roster = readFileSync(join(examples, "roster.csv"), "utf8").split("\n");
  writeFileSync(join(folder, "roster.csv"), `${roster.slice(0, learners + 1).join("\n")}\n`);
  for (const template of Object.values(TEMPLATES)) cpSync(join(examples, template), join(folder, template));
  writeFileSync(join(folder, "password"), "correct horse battery\n");
  await testamur("key", "create", "--signing", "--out", "signing.json", "--password-file", "password");
  const flags = ["--name", "Faculty of Law", "--domain", "law.uni.example", "--did", web.did, "--store", store];
  const made = await testamur("init", "--rpc", node.url, ...flags, "--signing-key", "signing.json");
  expect(made.code, made.stderr).to.equal(0);
  web.publish(made.stdout.slice(made.stdout.lastIndexOf('{\n  "@context"')));
  set({
    allowedHosts: [web.host],
    signingPasswordFile: "password",
    trust: "trust.json",
    resolvers: ["http://127.0.0.1:1"],
  });
  const trusted = { name: "Faculty of Law, University of Example", stores: [`eip155:${node.chainId}:${store}`] };
  writeFileSync(join(folder, "trust.json"), JSON.stringify({ issuers: [trusted] }));

  return {
    folder,
    web,
    store,
    testamur,
    set,
    issueAs: async (format, ...more) =>
      testamur("issue", "roster.csv", "--template", TEMPLATES[format] ?? "", "--out", format, "--yes", ...more),
    documentsIn: (place) =>
      readdirSync(join(folder, place))
        .filter((name) => name.endsWith(".json"))
        .toSorted()
        .map((name) => join(place, name)),
    async verify(...paths) {
      const { stdout } = await testamur("verify", ...paths, "--json");
      const lines = stdout.split("\n").filter((line) => line !== "");
      return lines.map((line) => JSON.parse(line) as Report);
    },
    async close() {
      await web.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
