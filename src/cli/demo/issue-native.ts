/** The demo's encore: the same graduates in the native standard, signed by a key that the university's DID document lists. */

import { readFile, readdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import type { Settings } from "../../app/config.ts";
import { createDocumentKey } from "../../app/document-key.ts";
import { issuerDidDocument } from "../../app/issuer-records.ts";
import { openIssuer, requireStore } from "../../app/open-issuer.ts";
import { openVerifier } from "../../app/open-verifier.ts";
import { issue } from "../../issue/issue.ts";
import { expectHeadline } from "./expect-headline.ts";
import type { Stage } from "./story.ts";

const GRADUATES = 10;
/** Written beside the key it protects, and gone with the demo's folder. */
const PASSWORD = "for a demo only";
/** scrypt's N: a key that nobody will ever need is not worth a second. */
const QUICK = 2 ** 10;
const CHAIN_ID = 1337;

/**
 * Makes a key, publishes its DID document, issues and verifies.
 *
 * @returns what stops the web server.
 */
export async function issueNative(stage: Stage, settings: Settings, domain: string): Promise<() => Promise<void>> {
  const { narrator, directory, command } = stage;
  const graduates = join(directory, "ten.csv");
  const lines = (await readFile(join(directory, "roster.csv"), "utf8")).split("\n");
  await writeFile(graduates, `${lines.slice(0, GRADUATES + 1).join("\n")}\n`);
  narrator.step(
    `Ten of them again as W3C credentials (Open Badges 3.0): signed as well as anchored`,
    `${command} issue ten.csv --template degree.template.json --config native.json --out badges`,
  );
  const { native, stop } = await publishKey(stage, settings, domain);
  const out = join(directory, "badges");
  const issuer = openIssuer(native, { askPassword: async () => PASSWORD });
  try {
    const template = join(directory, "degree.template.json");
    const { count } = await issue({ roster: graduates, template, format: "w3c-vc-v2", out }, issuer.ports);
    narrator.done(`${count} credentials in ${out}`);
  } finally {
    issuer.close();
  }
  const [first = ""] = (await readdir(out)).filter((name) => name.endsWith(".json")).toSorted();
  const verifier = openVerifier({ rpc: native.rpcUrls, allowedHosts: native.allowedHosts });
  await expectHeadline(verifier, join(out, first), "VALID", narrator);
  return stop;
}

/** A web server on this machine plays the university's; did:web allows that for trying things out. */
async function publishKey(
  { narrator, directory }: Stage,
  settings: Settings,
  domain: string,
): Promise<{ readonly native: Settings; readonly stop: () => Promise<void> }> {
  const { text, publicKey } = await createDocumentKey("Ed25519", PASSWORD, QUICK);
  const signingKey = join(directory, "signing.json");
  const signingPasswordFile = join(directory, "signing.password");
  await writeFile(signingKey, text, { mode: 0o600 });
  await writeFile(signingPasswordFile, PASSWORD, { mode: 0o600 });
  let published = "";
  const server = createServer((_, response) => {
    response.setHeader("Content-Type", "application/did+json");
    response.end(published);
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a TCP server that listens has one
  const did = `did:web:localhost%3A${port}`;
  const register = { chainId: CHAIN_ID, store: requireStore(settings) };
  published = JSON.stringify(issuerDidDocument(did, { key: publicKey, register }));
  narrator.done(`http://localhost:${port}/.well-known/did.json lists the signing key and the register`);
  const more = {
    issuer: { name: domain, domain, did },
    allowedHosts: [`localhost:${port}`],
    signingKey,
    signingPasswordFile,
  };
  const file = { rpc: settings.rpcUrls, store: register.store, ...more };
  await writeFile(join(directory, "native.json"), JSON.stringify(file, null, 2)); // for playing on by hand
  return {
    native: { ...settings, ...more },
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}
