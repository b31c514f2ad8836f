/** Keys come and go; what was put on record while they were good stays good, and nothing else does. Through the whole verifier. */

import { expect } from "chai";

import { openVerifier, type VerifierOptions } from "../../src/app/open-verifier.ts";
import { toHex, type Hex } from "../../src/core/bytes.ts";
import type { Headline } from "../../src/core/findings.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { deployStore, write } from "../chain/support/stores.ts";
import { withLocalNode } from "../support/local-node.ts";
import { startNativeIssuer, type NativeIssuer } from "../support/native-issuer.ts";
import { badge } from "../support/w3c-samples.ts";

const CHAIN_ID = 1337;
const HOUR_MS = 3_600_000;

describe("a key that was given up", () => {
  const node = withLocalNode(CHAIN_ID);
  let store: Hex;
  let issuer: NativeIssuer;
  let document: JsonObject;
  /** Of the block that holds the document, in milliseconds. */
  let anchoredAt: number;

  before(async () => {
    store = await deployStore(node());
    issuer = await startNativeIssuer({ chainId: CHAIN_ID, address: store });
    const issued = await issuer.issue({ seed: 1 });
    const { blockNumber } = await write(node(), store, { functionName: "issue", args: [toHex(issued.root)] });
    const block = (await node().request("eth_getBlockByNumber", [blockNumber, false])) as {
      readonly timestamp: string;
    };
    anchoredAt = Number(block.timestamp) * 1000;
    ({ document } = issued);
  });
  after(async () => issuer.close());
  afterEach(() => issuer.publish({}));

  const moment = (offsetMs: number): string => new Date(anchoredAt + offsetMs).toISOString();

  /** A day later, by a verifier that has never been here. */
  async function headlineOf(of: JsonObject | string = document, options: VerifierOptions = {}): Promise<Headline> {
    const clock = { now: () => new Date(anchoredAt + 24 * HOUR_MS) };
    const viewMaxAgeMs = 48 * HOUR_MS;
    const verifier = openVerifier({ rpc: node().url, allowedHosts: [issuer.host], clock, viewMaxAgeMs, ...options });
    return (await verifier.verify(of)).headline;
  }

  it("is good while it is listed without an end", async () => {
    expect(await headlineOf()).to.equal("VALID");
  });

  for (const end of ["revoked", "expires"] as const) {
    it(`by "${end}" after the document was put on record does not harm it`, async () => {
      issuer.publish({ "key-1": { [end]: moment(HOUR_MS) } });
      expect(await headlineOf()).to.equal("VALID");
    });

    it(`by "${end}" before the document was put on record, or in that very second, speaks for nothing`, async () => {
      for (const offsetMs of [-HOUR_MS, 0]) {
        issuer.publish({ "key-1": { [end]: moment(offsetMs) } });
        expect(await headlineOf()).to.equal("ISSUER_CONTRADICTED");
      }
    });
  }

  it("and was taken out of the document altogether speaks for nothing: nobody can tell when that was", async () => {
    issuer.publish({ "key-1": undefined });
    expect(await headlineOf()).to.equal("ISSUER_CONTRADICTED");
  });

  it("speaks for nothing that was only signed, since nobody can tell when", async () => {
    const { proof: _, ...credential } = badge({ issuer: issuer.did });
    const signed = await issuer.sign(credential);
    expect(await headlineOf(signed, { policy: "signed" })).to.equal("VALID");
    issuer.publish({ "key-1": { revoked: moment(HOUR_MS) } });
    expect(await headlineOf(signed, { policy: "signed" })).to.equal("ISSUER_CONTRADICTED");
  });

  it("is judged as of the document's own anchor, not of another one", async () => {
    issuer.publish({ "key-1": { revoked: moment(HOUR_MS) } });
    const elsewhere = await deployStore(node());
    await write(node(), elsewhere, { functionName: "issue", args: [`0x${"ab".repeat(32)}`] });
    const moved = JSON.stringify(document).replaceAll(store, elsewhere);
    expect(await headlineOf(moved)).to.not.equal("VALID");
  });

  it("may be a store's: what it took in before stays, what it took in after does not count", async () => {
    issuer.publish({ "store-1": { revoked: moment(HOUR_MS) } });
    expect(await headlineOf()).to.equal("VALID");
    issuer.publish({ "store-1": { revoked: moment(-HOUR_MS) } });
    expect(await headlineOf()).to.equal("ISSUER_CONTRADICTED");
    issuer.publish({ "store-1": undefined });
    expect(await headlineOf()).to.equal("ISSUER_CONTRADICTED");
  });
});
