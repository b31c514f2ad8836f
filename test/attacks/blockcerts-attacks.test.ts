/** What a Blockcerts verifier must refuse or report, through the whole verifier and on a real chain; numbers are the rules'. */

import { expect } from "chai";

import { openVerifier, type VerifierOptions } from "../../src/app/open-verifier.ts";
import { roleId } from "../../src/chain/store-roles.ts";
import type { Hex } from "../../src/core/bytes.ts";
import type { Inclusion } from "../../src/core/claims.ts";
import { textOf, type JsonObject } from "../../src/core/json.ts";
import { blockcertsV3 } from "../../src/formats/blockcerts-v3/blockcerts-v3.ts";
import { ACCOUNTS, deployStore, OWNER, send, write } from "../chain/support/stores.ts";
import {
  CHAIN_ID,
  diploma,
  issuerProfile,
  movedTo,
  openBlockcertsIssuer,
  pagesOf,
  PROFILE,
  relabelled,
  REVOKED,
  type BlockcertsIssuer,
} from "../support/blockcerts-issuer.ts";
import { LOCAL_KEYS, withLocalNode } from "../support/local-node.ts";
import { withPages, type Pages } from "../support/pages.ts";

const BURN: Hex = `0x${"deaddead".repeat(5)}`;
const OWN_PROFILE = issuerProfile(LOCAL_KEYS[0]!, OWNER);
const WELL = pagesOf(OWN_PROFILE);

describe("a Blockcerts document under attack", () => {
  const node = withLocalNode(CHAIN_ID);
  let issuer: BlockcertsIssuer;
  let document: JsonObject;
  let inclusion: Inclusion;

  before(async () => {
    issuer = await openBlockcertsIssuer(node());
    [document = {}] = await issuer.issueBatch([diploma(1), diploma(2), diploma(3)]);
    inclusion = await inclusionOf(document);
  });

  async function inclusionOf(of: JsonObject): Promise<Inclusion> {
    const opened = await blockcertsV3.open(of);
    if (opened.kind === "refused") throw new Error(opened.finding.message);
    return opened.claims.inclusions[0]!;
  }

  async function headlineOf(of: JsonObject, pages: Pages = WELL, options: VerifierOptions = {}): Promise<string> {
    const verifier = openVerifier({ rpc: node().url, allowedHosts: ["uni.example"], ...options });
    return withPages(pages, async () => {
      const { headline, verdict } = await verifier.verify(of);
      expect(verdict === "valid").to.equal(headline === "VALID");
      return headline;
    });
  }

  it("is valid while nobody attacks it", async () => {
    expect(await headlineOf(document)).to.equal("VALID");
  });

  it("1, 2, 3: is refused without its proof, with an altered one, or with content that it does not cover", async () => {
    const { proof, ...bare } = document;
    const whole = proof as JsonObject;
    const cases: readonly [JsonObject, string][] = [
      [bare, "TAMPERED"],
      [{ ...document, proof: [] }, "TAMPERED"],
      [{ ...document, proof: { ...whole, proofValue: `${textOf(whole, "proofValue")}1` } }, "MALFORMED"],
      [{ ...document, credentialSubject: { id: "did:example:eve" } }, "TAMPERED"],
      [{ ...document, honours: "summa cum laude" }, "MALFORMED"],
      [{ ...document, type: ["VerifiableCredential", "VerifiablePresentation"] }, "MALFORMED"],
      [
        { ...document, "@context": [...(document["@context"] as string[]), "https://eve.example/context.json"] },
        "MALFORMED",
      ],
    ];
    for (const [altered, headline] of cases)
      expect(await headlineOf(altered), JSON.stringify(altered)).to.equal(headline);
  });

  it("13: is a test document on a mock chain, never a valid one", async () => {
    const mock = relabelled(document, { chain: "mocknet", network: "mocknet", transaction: "none" });
    expect(await headlineOf(mock)).to.equal("TEST_NETWORK");
  });

  it("14: is not valid under the name of another network", async () => {
    const networks = [
      [{ chain: "eth", network: "mainnet" }, "COULD_NOT_CHECK"],
      [{ chain: "eth", network: "goerli" }, "TEST_NETWORK"],
      [{ chain: "btc", network: "mainnet" }, "COULD_NOT_CHECK"],
    ] as const;
    for (const [network, headline] of networks)
      expect(await headlineOf(relabelled(document, network))).to.equal(headline);
  });

  it("15: is not anchored by a transaction that failed, waits, was lost, or holds anything but the root", async () => {
    const root = inclusion.root.computed;
    const other = await deployStore(node());
    const longer = await send(node(), { to: BURN, data: `${root}00` });
    const called = await write(node(), other, { functionName: "issue", args: [root] });
    const without = await send(node(), { to: BURN, data: "0x" });
    for (const { transactionHash } of [longer, called, without])
      expect(await headlineOf(movedTo(document, transactionHash))).to.equal("NOT_ANCHORED");

    const snapshot = await node().request("evm_snapshot");
    const lost = await send(node(), { to: BURN, data: root });
    expect(await headlineOf(movedTo(document, lost.transactionHash))).to.equal("VALID");
    await node().request("evm_revert", [snapshot]);
    expect(await headlineOf(movedTo(document, lost.transactionHash))).to.equal("NOT_ANCHORED");

    await node().request("evm_setAutomine", [false]);
    const waiting = (await node().request("eth_sendTransaction", [
      { from: OWNER, to: BURN, data: root, value: "0x1" },
    ])) as Hex;
    expect(await headlineOf(movedTo(document, waiting))).to.equal("NOT_ANCHORED");
    await node().request("evm_setAutomine", [true]);
    await node().request("evm_mine");
  });

  it("16: is not judged while the chain is silent", async () => {
    expect(await headlineOf(document, WELL, { rpc: "http://127.0.0.1:9" })).to.equal("COULD_NOT_CHECK");
  });

  it("17: is not the issuer's when a stranger has sent its root, whoever the register lets in", async () => {
    const { transactionHash } = await send(node(), { to: BURN, data: inclusion.root.computed, from: ACCOUNTS[1]! });
    expect(await headlineOf(movedTo(document, transactionHash))).to.equal("ISSUER_CONTRADICTED");
    await write(node(), issuer.store, { functionName: "grantRole", args: [roleId("issuer"), ACCOUNTS[2]!] });
    const [second = {}] = await issuer.issueBatch([diploma(4)], ACCOUNTS[2]);
    expect(await headlineOf(second)).to.equal("ISSUER_CONTRADICTED");
  });

  it("18, 20, 21: is not the issuer's by a profile of another address, with a wrong proof, or without the key", async () => {
    const wrong: readonly JsonObject[] = [
      { id: "https://eve.example/profile.json" },
      { proof: { type: "Ed25519Signature2020", proofValue: "z" } },
      { verificationMethod: [] },
      { assertionMethod: [] },
    ];
    for (const changes of wrong)
      expect(await headlineOf(document, pagesOf({ ...OWN_PROFILE, ...changes }))).to.equal("ISSUER_CONTRADICTED");
  });

  it("23: is not judged without the profile, and not without the list that it names", async () => {
    const unreadable: Pages = { ...WELL, [REVOKED]: { type: "RevocationList" } };
    for (const pages of [{}, { [PROFILE]: OWN_PROFILE }, unreadable])
      expect(await headlineOf(document, pages)).to.equal("COULD_NOT_CHECK");
  });

  it("26, 27: is withdrawn by the profile's list, and by the register that took its root, leaf or whole batch", async () => {
    const [first = {}, second = {}] = await issuer.issueBatch([diploma(5), diploma(6)]);
    expect(await headlineOf(first, pagesOf(OWN_PROFILE, textOf(first, "id") ?? ""))).to.equal("REVOKED");
    const { leaf, root } = await inclusionOf(first);
    await write(node(), issuer.store, { functionName: "revoke", args: [leaf.computed] });
    expect([await headlineOf(first), await headlineOf(second)]).to.deep.equal(["REVOKED", "VALID"]);
    await write(node(), issuer.store, { functionName: "revoke", args: [root.computed] });
    expect(await headlineOf(second)).to.equal("REVOKED");
  });

  it("30: sends nobody to hosts that the verifier was not told to ask", async () => {
    expect(await headlineOf(document, WELL, { allowedHosts: [] })).to.equal("COULD_NOT_CHECK");
    for (const host of ["169.254.169.254", "localhost", "10.0.0.1"]) {
      const address = `https://${host}/profile.json`;
      const credential = diploma(7, { issuer: address, proof: { verificationMethod: `${address}#key-1` } });
      const [inward = {}] = await issuer.issueBatch([credential]);
      expect(await headlineOf(inward)).to.equal("COULD_NOT_CHECK");
    }
  });
});
