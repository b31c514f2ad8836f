/**
 * What a Blockcerts verifier must refuse or report, through the whole verifier and on a real chain; numbers are the rules'.
 * Rules 23 to 27 are in blockcerts-status-attacks.test.ts.
 */

import { expect } from "chai";

import { openVerifier, type VerifierOptions } from "../../src/app/open-verifier.ts";
import { roleId } from "../../src/chain/store-roles.ts";
import { toMultibase58 } from "../../src/core/base58.ts";
import { concatBytes, toHex, toUtf8, type Hex } from "../../src/core/bytes.ts";
import { sha256 } from "../../src/core/sha256.ts";
import type { Inclusion } from "../../src/core/claims.ts";
import type { Finding } from "../../src/core/findings.ts";
import { objectOf, textOf, type Json, type JsonObject } from "../../src/core/json.ts";
import type { Refusal } from "../../src/core/refusal.ts";
import type { Report } from "../../src/core/report.ts";
import { hashContent } from "../../src/formats/blockcerts/hash-content.ts";
import { blockcertsV3 } from "../../src/formats/blockcerts-v3/blockcerts-v3.ts";
import { parseProofValue } from "../../src/formats/blockcerts-v3/proof-value.ts";
import type { Step } from "../../src/merkle/ordered-tree.ts";
import { renderReport } from "../../src/cli/render-report.ts";
import { dnsRecordFor } from "../../src/identity/openatts-record.ts";
import { ACCOUNTS, deployStore, OWNER, send, write } from "../chain/support/stores.ts";
import {
  CHAIN_ID,
  diploma,
  issuerProfile,
  movedTo,
  openBlockcertsIssuer,
  pagesOf,
  PROFILE,
  publicForms,
  relabelled,
  withPath,
  type BlockcertsIssuer,
} from "../support/blockcerts-issuer.ts";
import {
  content,
  DATA_INTEGRITY,
  proofOf,
  prove,
  VC_2,
  type ProofWishes,
  SEPOLIA,
} from "../formats/blockcerts/samples.ts";
import { verdictsOn } from "../support/blockcerts-verdicts.ts";
import { LOCAL_KEYS, startLocalNode, withLocalNode } from "../support/local-node.ts";
import { withPages, type Pages } from "../support/pages.ts";

const BURN: Hex = `0x${"deaddead".repeat(5)}`;
const OWN_PROFILE = issuerProfile(LOCAL_KEYS[0]!, OWNER);
const WELL = pagesOf(OWN_PROFILE);

describe("a Blockcerts document under attack", () => {
  const node = withLocalNode(CHAIN_ID);
  const { reportOf, headlineOf } = verdictsOn(node, WELL, ["uni.example"]);
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

  /** What was found of one aspect, if it is one finding. */
  function foundIn({ findings }: Report, aspect: Finding["aspect"]): Finding | undefined {
    const [first, ...others] = findings.filter((found) => found.aspect === aspect);
    return others.length === 0 ? first : undefined;
  }

  /** A document of any content, its root truly sent by the issuer's account. */
  async function anchored(said: JsonObject, wishes: ProofWishes = {}): Promise<JsonObject> {
    const document = await prove(said, wishes);
    return movedTo(document, await sendRootOf(objectOf(document, "proof") ?? {}));
  }

  /** A proof of that content whose root was truly sent. */
  async function sentProof(said: JsonObject, wishes: ProofWishes, from?: Hex, to?: Hex): Promise<JsonObject> {
    const transaction = await sendRootOf(await proofOf(said, wishes), from, to);
    return proofOf(said, { ...wishes, anchor: { ...SEPOLIA, transaction: transaction.slice(2) } });
  }

  async function sendRootOf(proof: JsonObject, from: Hex = OWNER, to: Hex = BURN): Promise<Hex> {
    const { merkleRoot } = parseProofValue(textOf(proof, "proofValue") ?? "");
    return (await send(node(), { from, to, data: toHex(merkleRoot) })).transactionHash;
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

  it("3: is refused with a path that is another's, of the wrong side, longer or shorter", async () => {
    const [other = {}] = await issuer.issueBatch([diploma(8), diploma(9)]);
    expect(await headlineOf({ ...document, proof: other["proof"] ?? null })).to.equal("TAMPERED");
    const wrong: readonly ((path: readonly Step[]) => readonly Step[])[] = [
      (path) => path.map(({ side, digest }) => ({ side: side === "left" ? "right" : "left", digest })),
      (path) => path.slice(1),
      (path) => [...path, ...path],
    ];
    for (const change of wrong)
      expect(await headlineOf(withPath(document, change)), String(change)).to.equal("TAMPERED");
  });

  it("4: has no digest where its statements are 64 bytes, which could be two nodes of a tree", async () => {
    // no document with the contexts of a credential is as short as that
    const sized = (length: number): JsonObject => ({
      "@context": [{ "@vocab": "urn:v:" }],
      "@id": "urn:a",
      p: "x".repeat(length),
    });
    const bare = (await hashContent(sized(0))).quads.length;
    const outcome = async (bytes: number): Promise<unknown> =>
      hashContent(sized(bytes - bare)).then(
        ({ quads }) => quads.length,
        (error: Refusal) => error.code,
      );
    expect([await outcome(63), await outcome(64), await outcome(65)]).to.deep.equal([63, "SHAPE_WRONG", 65]);
  });

  it("5: is refused as credential and presentation at once, and has the issuer that it states", async () => {
    const both = content({ type: ["VerifiableCredential", "VerifiablePresentation"], verifiableCredential: [] });
    expect(await headlineOf(await anchored(both))).to.equal("MALFORMED");
    const eve = await anchored(content({ issuer: "https://eve.example/profile.json" }));
    expect(await headlineOf(eve)).to.equal("TAMPERED");
    expect((await reportOf(await anchored(content()))).issuer).to.include({ proven: PROFILE });
  });

  it("6: is refused with a date that has no zone", async () => {
    expect(await headlineOf(await anchored(content()))).to.equal("VALID");
    for (const dates of [{ validFrom: "2026-07-01T00:00:00" }, { validUntil: "2030-01-01" }])
      expect(await headlineOf(await anchored(content(dates)))).to.equal("MALFORMED");
    const undated = await anchored(content(), { members: { created: "2026-07-01T00:00:00" } });
    expect(await headlineOf(undated)).to.equal("MALFORMED");
  });

  it("7, 8: is refused with contexts that are not pinned, or that bend what others define", async () => {
    const proof = document["proof"] ?? null;
    const bent: readonly Json[] = [
      "https://eve.example/context.json",
      { display: "https://eve.example/display" },
      { claim: null },
      { "@base": "https://eve.example/" },
      { "@vocab": "terms#" },
      { grades: { "@id": "https://uni.example/grades", "@context": { claim: null } } },
    ];
    for (const context of bent)
      expect(await headlineOf(content({ proof }, [context])), JSON.stringify(context)).to.equal("MALFORMED");
    const inside = { id: "did:example:ada", claim: { "@context": { name: "https://eve.example/name" }, name: "x" } };
    expect(await headlineOf(content({ proof, credentialSubject: inside }))).to.equal("MALFORMED");
  });

  it("9, 12: shows words of its own by their addresses, and reports those whose values can be exchanged", async () => {
    const own = { height: "https://uni.example/terms#height", stature: "https://uni.example/terms#height" };
    const said = content({ credentialSubject: { id: "did:example:ada", height: "1.80 m" } }, [own]);
    const report = await reportOf(await anchored(said));
    expect(report.headline).to.equal("VALID");
    expect(JSON.stringify(report.credential?.content)).to.contain('"https://uni.example/terms#height":"1.80 m"');
    expect(foundIn(report, "integrity")?.evidence).to.deep.include({
      interchangeable: ["https://uni.example/terms#height"],
    });
  });

  it("10, 12: is not valid with content that no digest covers, lists it, and does not show it as verified", async () => {
    const lost = content({ credentialSubject: { id: "ada", name: "Countess Lovelace" } });
    const report = await reportOf(await anchored(lost));
    expect(report).to.include({ verdict: "inconclusive", headline: "COULD_NOT_CHECK" });
    expect(foundIn(report, "integrity")?.code).to.equal("CONTENT_UNPROTECTED");
    expect(JSON.stringify(foundIn(report, "integrity"))).to.contain('everything stated of \\"ada\\"');
    expect(JSON.stringify(report.credential)).to.not.contain("Countess");
  });

  it("11: is the same with other empty members and lists in another order", async () => {
    const two = [{ id: "did:example:a" }, { id: "did:example:b", name: "B" }];
    const one = await anchored(content({ credentialSubject: two }));
    const other = { ...one, description: [], validUntil: null, credentialSubject: two.toReversed() };
    const [before, after] = [await reportOf(one), await reportOf(other)];
    expect([before.headline, after.headline]).to.deep.equal(["VALID", "VALID"]);
    expect(after.credential).to.deep.equal(before.credential);
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

  it("14: is not judged by a node that has a network's id and not its first block", async () => {
    // the same node under a name that is not this machine's: by its id alone it could be Sepolia
    const rpc = "https://sepolia.example/";
    const aliases = { [rpc]: node().url };
    const verifier = openVerifier({ rpc, allowedHosts: ["uni.example"] });
    const report = await withPages(WELL, async () => verifier.verify(document), aliases);
    expect(report).to.include({ verdict: "inconclusive", headline: "COULD_NOT_CHECK" });
    expect(foundIn(report, "anchor")?.message).to.contain("is not the one of Sepolia");
  });

  it("14: is judged on a network that was shut down only by an archive of it", async () => {
    const closed = relabelled(document, { chain: "eth", network: "goerli" });
    const found = foundIn(await reportOf(closed), "anchor");
    expect(found).to.include({ outcome: "unknown" });
    expect(found?.message).to.contain("Goerli").and.contain("no archive of it is configured");
    const archive = await startLocalNode(5);
    try {
      const { transactionHash } = await send(archive, { to: BURN, data: inclusion.root.computed });
      const transaction = transactionHash.slice(2);
      const anchor = { chain: "eth", network: "goerli", transaction } as const;
      const kept = await reportOf(relabelled(document, anchor), WELL, { rpc: [node().url, archive.url] });
      expect(kept).to.include({ headline: "VALID", network: "test" });
      expect(await headlineOf(relabelled(document, anchor))).to.equal("TEST_NETWORK");
    } finally {
      await archive.stop();
    }
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

  it("19: says what binds the issuer's profile: its domain, the register, the verifier's own list, or nothing", async () => {
    const bindingsOf = async (of: JsonObject, pages: Pages, options: VerifierOptions = {}): Promise<Json> => {
      const report = await reportOf(of, pages, options);
      expect(report.headline).to.equal("VALID");
      return foundIn(report, "identity")?.evidence?.["boundBy"] ?? null;
    };
    const record = dnsRecordFor({ chainId: CHAIN_ID, store: issuer.store });
    const elsewhere = dnsRecordFor({ chainId: CHAIN_ID, store: BURN });
    const trust = JSON.stringify({ issuers: [{ name: "Example", domains: ["uni.example"] }] });
    expect(await bindingsOf(document, WELL), "domain silent").to.deep.equal(["register"]);
    expect(await bindingsOf(document, { ...WELL, ...zoneOf() })).to.deep.equal(["register"]);
    expect(await bindingsOf(document, { ...WELL, ...zoneOf(elsewhere) })).to.deep.equal(["register"]);
    expect(await bindingsOf(document, { ...WELL, ...zoneOf(record) })).to.deep.equal(["dns", "register"]);
    expect(await bindingsOf(document, WELL, { trust })).to.deep.equal(["register", "trust-list"]);
    const alone = await anchored(content());
    expect(await bindingsOf(alone, { ...WELL, ...zoneOf(record) })).to.deep.equal([]);
    expect(foundIn(await reportOf(alone), "identity")?.message).to.contain("nothing but itself binds its profile");
  });

  it("22, 29: shows who else signed, counts nobody but the issuer, and misses a proof that another one follows", async () => {
    const said = content();
    const first = await sentProof(said, { earlier: [], members: { id: "urn:uuid:first" } });
    const signedBy = async (signer: string, previousProof: string): Promise<JsonObject> => {
      const members = { verificationMethod: `${signer}#key-1`, previousProof };
      return { ...said, proof: [first, await sentProof(said, { earlier: [first], members })] };
    };
    const eve = await reportOf(await signedBy("https://eve.example/profile.json", "urn:uuid:first"));
    expect(eve).to.deep.include({ headline: "VALID" });
    expect(foundIn(eve, "integrity")?.evidence).to.deep.include({ otherSigners: ["https://eve.example/profile.json"] });
    expect(eve.issuer).to.include({ proven: PROFILE });
    expect(await headlineOf(await signedBy(PROFILE, "urn:uuid:lost"))).to.equal("TAMPERED");
    const other = await proofOf(said, { members: { verificationMethod: "https://eve.example/profile.json#key-1" } });
    expect(await headlineOf({ ...said, proof: other })).to.equal("TAMPERED");
  });

  it("22, 29: misses a signer whom the verifier expects, and takes nobody else for it", async () => {
    const BOARD = "https://board.example/profile.json";
    const key = { id: `${BOARD}#key-1`, type: "EcdsaSecp256k1VerificationKey2019", controller: BOARD };
    const board = issuerProfile(LOCAL_KEYS[1]!, ACCOUNTS[1]!, {
      id: BOARD,
      verificationMethod: [{ ...key, publicKeyJwk: publicForms(LOCAL_KEYS[1]!).jwk }],
      assertionMethod: [key.id],
    });
    const known: Pages = { ...WELL, [BOARD]: board };
    const expecting = (...expectedSigners: readonly string[]): VerifierOptions => ({
      expectedSigners,
      allowedHosts: ["uni.example", "board.example"],
    });
    const said = content();
    const first = await sentProof(said, { earlier: [], members: { id: "urn:uuid:first" } });
    const members = { verificationMethod: key.id, previousProof: "urn:uuid:first" };
    const signedFrom = async (account: Hex, to?: Hex): Promise<JsonObject> => {
      const second = await sentProof(said, { earlier: [first], members }, account, to);
      return { ...said, proof: [first, second] };
    };
    const both = await signedFrom(ACCOUNTS[1]!);
    const report = await reportOf(both, known, expecting(PROFILE, BOARD));
    expect(report.headline).to.equal("VALID");
    expect(report.findings.map(({ message }) => message)).to.include(`${BOARD} has signed it too, as was expected.`);
    expect(report.issuer).to.include({ proven: PROFILE });
    const missing = await reportOf(document, known, expecting(BOARD));
    expect(missing.headline).to.equal("TAMPERED");
    expect(missing.findings.map(({ code }) => code)).to.include("SIGNATURE_MISSING");
    const offline = await reportOf(document, {}, { ...expecting(BOARD), offline: true });
    expect(offline.findings.map(({ code }) => code)).to.include("SIGNATURE_MISSING");
    // in the board's name, by the issuer
    expect(await headlineOf(await signedFrom(OWNER), known, expecting(BOARD))).to.equal("ISSUER_CONTRADICTED");
    expect(await headlineOf(both, WELL, expecting(BOARD)), "the board is silent").to.equal("COULD_NOT_CHECK");
    // a register on the verifier's list is the issuer's, whoever it lets in
    const store = await deployStore(node());
    const trust = JSON.stringify({ issuers: [{ name: "Example", stores: [`eip155:${CHAIN_ID}:${store}`] }] });
    const inRegister = await signedFrom(OWNER, store);
    expect(await headlineOf(inRegister, WELL, { ...expecting(BOARD), trust })).to.equal("ISSUER_UNPROVEN");
  });

  it("28: shows no holder in a presentation, whatever its Merkle proof says of a challenge", async () => {
    const presentation = {
      "@context": [VC_2, DATA_INTEGRITY],
      id: "urn:uuid:6a0b3a64-8f44-4a6a-9d0c-0d8f6c3f8e12",
      type: ["VerifiablePresentation"],
      holder: "did:example:ada",
      verifiableCredential: [document],
    };
    const members = { verificationMethod: "https://ada.example/profile.json#key-1", challenge: "4711" };
    const report = await reportOf(await anchored(presentation, { members }));
    expect(report.headline).to.equal("VALID");
    expect(foundIn(report, "integrity")?.evidence).to.include({ holderShown: false });
    expect(report.issuer?.proven).to.equal(PROFILE);
    const altered = { ...presentation, verifiableCredential: [{ ...document, name: "Doctor of Science" }] };
    expect(await headlineOf(await anchored(altered, { members }))).to.equal("TAMPERED");
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

  it("30, 31: fetches no schema, and no linked content from hosts it was not told to ask, and says so", async () => {
    const link =
      "hl:zQmWvQxTqbG2Z9HPJgG57jjwR154cKhbtJenbyYTWkjgF3e:zuh8iaLobXC8g9tfma1CSTtYBakXeSTkHrYA5hmD4F7dCLw8XYwZ1GWyJ3zwF";
    const schema = { id: "https://eve.example/schema.json", type: "JsonSchema" };
    const display = { contentMediaType: "text/html", content: `<img src="${link}">` };
    const { findings, headline } = await reportOf(await anchored(content({ display, credentialSchema: schema })));
    expect(headline).to.equal("VALID");
    expect(findings[0]?.evidence).to.deep.include({ schemasNotChecked: [schema.id] });
    expect(findings[0]?.evidence).to.have.nested.property("hashlinks[0].state", "not-checked");
  });

  it("31: is refused when something else lies where it links to, and says what is missing", async () => {
    const seal = { picture: "the university's seal" };
    const linkTo = (url: string): string => {
      const digest = concatBytes(Uint8Array.of(0x12, 0x20), sha256(toUtf8(JSON.stringify(seal))));
      // a map of one member, 15, to a list of one text
      const metadata = concatBytes(Uint8Array.of(0xa1, 0x0f, 0x81, 0x78, url.length), toUtf8(url));
      return `hl:${toMultibase58(digest)}:${toMultibase58(metadata)}`;
    };
    const own = "https://uni.example/images/seal.png";
    const foreign = "https://eve.example/images/seal.png";
    const html = [own, foreign].map((url) => `<img src="${linkTo(url)}">`).join("");
    const linking = await anchored(content({ display: { contentMediaType: "text/html", content: html } }));
    const whole = await reportOf(linking, { ...WELL, [own]: seal });
    expect(whole.headline).to.equal("VALID");
    expect(whole.findings.find(({ code }) => code === "LINKED_CONTENT_HOLDS")?.evidence).to.deep.equal({
      holding: [linkTo(own)],
      missing: [linkTo(foreign)],
    });
    const exchanged = await reportOf(linking, { ...WELL, [own]: { picture: "another's" } });
    expect(exchanged.headline).to.equal("TAMPERED");
    expect(exchanged.findings.map(({ code }) => code)).to.include("LINKED_CONTENT_DIFFERS");
    expect(await headlineOf(linking), "nothing lies there").to.equal("VALID");
  });

  it("32: cannot write to the terminal what it wants, nor be taken for the verdict", async () => {
    const evil = "\u001b[2J\u001b[32m VALID\u202e<script>alert(1)</script>";
    const report = await reportOf(await anchored(content({ name: evil, issuer: { id: PROFILE, name: evil } })));
    const shown = renderReport(report);
    expect(shown.join("\n"))
      .to.contain("<script>alert(1)</script>")
      .and.not.contain("\u001b[2J")
      .and.not.contain("\u202e");
    expect(shown[0]).to.contain("This document is valid.").and.not.contain("script");
  });
});

/** What both resolvers answer about the issuer's domain. */
function zoneOf(...records: readonly string[]): Pages {
  const answer = {
    Status: 0,
    Answer: records.map((data) => ({ name: "uni.example.", type: 16, TTL: 60, data })),
  };
  return {
    "https://dns.google/resolve?name=uni.example&type=TXT": answer,
    "https://cloudflare-dns.com/dns-query?name=uni.example&type=TXT": answer,
  };
}
