/** Recognition on a real node: from the ministry the verifier trusts, by way of an accreditor, to the issuer; as of the anchoring. */

import { expect } from "chai";

import { openAccount } from "../../src/chain/account.ts";
import { FOREVER, openRecognitionWriter, type RecognitionScope } from "../../src/chain/recognition-writer.ts";
import { openVerifier, type VerifierOptions } from "../../src/app/open-verifier.ts";
import { toHex, type Hex } from "../../src/core/bytes.ts";
import type { JsonObject } from "../../src/core/json.ts";
import type { Report } from "../../src/core/report.ts";
import { toTypeBits } from "../../src/identity/achievement-types.ts";
import { ACCOUNTS, deployStore, write } from "../chain/support/stores.ts";
import { LOCAL_KEYS, withLocalNode } from "../support/local-node.ts";
import { startNativeIssuer, type NativeIssuer } from "../support/native-issuer.ts";
import { badge } from "../support/w3c-samples.ts";

const [MINISTRY, ACCREDITOR, CLUB] = ACCOUNTS as readonly [Hex, Hex, Hex];
const WIDE: RecognitionScope = {
  types: toTypeBits(["BachelorDegree", "MicroCredential", "anything else"]),
  level: 8,
  jurisdiction: "",
  from: 0,
  until: FOREVER,
  depth: 2,
};
const LEAF: RecognitionScope = { ...WIDE, depth: 0 };

describe("recognition of an issuer", function () {
  this.timeout(60_000);
  const node = withLocalNode();
  let store: Hex;
  let registry: Hex;
  let issuer: NativeIssuer;
  let accredited: number;
  let seed = 0;

  const writerOf = (who: 0 | 1 | 2): ReturnType<typeof openRecognitionWriter> =>
    openRecognitionWriter({
      rpcUrls: [node().url],
      account: openAccount(LOCAL_KEYS[who] as Hex),
      now: () => new Date(),
    });

  before(async () => {
    store = await deployStore(node());
    issuer = await startNativeIssuer({ chainId: 1337, address: store });
    ({ registry } = await writerOf(0).deploy());
    const grant = { subject: "did:web:accreditor.example", scope: { ...WIDE, depth: 3 }, delegate: ACCREDITOR };
    accredited = (await writerOf(0).recognise(registry, grant)).id;
  });
  after(async () => issuer.close());

  const caip = (): string => `eip155:1337:${store}`;

  /** A document of the issuer, anchored now. */
  async function issue(achievementType?: string): Promise<string> {
    const { credentialSubject: subject } = badge() as { credentialSubject: JsonObject & { achievement: JsonObject } };
    const achievement = { ...subject.achievement, ...(achievementType !== undefined && { achievementType }) };
    const members = { credentialSubject: { ...subject, achievement } };
    const issued = await issuer.issue({ seed: ++seed, members });
    await write(node(), store, { functionName: "issue", args: [toHex(issued.root)] });
    return issued.text;
  }

  async function verify(
    text: string,
    roots: readonly Hex[] = [MINISTRY],
    options: VerifierOptions & { readonly trusting?: object } = {},
  ): Promise<Report> {
    const { trusting = {}, ...rest } = options;
    const recognition = { chainId: 1337, registry, roots, ...trusting };
    return openVerifier({ rpc: node().url, allowedHosts: [issuer.host], recognition, ...rest }).verify(text);
  }

  function expectUnrecognised(report: Report): void {
    expect(report).to.include({ verdict: "inconclusive", headline: "ISSUER_UNPROVEN" });
    expect(report.findings.map(({ code }) => code)).to.include("ISSUER_NOT_RECOGNISED");
  }

  it("is its own result where there is none: valid in all else, and unrecognised", async () => {
    const report = await verify(await issue());
    expectUnrecognised(report);
    expect(report.findings.filter(({ outcome }) => outcome !== "pass")).to.have.length(1);
  });

  describe("passed on by an accreditor to its register", () => {
    let early: string;
    let grant: number;
    let anchored: string;

    before(async () => {
      early = await issue();
      const { id } = await writerOf(1).recognise(registry, { subject: caip(), scope: LEAF, parent: accredited });
      grant = id;
      anchored = await issue();
    });

    it("holds for what was anchored after it, and names the recognisers", async () => {
      const report = await verify(anchored);
      expect(report, JSON.stringify(report.findings)).to.include({ verdict: "valid", headline: "VALID" });
      expect(report.findings.find(({ code }) => code === "ISSUER_RECOGNISED")?.evidence).to.deep.include({
        subject: caip(),
        recognisers: [MINISTRY, ACCREDITOR],
        recognitions: [accredited, grant],
      });
    });

    it("does not hold for what was anchored before it", async () => {
      expectUnrecognised(await verify(early));
    });

    it("does not hold for somebody who trusts others only", async () => {
      expectUnrecognised(await verify(anchored, [CLUB]));
      expectUnrecognised(await verify(anchored, [ACCREDITOR])); // it spoke on the ministry's behalf, not in its own right
      expect((await verify(anchored, [CLUB, MINISTRY])).headline).to.equal("VALID");
    });

    it("covers the types it names, the document's own and those the verifier asks for", async () => {
      expect((await verify(await issue("MicroCredential"))).headline).to.equal("VALID");
      expectUnrecognised(await verify(await issue("DoctoralDegree")));
      expectUnrecognised(await verify(anchored, [MINISTRY], { trusting: { types: ["DoctoralDegree"] } }));
      expect(
        (await verify(anchored, [MINISTRY], { trusting: { types: ["BachelorDegree"], level: 6 } })).headline,
      ).to.equal("VALID");
      expect((await verify(anchored, [MINISTRY], { trusting: { jurisdiction: "DE-BY" } })).headline).to.equal("VALID");
    });

    it("proves an issuer that its own records say nothing of", async () => {
      const report = await verify(anchored, [MINISTRY], { allowedHosts: [] });
      expect(report.issuer).to.include({ proven: caip(), provenBy: "recognition" });
    });

    it("needs not be there for an issuer on the verifier's own trust list", async () => {
      const trust = JSON.stringify({
        issuers: [{ name: "University of Example", stores: [caip()], dids: [issuer.did] }],
      });
      expect(await verify(early, [CLUB], { trust })).to.include({ headline: "VALID" });
    });

    it("does not excuse an issuer whose records contradict it", async () => {
      const report = await verify(anchored.replaceAll("#store-1", "#store-2")); // which it does not list
      expect(report).to.include({ verdict: "invalid", headline: "ISSUER_CONTRADICTED" });
    });

    it("cannot be looked up where no register is, and then nothing is said", async () => {
      const report = await verify(anchored, [MINISTRY], { trusting: { registry: `0x${"88".repeat(20)}` } });
      expect(report).to.include({ verdict: "inconclusive", headline: "COULD_NOT_CHECK" });
      const elsewhere = await verify(anchored, [MINISTRY], { trusting: { chainId: 5 } });
      expect(elsewhere).to.include({ headline: "COULD_NOT_CHECK" });
    });

    it("stays for what was anchored before it was withdrawn, and ends for the rest", async () => {
      await writerOf(1).withdraw(registry, grant, 5);
      const later = await issue();
      expect((await verify(anchored)).headline).to.equal("VALID");
      expectUnrecognised(await verify(later));
      const grantedAt = Number((await verify(anchored)).anchor?.block) - 1;
      await writerOf(1).withdraw(registry, grant, 1, grantedAt);
      expectUnrecognised(await verify(anchored));
    });
  });

  it("may be of the DID that signed", async () => {
    const { registry } = await writerOf(2).deploy();
    await writerOf(2).recognise(registry, { subject: issuer.did, scope: LEAF });
    const report = await verify(await issue(), [CLUB], { trusting: { registry } });
    expect(report.headline).to.equal("VALID");
    expect(report.findings.find(({ code }) => code === "ISSUER_RECOGNISED")?.evidence).to.deep.include({
      subject: issuer.did,
      recognisers: [CLUB],
    });
  });
});
