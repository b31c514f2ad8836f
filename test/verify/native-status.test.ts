/** Native credentials with a place in a status list of their store, on a real node: good, on hold, good again, withdrawn. */

import { expect } from "chai";

import { openVerifier } from "../../src/app/open-verifier.ts";
import { toHex, type Hex } from "../../src/core/bytes.ts";
import type { Report } from "../../src/core/report.ts";
import { deployStore, digestOf, write } from "../chain/support/stores.ts";
import { withLocalNode } from "../support/local-node.ts";
import { startNativeIssuer, type NativeIssuer } from "../support/native-issuer.ts";

const LIST = digestOf("a list of 2026");
const [REVOKE, SUSPEND, REINSTATE] = [0, 1, 2];
const INDEX = 4_711;

describe("a native credential with a place in its store's status list", () => {
  const node = withLocalNode();
  let store: Hex;
  let issuer: NativeIssuer;
  let text: string;

  before(async () => {
    store = await deployStore(node());
    issuer = await startNativeIssuer({ chainId: 1337, address: store });
    const issued = await issuer.issue({ status: { list: LIST, index: INDEX } });
    await write(node(), store, { functionName: "issue", args: [toHex(issued.root)] });
    text = issued.text;
  });
  after(async () => issuer.close());

  async function set(change: number | undefined, index = INDEX): Promise<void> {
    const args = [LIST, change ?? 0, BigInt(index >> 8), [1n << BigInt(index & 255)], 4] as const;
    await write(node(), store, { functionName: "setStatus", args });
  }

  async function verify(document = text, at?: number): Promise<Report> {
    const asOf = at === undefined ? {} : { asOf: { block: at } };
    return openVerifier({ rpc: node().url, allowedHosts: [issuer.host], ...asOf }).verify(document);
  }

  const statusCodes = (report: Report): readonly string[] =>
    report.findings.filter(({ aspect }) => aspect === "status").map(({ code }) => code);

  it("is valid while nothing is set, whatever is set for its neighbours", async () => {
    await set(REVOKE, INDEX + 1);
    const report = await verify();
    expect(report, JSON.stringify(report.findings)).to.include({ verdict: "valid", headline: "VALID" });
    expect(statusCodes(report)).to.deep.equal(["NOT_REVOKED", "NOT_REVOKED", "NOT_REVOKED"]);
  });

  it("is on hold while suspended, and good again once reinstated", async () => {
    await set(SUSPEND);
    const held = await verify();
    expect(held).to.include({ verdict: "invalid", headline: "SUSPENDED" });
    const { evidence } = held.findings.find(({ code }) => code === "SUSPENDED") ?? {};
    expect(evidence).to.include({ store, list: LIST, index: INDEX, reason: "superseded" }).and.have.any.keys("at");
    expect(held.credential).to.have.property("content");
    await set(REINSTATE);
    expect((await verify()).headline).to.equal("VALID");
    // and what was so at the block of the suspension can still be told
    expect((await verify(text, Number(evidence?.["block"]))).headline).to.equal("SUSPENDED");
  });

  it("is withdrawn for ever once revoked, also after an attempt to reinstate it", async () => {
    await set(REVOKE);
    await set(REINSTATE);
    const report = await verify();
    expect(report).to.include({ verdict: "invalid", headline: "REVOKED" });
    expect(statusCodes(report)).to.have.members(["NOT_REVOKED", "REVOKED", "NOT_REVOKED"]);
  });

  it("does not count as good where the store cannot be asked about lists", async () => {
    const issued = await issuer.issue({ status: { list: LIST, index: INDEX }, seed: 2 });
    await write(node(), store, { functionName: "issue", args: [toHex(issued.root)] });
    const code = await node().request("eth_getCode", [store, "latest"]);
    const selector = "9df59e6d"; // of statusWords, replaced by one that nobody calls
    expect(code).to.contain(selector);
    await node().request("hardhat_setCode", [store, String(code).replaceAll(selector, "fffffffe")]);
    const report = await verify(issued.text);
    expect(report).to.include({ verdict: "inconclusive", headline: "COULD_NOT_CHECK" });
    expect(statusCodes(report)).to.deep.equal(["NOT_REVOKED", "STATUS_SILENT", "STATUS_SILENT"]);
  });
});
