/** The signer of documents: whose it is, and that everybody who knows the key can check what it signs. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { loadSettings, type Settings } from "../../src/app/config.ts";
import type { DocumentCurve } from "../../src/app/document-curves.ts";
import { createDocumentKey } from "../../src/app/document-key.ts";
import { openDocumentSigner, readSigningIdentity } from "../../src/app/document-signer.ts";
import { issuerDidDocument } from "../../src/app/issuer-records.ts";
import { toUtf8 } from "../../src/core/bytes.ts";
import { accountMethodOf, keyMethodOf, storeMethodOf } from "../../src/core/issuer-methods.ts";
import { toMultikey } from "../../src/core/multikey.ts";
import { verifySignature } from "../../src/core/public-key.ts";
import { findDidDocument } from "../../src/identity/did-document.ts";
import { laterFaultOf } from "../support/faults.ts";
import { withTemporaryDirectory } from "../support/temporary.ts";

const PASSWORD = "correct horse";

describe("openDocumentSigner", () => {
  const temporary = withTemporaryDirectory();

  async function settingsWith(curve: DocumentCurve, did?: string): Promise<Settings> {
    const { text } = await createDocumentKey(curve, PASSWORD, 2);
    writeFileSync(join(temporary(), "signing.json"), text);
    const issuer = { name: "University of Example", domain: "uni.example", ...(did !== undefined && { did }) };
    const file = { signingKey: "signing.json", issuer };
    writeFileSync(join(temporary(), "testamur.json"), JSON.stringify(file));
    return loadSettings({}, {}, temporary());
  }

  for (const curve of ["Ed25519", "P-256"] as const) {
    it(`signs on ${curve}, 64 bytes that the public key verifies and that hold for nothing else`, async () => {
      const signer = await openDocumentSigner(await settingsWith(curve), async () => PASSWORD);
      const message = toUtf8("said");
      const signature = await signer.sign(message);
      expect(signature).to.have.length(64);
      expect(await verifySignature(signer.publicKey, message, signature)).to.equal(true);
      expect(await verifySignature(signer.publicKey, toUtf8("unsaid"), signature)).to.equal(false);
    });
  }

  it("is the DID that is set, with a method named after the key; its DID document lists key, register and account", async () => {
    const did = "did:web:uni.example";
    const settings = await settingsWith("Ed25519", did);
    const { issuer, verificationMethod, publicKey } = readSigningIdentity(settings);
    expect([issuer, verificationMethod]).to.deep.equal([did, `${did}#${toMultikey(publicKey)}`]);
    const store = "0x5FbDB2315678afecb367f032d93F642f64180aa3";
    const account = "0xF39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
    const means = { key: publicKey, register: { chainId: 1, store }, account } as const;
    const document = findDidDocument(issuerDidDocument(did, means), did);
    const methods = [keyMethodOf(did, publicKey), storeMethodOf(did, 1, store), accountMethodOf(did, account)];
    expect(document?.listed.assertionMethod).to.deep.equal(methods);
    expect(document?.methods.map(({ publicKey: key, account }) => key?.curve ?? account)).to.deep.equal([
      "Ed25519",
      { address: store.toLowerCase(), chainId: 1 },
      { address: account.toLowerCase(), chainId: 1 },
    ]);
  });

  it("is a did:key where no DID is set", async () => {
    const { issuer, verificationMethod, publicKey } = readSigningIdentity(await settingsWith("P-256"));
    expect(issuer).to.equal(`did:key:${toMultikey(publicKey)}`);
    expect(verificationMethod).to.equal(`${issuer}#${toMultikey(publicKey)}`);
  });

  it("asks for the password of the signing key, unless a file has it", async () => {
    const settings = await settingsWith("Ed25519");
    const asked: string[] = [];
    const ask = async (of: string): Promise<string> => {
      asked.push(of);
      return "wrong";
    };
    expect(await laterFaultOf(async () => openDocumentSigner(settings, ask))).to.equal("PASSWORD_WRONG");
    expect(asked).to.deep.equal(["signing key"]);
    writeFileSync(join(temporary(), "password"), `${PASSWORD}\r\nsecond line\n`);
    await openDocumentSigner({ ...settings, passwordFile: join(temporary(), "password") }, ask);
    const own = { ...settings, passwordFile: "/nowhere", signingPasswordFile: join(temporary(), "password") };
    await openDocumentSigner(own, ask);
    expect(asked).to.have.length(1);
  });

  it("is missing where none is set, and where its file is", async () => {
    const settings = loadSettings({}, {}, temporary());
    expect(await laterFaultOf(async () => openDocumentSigner(settings, async () => PASSWORD))).to.equal("KEY_MISSING");
    const gone = loadSettings({ signingKey: "gone.json" }, {}, temporary());
    expect(await laterFaultOf(async () => openDocumentSigner(gone, async () => PASSWORD))).to.equal("FILE_UNREADABLE");
  });
});
