/** Work on documents in threads: the same answers as here, and an end to what takes too long. */

import { expect } from "chai";

import { openDocumentWorkPool, type DocumentWorkPool, type PoolOptions } from "../../src/app/document-work-pool.ts";
import { workHere } from "../../src/app/document-work.ts";
import { TestamurError } from "../../src/core/errors.ts";
import { byTester, signAnything, TESTER } from "../support/did-key-signer.ts";
import { poison } from "../support/poison.ts";
import { issue } from "../support/w3c-samples.ts";

const SIMPLE = byTester({
  "@context": ["https://www.w3.org/ns/credentials/v2"],
  type: ["VerifiableCredential"],
  credentialSubject: { name: "x" },
});

describe("openDocumentWorkPool", function () {
  this.timeout(60_000);
  let pool: DocumentWorkPool;

  async function open(options: Partial<PoolOptions> = {}): Promise<void> {
    pool = await openDocumentWorkPool({
      profile: "generic",
      threads: 1,
      deadlineMs: 30_000,
      patienceMs: 30_000,
      ...options,
    });
  }
  afterEach(async () => pool.close());

  const codeOf = async (work: Promise<unknown>): Promise<string> => {
    const error: unknown = await work.catch((caught: unknown) => caught);
    return error instanceof TestamurError ? error.code : "none";
  };

  it("gives the answers that the work gives here", async () => {
    await open({ profile: "strict", threads: 2 });
    const here = workHere("strict");
    const native = (await issue()).document;
    const signed = await signAnything(SIMPLE);
    const order = { verificationMethod: `${TESTER}#key`, curve: "Ed25519", created: new Date(0) } as const;
    for (const document of [native, signed, SIMPLE, { ...signed, grade: "A" }]) {
      expect(await pool.open("w3c-vc-v2", document)).to.deep.equal(await here.open("w3c-vc-v2", document));
      expect(await pool.openPresentation(document, {})).to.deep.equal(await here.openPresentation(document, {}));
      expect(await pool.prepareCredential(document, order)).to.deep.equal(
        await here.prepareCredential(document, order),
      );
    }
    expect(await pool.open("openattestation-v2", {})).to.deep.equal(await here.open("openattestation-v2", {}));
  });

  it("gives up a document at the deadline, and goes on with a fresh thread", async () => {
    await open({ deadlineMs: 300 });
    const started = performance.now();
    expect(await codeOf(pool.open("w3c-vc-v2", poison()))).to.equal("DOCUMENT_TOO_COSTLY");
    expect(performance.now() - started).to.be.lessThan(1_500);
    // the fresh thread has everything to load, which is not the document's fault but counts
    await pool.open("w3c-vc-v2", SIMPLE).catch(() => undefined);
    expect(await pool.open("w3c-vc-v2", SIMPLE)).to.have.property("kind");
  });

  it("says that it is busy to whom it cannot serve in time", async () => {
    await open({ patienceMs: 200 });
    const slow = pool.open("w3c-vc-v2", poison(700));
    expect(await codeOf(pool.open("w3c-vc-v2", SIMPLE))).to.equal("TOO_BUSY");
    expect(await slow).to.have.property("kind");
  });

  it("rejects what it works on, what waits and what comes when it is closed", async () => {
    await open();
    const work = [pool.open("w3c-vc-v2", poison()), pool.open("w3c-vc-v2", SIMPLE)].map(codeOf);
    await pool.close();
    expect(await Promise.all(work)).to.deep.equal(["TOO_BUSY", "TOO_BUSY"]);
    expect(await codeOf(pool.open("w3c-vc-v2", SIMPLE))).to.equal("TOO_BUSY");
  });
});
