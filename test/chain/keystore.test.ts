/** Keystores: ours, and those of other wallets (vectors of the Web3 Secret Storage definition). */

import { expect } from "chai";

import { openAccount } from "../../src/chain/account.ts";
import { createKeystore, decryptKeystore, importKeystore, keystoreAddress } from "../../src/chain/keystore.ts";
import type { Hex } from "../../src/core/bytes.ts";
import { TestamurError, type FaultCode } from "../../src/core/errors.ts";

/** Scrypt's N for tests: quick, and worthless. */
const CHEAP = 2;
const KEY: Hex = `0x${"7e57".repeat(16)}`;

/** ethereum.org, "Web3 secret storage definition": test vectors PBKDF2-SHA-256 and Scrypt; password "testpassword". */
const PBKDF2_VECTOR = {
  crypto: {
    cipher: "aes-128-ctr",
    cipherparams: { iv: "6087dab2f9fdbbfaddc31a909735c1e6" },
    ciphertext: "5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46",
    kdf: "pbkdf2",
    kdfparams: {
      c: 262144,
      dklen: 32,
      prf: "hmac-sha256",
      salt: "ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd",
    },
    mac: "517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2",
  },
  id: "3198bc9c-6672-5ab3-d995-4942343ae5b6",
  version: 3,
};
const VECTOR_KEY = "0x7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d";

async function faultOf(act: () => unknown): Promise<TestamurError> {
  try {
    await act();
  } catch (error) {
    if (error instanceof TestamurError) return error;
    throw error;
  }
  throw new Error("it went well");
}

async function expectFault(act: () => unknown, code: FaultCode): Promise<void> {
  const fault = await faultOf(act);
  expect(fault.code, fault.message).to.equal(code);
  expect(fault.next).to.be.a("string").that.is.not.empty;
  expect(`${fault.message} ${fault.next ?? ""}`).to.not.contain("secret");
}

describe("decryptKeystore", () => {
  it("opens the published vector", async () => {
    expect(await decryptKeystore(JSON.stringify(PBKDF2_VECTOR), "testpassword")).to.equal(VECTOR_KEY);
  });

  it("opens what importKeystore wrote, with the same password only", async () => {
    const { text, address } = await importKeystore(KEY, "secret ünïcode", CHEAP);
    expect(await decryptKeystore(text, "secret ünïcode")).to.equal(KEY);
    expect(address).to.equal(openAccount(KEY).address);
    await expectFault(() => decryptKeystore(text, "secret unicode"), "PASSWORD_WRONG");
    expect(text).to.not.contain(KEY.slice(2));
  });

  it("refuses what is no keystore, is altered, or would eat all memory", async () => {
    const { text } = await importKeystore(KEY, "secret", CHEAP);
    const keystore = JSON.parse(text) as { address: string; Crypto: { kdfparams: object } };
    const { Crypto } = keystore;
    const broken = [
      "",
      "nothing",
      "[]",
      "{}",
      JSON.stringify({ ...keystore, version: 1 }),
      JSON.stringify({ ...keystore, address: "11".repeat(20) }),
      JSON.stringify({ ...keystore, address: "nobody" }),
      JSON.stringify({ ...keystore, Crypto: { ...Crypto, cipher: "rot13" } }),
      JSON.stringify({ ...keystore, Crypto: { ...Crypto, kdfparams: { ...Crypto.kdfparams, n: 2 ** 30 } } }),
    ];
    for (const other of broken) await expectFault(() => decryptKeystore(other, "secret"), "KEYSTORE_INVALID");
  });
});

describe("createKeystore", () => {
  it("makes another key each time", async () => {
    const [first, second] = [await createKeystore("secret", CHEAP), await createKeystore("secret", CHEAP)];
    expect(first.address).to.not.equal(second.address);
    expect(openAccount(await decryptKeystore(first.text, "secret")).address).to.equal(first.address);
  });

  it("wants a password", async () => expectFault(() => createKeystore("", CHEAP), "USAGE"));
});

describe("importKeystore", () => {
  it("refuses what is no private key", async () => {
    for (const key of ["0x", `0x${"00".repeat(32)}`, `0x${"ff".repeat(32)}`, `0x${"12".repeat(31)}`] as const) {
      await expectFault(() => importKeystore(key, "secret", CHEAP), "KEYSTORE_INVALID");
    }
  });
});

describe("keystoreAddress", () => {
  it("reads the address without a password", async () => {
    const { text, address } = await importKeystore(KEY, "secret", CHEAP);
    expect(keystoreAddress(text)).to.equal(address);
    expect(keystoreAddress(JSON.stringify(PBKDF2_VECTOR))).to.equal(undefined);
  });
});
