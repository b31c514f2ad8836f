/** What `testamur init` does: asks what has to be known once, and writes it down. */

import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";

import { parseAddress, parseUrl } from "../../app/config.ts";
import { isHostName, issuerRecords } from "../../app/issuer-records.ts";
import { lookAtStore } from "../../app/stores.ts";
import { TestamurError } from "../../core/errors.ts";
import { askText, canAsk } from "../ask.ts";
import type { Shell } from "../shell.ts";
import { showDidDocument } from "../show-did-document.ts";
import { paint } from "../terminal.ts";

export interface InitFlags {
  readonly rpc?: readonly string[];
  readonly name?: string;
  readonly domain?: string;
  readonly keystore?: string;
  readonly signingKey?: string;
  readonly did?: string;
  readonly store?: string;
  readonly force?: boolean;
}

const FILE = "testamur.json";

const LOCAL_NODE = "http://127.0.0.1:8545";

export async function runInit(flags: InitFlags, shell: Shell): Promise<void> {
  const { terminal } = shell;
  const rpc = flags.rpc ?? [await ask("Address of a node of the chain", "--rpc", LOCAL_NODE)];
  const name = flags.name ?? (await ask("What is the issuer called?", "--name"));
  const domain = (flags.domain ?? (await ask("The issuer's domain", "--domain"))).toLowerCase();
  if (!isHostName(domain))
    throw new TestamurError("USAGE", `"${domain}" is not a domain`, { next: "for example law.uni.example" });
  for (const url of rpc) parseUrl(url, "--rpc");
  const store = parseAddress(flags.store, "--store");
  const did = flags.did ?? (flags.signingKey === undefined ? undefined : `did:web:${domain}`);
  const content = {
    rpc,
    issuer: { name, domain, ...(did !== undefined && { did }) },
    ...(flags.keystore !== undefined && { keystore: flags.keystore }),
    ...(flags.signingKey !== undefined && { signingKey: flags.signingKey }),
    ...(store !== undefined && { store }),
  };
  await save(content, flags.force === true);
  terminal.say(`${paint.tone("good", "✓")} ${resolve(FILE)}`);
  if (store === undefined) {
    showDidDocument(await shell.settings({}), terminal);
    terminal.say(
      `  Next: ${flags.keystore === undefined ? paint.code("testamur key create --out issuer.json") + ", then " : ""}${paint.code("testamur store deploy")}`,
    );
    terminal.say("  It will print the DNS record that proves the register is yours, and the entry for trust files.");
    return;
  }
  const { chainId } = await lookAtStore(await shell.settings({}), store);
  const { dns, trust } = issuerRecords({ name, domain }, chainId, store);
  terminal.say("  Publish this DNS record, so that everybody can see whose register it is:");
  terminal.print(dns);
  terminal.say("  Who wants to trust you without DNS puts this into a trust file:");
  terminal.print(trust);
  showDidDocument(await shell.settings({}), shell.terminal, { chainId, store });
  terminal.say(`  Next: ${paint.code("testamur doctor")}`);
}

async function ask(question: string, flag: string, usual?: string): Promise<string> {
  if (!canAsk() && usual !== undefined) return usual;
  return askText(question, flag, usual);
}

async function save(content: object, overwrite: boolean): Promise<void> {
  try {
    await writeFile(FILE, `${JSON.stringify(content, null, 2)}\n`, { flag: overwrite ? "w" : "wx" });
  } catch (cause) {
    const exists = cause instanceof Error && "code" in cause && cause.code === "EEXIST";
    throw exists
      ? new TestamurError("FILE_EXISTS", `${resolve(FILE)} is there already`, {
          cause,
          next: "edit it, or add --force to write a new one",
        })
      : new TestamurError("FILE_UNREADABLE", `${resolve(FILE)} cannot be written`, { cause });
  }
}
