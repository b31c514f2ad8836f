/** What `testamur key create | import | address | did` does: the encrypted keys an issuer signs transactions and documents with. */

import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";

import { parsePrivateKey } from "../../app/config.ts";
import type { DocumentCurve } from "../../app/document-curves.ts";
import { createDocumentKey, isDocumentKey, readPublicKey } from "../../app/document-key.ts";
import { readSecret, readText } from "../../app/signing-key.ts";
import { lookAtStore } from "../../app/stores.ts";
import { createKeystore, importKeystore, keystoreAddress } from "../../chain/keystore.ts";
import { TestamurError } from "../../core/errors.ts";
import { toMultikey } from "../../core/multikey.ts";
import { askPassword } from "../ask.ts";
import type { SignerFlags } from "../options.ts";
import type { Shell } from "../shell.ts";
import { showDidDocument } from "../show-did-document.ts";
import { paint } from "../terminal.ts";

export interface KeyFlags {
  readonly out: string;
  readonly passwordFile?: string;
  readonly keyFile?: string;
}

export interface CreateFlags extends KeyFlags {
  readonly signing?: boolean;
  readonly curve?: DocumentCurve;
}

const MIN_PASSWORD = 8;

export async function runDid(flags: SignerFlags, shell: Shell): Promise<void> {
  const settings = await shell.settings(flags);
  const { store } = settings;
  const register = store === undefined ? undefined : { store, chainId: (await lookAtStore(settings, store)).chainId };
  if (showDidDocument(settings, shell.terminal, register)) return;
  throw new TestamurError("CONFIGURATION_INVALID", "the settings name no DID that has a document on the web", {
    next: 'write "issuer": {"did": "did:web:…"} into testamur.json, with name and domain',
  });
}

export async function runImport(flags: KeyFlags, shell: Shell): Promise<void> {
  const secret =
    flags.keyFile === undefined
      ? await askPassword("Private key", "--key-file")
      : readText(resolve(flags.keyFile), "the key file");
  const { text, address } = await importKeystore(parsePrivateKey(secret.trim()), await newPassword(flags, shell));
  await save({ text, says: address }, flags, shell);
}

export function runAddress(file: string, { terminal }: Shell): void {
  terminal.print(sayKey(readText(resolve(file), "the keystore")));
}

function sayKey(text: string): string {
  return isDocumentKey(text)
    ? toMultikey(readPublicKey(text))
    : (keystoreAddress(text) ?? "this keystore does not say");
}

export async function runCreate(flags: CreateFlags, shell: Shell): Promise<void> {
  const password = await newPassword(flags, shell);
  if (flags.signing === true) {
    const { text, publicKey } = await createDocumentKey(flags.curve ?? "Ed25519", password);
    await save({ text, says: toMultikey(publicKey) }, flags, shell);
    shell.terminal.say(
      `  Next: "signingKey": "${flags.out}" in testamur.json, then ${paint.code("testamur key did")} shows the DID document to publish.`,
    );
    return;
  }
  const { text, address } = await createKeystore(password);
  await save({ text, says: address }, flags, shell);
}

async function newPassword(flags: KeyFlags, shell: Shell): Promise<string> {
  const password = await readSecret((await shell.settings(flags)).passwordFile, askTwice);
  if (password.length >= MIN_PASSWORD) return password;
  throw new TestamurError("USAGE", `the password is shorter than ${MIN_PASSWORD} characters`, {
    next: "choose a longer one: whoever has file and password can issue in your name",
  });
}

async function askTwice(): Promise<string> {
  const first = await askPassword("A password for the new keystore", "--password-file");
  const second = await askPassword("The same once more", "--password-file");
  if (first === second) return first;
  throw new TestamurError("USAGE", "the two passwords differ", { next: "try again" });
}

/** What goes into the file, and what the file can be told by. */
interface SavedKey {
  readonly text: string;
  readonly says: string;
}

async function save({ text, says }: SavedKey, { out }: KeyFlags, { terminal }: Shell): Promise<void> {
  try {
    await writeFile(out, text, { flag: "wx", mode: 0o600 });
  } catch (cause) {
    const exists = cause instanceof Error && "code" in cause && cause.code === "EEXIST";
    throw exists
      ? new TestamurError("FILE_EXISTS", `${out} is there already`, {
          cause,
          next: "choose another --out: a key is never overwritten",
        })
      : new TestamurError("FILE_UNREADABLE", `${out} cannot be written`, { cause });
  }
  terminal.say(
    `${paint.tone("good", "✓")} ${out}, readable by you alone. Keep a copy and the password apart: without either, the key is lost.`,
  );
  terminal.print(says);
}
