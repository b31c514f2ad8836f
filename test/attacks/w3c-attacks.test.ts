/** What a verifier of W3C credentials must refuse, through the whole verifier; numbers are the rules'. Refused: never valid. */

import { gzipSync } from "node:zlib";

import { expect } from "chai";

import { openChallenges } from "../../src/app/challenges.ts";
import { workHere } from "../../src/app/document-work.ts";
import { openPorts, openVerifier, type VerifierOptions } from "../../src/app/open-verifier.ts";
import { verifyPresentation, type PresentationReport } from "../../src/app/verify-presentation.ts";
import { renderReport } from "../../src/cli/render-report.ts";
import { concatBytes, toHex, toUtf8, type Hex } from "../../src/core/bytes.ts";
import type { Headline } from "../../src/core/findings.ts";
import { keccakOfText } from "../../src/core/keccak.ts";
import { memberOf, textOf, type Json, type JsonObject } from "../../src/core/json.ts";
import type { ChainView } from "../../src/core/ports/chain.ts";
import type { Report } from "../../src/core/report.ts";
import { bakePng } from "../../src/formats/w3c-vc-v2/bake-png.ts";
import { bakeSvg } from "../../src/formats/w3c-vc-v2/bake-svg.ts";
import { ANCHOR_STORE, MAY_WITHHOLD } from "../../src/formats/w3c-vc-v2/names.ts";
import { parseProofValue, toProofValue } from "../../src/formats/w3c-vc-v2/proof-value.ts";
import { toTypeBits } from "../../src/identity/achievement-types.ts";
import { openRecognitionReader } from "../../src/identity/recognition.ts";
import { encodeBitstring, putValue } from "../../src/status/bitstring.ts";
import { verify as verifyWith } from "../../src/verify/verify.ts";
import { deployStore, OWNER, write } from "../chain/support/stores.ts";
import { BASE_TAG, partsOf, signDerived, toItems, toText } from "../support/derived-proofs.ts";
import { byTester, proofConfiguration, signAnything, TESTER, type SigningDetails } from "../support/did-key-signer.ts";
import { fakeView, GOOD_STANDING } from "../support/fake-ports.ts";
import { png, pngChunk, SVG } from "../support/images.ts";
import { withLocalNode } from "../support/local-node.ts";
import { startNativeIssuer, type NativeIssuer } from "../support/native-issuer.ts";
import { withPages, type Pages } from "../support/pages.ts";
import { startService, type ServiceForTests } from "../support/running-service.ts";
import { endorsement, learnerRecord } from "../support/w3c-collections.ts";
import { badge, ISSUER } from "../support/w3c-samples.ts";
import { startWebIdentity } from "../support/web-identity.ts";

const CHAIN_ID = 1337;
const V2 = "https://www.w3.org/ns/credentials/v2";
const CLOCK = { now: () => new Date("2026-11-22T00:00:00Z") };

describe("a W3C credential under attack", () => {
  const node = withLocalNode(CHAIN_ID);
  let store: Hex;
  let issuer: NativeIssuer;
  /** A document of ours, signed and anchored. */
  let native: JsonObject;

  before(async () => {
    store = await deployStore(node());
    issuer = await startNativeIssuer({ chainId: CHAIN_ID, address: store });
    native = await issueNative(1);
  });
  after(async () => issuer.close());

  async function issueNative(seed: number, members: JsonObject = {}): Promise<JsonObject> {
    const issued = await issuer.issue({ seed, members });
    await write(node(), store, { functionName: "issue", args: [toHex(issued.root)] });
    return issued.document;
  }

  async function reportOn(document: JsonObject | string | Uint8Array, options: VerifierOptions = {}): Promise<Report> {
    const verifier = openVerifier({ rpc: node().url, allowedHosts: [issuer.host], clock: CLOCK, ...options });
    const report = await verifier.verify(document);
    expect(report.verdict === "valid", JSON.stringify(report.findings)).to.equal(report.headline === "VALID");
    return report;
  }

  async function headlineOf(document: JsonObject | string | Uint8Array, options?: VerifierOptions): Promise<Headline> {
    return (await reportOn(document, options)).headline;
  }

  /** A credential of somebody with a did:key, signed whatever it says; whether the issuer is anybody is not asked. */
  async function signed(
    members: JsonObject = {},
    proof: Parameters<typeof proofConfiguration>[0] = {},
    details: SigningDetails = {},
  ): Promise<JsonObject> {
    return signAnything({ ...byTester(content()), ...members }, proofConfiguration(proof), details);
  }

  async function headlineOfSigned(document: JsonObject | string, pages: Pages = {}): Promise<Headline> {
    const allowedHosts = Object.keys(pages).map((url) => new URL(url).host);
    return withPages(pages, async () => headlineOf(document, { policy: "signed", allowedHosts, rpc: [] }));
  }

  it("is valid while nobody attacks it", async () => {
    expect(await headlineOf(native)).to.equal("VALID");
    expect(await headlineOfSigned(await signed())).to.equal("VALID");
  });

  describe("1: contexts", () => {
    it("that are unknown, inline or nested are not read", async () => {
      const subject = content()["credentialSubject"] as JsonObject;
      for (const members of [
        { "@context": [V2, "https://eve.example/context"] },
        { "@context": [...contextsOf(content()), { honours: "https://eve.example/honours" }] },
        { credentialSubject: { ...subject, "@context": { honours: "https://eve.example/honours" } } },
      ])
        expect(await headlineOfSigned(await signed(members)), JSON.stringify(members)).to.equal("MALFORMED");
    });
  });

  describe("2: words", () => {
    it("that the contexts do not map, as members or types, are not shown", async () => {
      for (const members of [{ honours: "summa cum laude" }, { type: ["VerifiableCredential", "Honours"] }]) {
        const report = await reportOn(await signed(members), { policy: "signed" });
        expect(report).to.include({ headline: "MALFORMED" }).and.not.have.property("credential");
        expect(await headlineOf({ ...native, ...members })).to.equal("MALFORMED");
      }
    });
  });

  describe("3: the issuer", () => {
    it("is the key's controller, and its document lists the key for the purpose", async () => {
      expect(await headlineOfSigned(await signed({ issuer: "did:web:uni.example" }))).to.equal("ISSUER_CONTRADICTED");
      expect(await headlineOf(JSON.stringify(native).replaceAll("#key-1", "#key-9"))).to.equal("ISSUER_CONTRADICTED");
      const web = await startWebIdentity();
      try {
        const method = { id: `${web.did}#key-1`, type: "Multikey", controller: web.did, publicKeyMultibase: NAME };
        const document = await signed({ issuer: web.did }, { verificationMethod: method.id });
        const published = (changes: JsonObject): Promise<Headline> => {
          web.publish(JSON.stringify({ id: web.did, verificationMethod: [method], ...changes }));
          return headlineOf(document, { policy: "signed", allowedHosts: [web.host], rpc: [] });
        };
        expect(await published({ assertionMethod: [method.id] })).to.equal("VALID");
        expect(await published({ authentication: [method.id] })).to.equal("ISSUER_CONTRADICTED");
        const foreign = { ...method, controller: "did:web:eve.example" };
        expect(await published({ verificationMethod: [foreign], assertionMethod: [method.id] })).to.equal(
          "ISSUER_CONTRADICTED",
        );
      } finally {
        await web.close();
      }
    });
  });

  describe("4: a key", () => {
    it("is never taken from a fragment, a header or the document itself", async () => {
      const id = "https://uni.example/issuers/1";
      const document = await signed({ issuer: id }, { verificationMethod: `${id}#${NAME}` });
      expect(await headlineOfSigned(document)).to.equal("COULD_NOT_CHECK");
      expect(await headlineOfSigned(document, { [id]: { id, verificationMethod: [], assertionMethod: [] } })).to.equal(
        "ISSUER_CONTRADICTED",
      );
      const jwk = { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" };
      const method = { id: `${TESTER}#${NAME}`, type: "Multikey", controller: TESTER, publicKeyMultibase: NAME };
      for (const proof of [{ jwk }, { publicKeyJwk: jwk }, { verificationMethod: method }])
        expect(await headlineOfSigned(await signed({}, proof)), JSON.stringify(proof)).to.equal("MALFORMED");
    });
  });

  describe("5: proofs", () => {
    it("are at least one of a known suite, all of which hold, for the purpose, each over what it names", async () => {
      const document = await signed();
      const proof = document["proof"] as JsonObject;
      const second = (await signed({}, { created: "2026-02-02T00:00:00Z" }))["proof"] as JsonObject;
      expect(await headlineOfSigned({ ...document, proof: [proof, second] })).to.equal("VALID");
      const cases: readonly [Json, Headline][] = [
        [[], "MALFORMED"],
        [{ ...proof, cryptosuite: "bbs-2023" }, "UNSUPPORTED"],
        [[proof, { ...second, created: "2026-02-02T00:00:01Z" }], "TAMPERED"],
        [{ ...proof, proofPurpose: "authentication" }, "MALFORMED"],
        [{ ...proof, previousProof: "urn:uuid:1" }, "TAMPERED"],
        [{ ...proof, id: "urn:uuid:1", previousProof: "urn:uuid:1" }, "MALFORMED"],
      ];
      for (const [other, headline] of cases)
        expect(await headlineOfSigned({ ...document, proof: other }), JSON.stringify(other)).to.equal(headline);
      const { proof: _, ...bare } = document;
      expect(await headlineOfSigned(bare)).to.equal("TAMPERED");
    });
  });

  describe("6: a document of ours", () => {
    it("has its signature and its anchor, in the store that it names and the issuer lists", async () => {
      const [signature = {}, anchor = {}] = native["proof"] as readonly JsonObject[];
      expect(await headlineOf({ ...native, proof: [anchor] })).to.equal("TAMPERED");
      expect(await headlineOf({ ...native, proof: [signature] })).to.equal("TAMPERED");
      expect(
        await headlineOf({ ...native, proof: [signature, { ...anchor, created: "2026-01-01T00:00:00Z" }] }),
      ).to.equal("MALFORMED");
      expect(await headlineOf((await issuer.issue({ seed: 2 })).document)).to.equal("NOT_ANCHORED");
      const other = await deployStore(node());
      for (const place of [`eip155:1:${store}`, `eip155:${CHAIN_ID}:${other}`])
        expect(await headlineOf({ ...native, [ANCHOR_STORE]: place })).to.equal("TAMPERED");
      const elsewhere = await startNativeIssuer({ chainId: CHAIN_ID, address: other });
      try {
        // anchored in a store that somebody else lists, and that it names as its own
        const issued = await elsewhere.issue({ seed: 3 });
        await write(node(), other, { functionName: "issue", args: [toHex(issued.root)] });
        const allowedHosts = [issuer.host, elsewhere.host];
        expect(await headlineOf(issued.document, { allowedHosts })).to.equal("VALID");
        const unlisted = issued.text.replaceAll("#store-1", "#store-2");
        expect(await headlineOf(unlisted, { allowedHosts })).to.equal("ISSUER_CONTRADICTED");
      } finally {
        await elsewhere.close();
      }
    });
  });

  describe("7: a leaf's place", () => {
    it("is the one that was issued, in its one spelling", async () => {
      const [signature = {}, anchor = {}] = native["proof"] as readonly JsonObject[];
      const text = textOf(anchor, "proofValue") ?? "";
      const place = parseProofValue(text);
      const [first, ...rest] = place.path;
      for (const [other, headline] of [
        [toProofValue({ ...place, size: place.size + 1 }), "NOT_ANCHORED"],
        [toProofValue({ ...place, index: place.index - 1 }), "NOT_ANCHORED"],
        [toProofValue({ ...place, index: place.size }), "MALFORMED"],
        [toProofValue({ ...place, path: rest }), "TAMPERED"],
        [toProofValue({ ...place, path: [...place.path, first!] }), "TAMPERED"],
        [toProofValue({ ...place, path: [...rest, first!] }), "NOT_ANCHORED"],
        [`${text}A`, "MALFORMED"],
        [`${text}=`, "MALFORMED"],
      ] as const)
        expect(await headlineOf({ ...native, proof: [signature, { ...anchor, proofValue: other }] })).to.equal(
          headline,
        );
    });
  });

  describe("8: text", () => {
    it("is one JSON value to every parser, and not too much of it", async () => {
      const text = JSON.stringify(native);
      for (const other of [
        text.replace("{", '{"name":"Doctor of Science",'),
        text.replace("{", '{"n\\u0061me":"Doctor of Science",'),
        text.replace("Bachelor", "Bachelor\\ud800"),
        text.replace("180.5", "9007199254740993"),
        text.replace('"inLanguage":"en"', `"inLanguage":${"[".repeat(80)}"en"${"]".repeat(80)}`),
        text.replace('"name":"Bachelor', `"name":"${"x".repeat(300_000)}`),
        `${text}${" ".repeat(17 * 1024 * 1024)}`,
      ]) {
        expect(other).not.to.equal(text);
        expect(await headlineOf(other), other.slice(0, 60)).to.equal("MALFORMED");
      }
    });
  });

  describe("9: signatures", () => {
    it("have their length, by a key of the suite's curve, and no algorithm that the document chose", async () => {
      const document = await signed();
      const proof = document["proof"] as JsonObject;
      const value = textOf(proof, "proofValue") ?? "";
      const header = Buffer.from('{"alg":"none","b64":false,"crit":["b64","exp"]}').toString("base64url");
      const cases: readonly [JsonObject, Headline][] = [
        [{ ...proof, proofValue: value.slice(0, -2) }, "MALFORMED"],
        [{ ...proof, proofValue: `${value}11` }, "MALFORMED"],
        [{ ...proof, cryptosuite: "ecdsa-rdfc-2019" }, "TAMPERED"],
        [{ ...proof, alg: "none" }, "MALFORMED"],
        [{ type: "JsonWebSignature2020", jws: `${header}..`, proofPurpose: "assertionMethod" }, "UNSUPPORTED"],
      ];
      for (const [other, headline] of cases)
        expect(await headlineOfSigned({ ...document, proof: other }), JSON.stringify(other)).to.equal(headline);
      const off = "did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2161"; // its last digits changed: on no curve
      const stray = await signed({ issuer: off }, { verificationMethod: `${off}#${off.slice(8)}` });
      expect(await headlineOfSigned(stray)).not.to.equal("VALID");
      expect(await headlineOfSigned(`${header}.e30.`)).to.equal("MALFORMED");
    });
  });

  describe("10: presentations", () => {
    const REQUEST = { challenge: "uB3yq9bQxv0Kx8wZ0Zt1c4A", domain: "employer.example" };

    async function present(
      proof: Parameters<typeof proofConfiguration>[0] = {},
      members: JsonObject = {},
      request: Parameters<typeof verifyPresentation>[1] = REQUEST,
    ): Promise<PresentationReport> {
      const content = { "@context": [V2], type: ["VerifiablePresentation"], holder: TESTER, ...members };
      const purpose = { proofPurpose: "authentication", ...REQUEST };
      const presentation = await signAnything(content, proofConfiguration({ ...purpose, ...proof }));
      const options: VerifierOptions = { policy: "signed", clock: CLOCK };
      const { keys, clock } = openPorts(options);
      return verifyPresentation(presentation, request, {
        work: workHere("strict"),
        verifier: openVerifier(options),
        keys,
        clock,
      });
    }

    it("answer this verifier's challenge, by a key of their holder's", async () => {
      const good = await signed();
      expect((await present({}, { verifiableCredential: [good] })).verdict).to.equal("valid");
      for (const proof of [{ challenge: "uAnother" }, { challenge: undefined }])
        expect(await present(proof)).to.deep.include({ verdict: "invalid", contradictions: ["challenge"] });
      for (const proof of [{ domain: "eve.example" }, { domain: undefined }])
        expect(await present(proof)).to.deep.include({ verdict: "invalid", contradictions: ["domain"] });
      const foreign = await present({}, { holder: "did:web:graduate.example" });
      expect(foreign).to.deep.include({ verdict: "invalid", contradictions: ["holder"] });
      expect(foreign).not.to.have.property("holder");
    });

    it("are refused by a challenge that was used or has ended", async () => {
      let now = CLOCK.now().getTime();
      const challenges = openChallenges({ now: () => new Date(now) });
      const [first, second] = [challenges.give(), challenges.give()];
      expect([challenges.use(first), challenges.use(first)]).to.deep.equal(["fresh", "spent"]);
      now += 300_000;
      expect(challenges.use(second)).to.equal("expired");
    });

    it("end when their proof says so, and are no better than what they hold", async () => {
      expect((await present({ expires: "2026-12-01T00:00:00Z" })).verdict).to.equal("valid");
      const expired = await present({ expires: "2026-11-21T00:00:00Z" });
      expect(expired.verdict).to.equal("invalid");
      expect(expired.findings.map(({ code }) => code)).to.include("EXPIRED");
      const altered = { ...(await signed()), name: "Doctor of Science" };
      expect((await present({}, { verifiableCredential: [altered] })).verdict).to.equal("invalid");
      const { proof: _, ...bare } = await signed();
      expect((await present({}, { verifiableCredential: [bare] })).verdict).to.equal("invalid");
    });
  });

  describe("11: selective disclosure", () => {
    it("never comes as the issuer's base proof", async () => {
      const derived = await signDerived(content({ issuer: ISSUER }));
      const base = toText(toItems(partsOf(derived)), BASE_TAG);
      const report = await reportOn({ ...derived, proof: { ...(derived["proof"] as JsonObject), proofValue: base } });
      expect(report.headline).to.equal("MALFORMED");
      expect(report.findings[0]?.message).to.include("base proof");
    });

    it("shows nothing that was not signed, and replaces nothing that was", async () => {
      const withheld = ["/credentialSubject/result/1", "/credentialSubject/creditsEarned"];
      const envelope = await issueNative(4, { [MAY_WITHHOLD]: withheld });
      expect(await headlineOf(envelope)).to.equal("VALID");
      const disclosures = memberOf(envelope, "disclosures") as readonly (readonly [string, string, Json])[];
      const at = disclosures.findIndex(([, pointer]) => pointer.endsWith("creditsEarned"));
      const [salt, pointer] = disclosures[at]!;
      for (const other of [
        disclosures.with(at, [salt, pointer, 360]),
        disclosures.with(at, [salt, "/credentialSubject/id", "did:example:eve"]),
        disclosures.with(at, [salt, "/validUntil", "2099-01-01T00:00:00Z"]),
        [...disclosures, disclosures[at]!],
        [...disclosures, [salt, "/description", "summa cum laude"] as const],
      ])
        expect(await headlineOf({ ...envelope, disclosures: other })).to.be.oneOf(["MALFORMED", "TAMPERED"]);
    });
  });

  describe("status lists", () => {
    const LIST = "https://lists.example/1";
    const ENTRY = {
      id: `${LIST}#23`,
      type: "BitstringStatusListEntry",
      statusPurpose: "revocation",
      statusListIndex: "23",
      statusListCredential: LIST,
    };

    async function listOf(
      encodedList: string,
      subject: JsonObject = {},
      members: JsonObject = {},
      proof: Parameters<typeof proofConfiguration>[0] = {},
    ): Promise<JsonObject> {
      const list = {
        "@context": [V2],
        id: LIST,
        type: ["VerifiableCredential", "BitstringStatusListCredential"],
        issuer: TESTER,
        credentialSubject: { type: "BitstringStatusList", statusPurpose: "revocation", encodedList, ...subject },
        ...members,
      };
      return signAnything(list, proofConfiguration(proof));
    }

    async function listed(list: JsonObject, entry: JsonObject = {}): Promise<Headline> {
      const pages: Pages = { [LIST]: list };
      return headlineOfSigned(await signed({ credentialStatus: { ...ENTRY, ...entry } }), pages);
    }

    describe("12: status lists", () => {
      it("that do not hold leave it open whether the credential was withdrawn", async () => {
        const good = await encodeBitstring(new Uint8Array(16_384));
        const bits = new Uint8Array(16_384);
        putValue(bits, { index: 23, size: 1 }, 1);
        expect(await listed(await listOf(good))).to.equal("VALID");
        expect(await listed(await listOf(await encodeBitstring(bits)))).to.equal("REVOKED");
        const sound = await listOf(good);
        const subject = sound["credentialSubject"] as JsonObject;
        for (const list of [
          {},
          { ...sound, credentialSubject: { ...subject, encodedList: await encodeBitstring(bits) } },
          await listOf(good.slice(1)),
          await listOf(`u${"A".repeat(1_048_577)}`),
          await listOf(`u${gzipSync(new Uint8Array(1_024)).toString("base64url")}`),
          await listOf(`u${gzipSync(new Uint8Array(17 * 1_048_576)).toString("base64url")}`),
          await listOf(good, { statusPurpose: "suspension" }),
          await listOf(good, { type: "StatusList" }),
          await listOf(good, {}, { type: ["VerifiableCredential"] }),
          await listOf(good, {}, { validUntil: "2026-11-21T00:00:00Z" }),
          await listOf(good, {}, { id: "https://lists.example/2" }),
        ])
          expect(await listed(list), JSON.stringify(list).slice(0, 300)).to.equal("COULD_NOT_CHECK");
      });

      it("of a kind that we do not know leave it open as well", async () => {
        const type = "https://uni.example/StatusOfMyOwn";
        expect(await headlineOfSigned(await signed({ credentialStatus: { id: LIST, type } }))).to.equal(
          "COULD_NOT_CHECK",
        );
      });
    });

    describe("13: a list's issuer", () => {
      it("is the credential's, or known to the verifier as the same", async () => {
        const good = await encodeBitstring(new Uint8Array(16_384));
        const stranger = "did:web:eve.example";
        expect(await listed(await listOf(good, {}, { issuer: stranger }))).to.equal("COULD_NOT_CHECK");
        const document = await issuer.sign({
          ...content({ issuer: { id: issuer.did, type: ["Profile"], name: "Example University" } }),
          credentialStatus: ENTRY,
        });
        const pages: Pages = { [LIST]: await listOf(good) };
        const byOther = await withPages(pages, async () =>
          reportOn(document, { policy: "signed", rpc: [], allowedHosts: ["lists.example", issuer.host] }),
        );
        expect(byOther.headline).to.equal("COULD_NOT_CHECK");
      });
    });
  });

  describe("14: a credential", () => {
    it("that has expired, is not valid yet, or was withdrawn is not valid", async () => {
      const past = { validFrom: "2020-01-01T00:00:00Z", validUntil: "2026-11-21T23:59:59Z" };
      expect(await headlineOfSigned(await signed(past))).to.equal("EXPIRED");
      expect(await headlineOfSigned(await signed({ validFrom: "2026-11-22T00:00:01Z" }))).to.equal("NOT_YET_VALID");
      expect(await headlineOfSigned(await signed({}, { expires: "2026-11-21T00:00:00Z" }))).to.equal("EXPIRED");
      const withdrawn = await issuer.issue({ seed: 5 });
      await write(node(), store, { functionName: "issue", args: [toHex(withdrawn.root)] });
      expect(await headlineOf(withdrawn.document)).to.equal("VALID");
      await write(node(), store, { functionName: "revoke", args: [toHex(withdrawn.sealed.leaf)] });
      expect(await headlineOf(withdrawn.document)).to.equal("REVOKED");
    });

    it("inside another is reported at its place, by itself, and lends the other nothing", async () => {
      const about = (id: string, members: JsonObject = {}): Promise<JsonObject> =>
        signed({
          ...unsigned(endorsement({ credentialSubject: { id, type: ["EndorsementSubject"] } })),
          issuer: TESTER,
          ...members,
        });
      const good = await about(TESTER);
      const endorsements = [
        good,
        { ...good, name: "Accredited for ever" },
        await about(TESTER, { validUntil: "2026-11-21T00:00:00Z" }),
        await about("did:web:eve.example"),
      ];
      const vouched = { id: TESTER, type: ["Profile"], name: "Example University", endorsement: endorsements };
      const inside = await reportOn(await signed({ issuer: vouched }), { policy: "signed", rpc: [] });
      expect(inside.headline).to.equal("VALID");
      expect(inside.inner?.map(({ place, headline, isAboutHolder }) => [place, headline, isAboutHolder])).to.deep.equal(
        [
          ["/issuer/endorsement/0", "VALID", true],
          ["/issuer/endorsement/1", "TAMPERED", true],
          ["/issuer/endorsement/2", "EXPIRED", true],
          ["/issuer/endorsement/3", "VALID", false],
        ],
      );
      expect(renderReport(inside).join("\n")).to.match(/endorsement at \/issuer\/endorsement\/1: .*TAMPERED/);

      const record = await signed(unsigned(learnerRecord([native, { ...native, name: "Doctor of Science" }])));
      const held = await reportOn({ ...record, issuer: TESTER });
      expect(held.headline).to.equal("TAMPERED"); // signed by somebody else's name: nothing in it is looked at
      expect(held).not.to.have.property("inner");
      const own = await reportOn(await signed({ ...unsigned(learnerRecord([native])), issuer: TESTER }), {
        policy: "signed",
        expectedSigners: [TESTER], // of the record, not of what is in it,
      });
      expect(own.inner?.map(({ kind, headline, issuer: by }) => [kind, headline, by?.proven])).to.deep.equal([
        ["record", "VALID", issuer.did],
      ]);
      const expired = await signed({
        ...unsigned(learnerRecord([native])),
        issuer: TESTER,
        validUntil: "2026-11-21T00:00:00Z",
      });
      expect(await headlineOf(expired, { policy: "signed" })).to.equal("EXPIRED");
    });
  });

  describe("15: recognition", () => {
    const REGISTRY: Hex = `0x${"15".repeat(20)}`;
    const DELEGATE: Hex = `0x${"de".repeat(20)}`;

    /** As a register that may lie keeps it. */
    interface Step {
      readonly recogniser: Hex;
      readonly parent: bigint;
      readonly delegate: Hex;
      readonly grantedAt: bigint;
      readonly types: bigint;
      readonly level: bigint;
      readonly from: bigint;
      readonly until: bigint;
      readonly depth: bigint;
    }

    const ROOT: Step = {
      recogniser: OWNER,
      parent: 0n,
      delegate: DELEGATE,
      grantedAt: 1n,
      types: toTypeBits([]),
      level: 6n,
      from: 0n,
      until: 2n ** 48n - 1n,
      depth: 3n,
    };
    const OWN: Step = { ...ROOT, recogniser: DELEGATE, parent: 1n, delegate: `0x${"00".repeat(20)}`, depth: 2n };

    /** What a verifier says who trusts the account of `ROOT`, told these steps; the last one is the issuer's. */
    async function recognised(...steps: readonly Step[]): Promise<Headline> {
      const subject = keccakOfText(issuer.did);
      const callContract: ChainView["callContract"] = async (_to, data) => {
        const at = Number(`0x${data.slice(10, 74)}`) - 1;
        const words = data.startsWith("0xff36b953") ? [BigInt(steps.length)] : wordsOf(steps[at] ?? OWN, subject);
        const returned = words.map((word) => word.toString(16).padStart(64, "0")).join("");
        return { kind: "answer", value: { kind: "returned", data: `0x${returned}` } };
      };
      const register = openRecognitionReader(
        { viewOf: async () => ({ kind: "view", view: { ...fakeView(), callContract } }) },
        { chainId: CHAIN_ID, registry: REGISTRY, roots: [OWNER] },
      );
      const ports = openPorts({ rpc: node().url, allowedHosts: [issuer.host], clock: CLOCK });
      const report = await verifyWith(toUtf8(JSON.stringify(native)), {}, { ...ports, recognition: register });
      return report.headline;
    }

    function wordsOf(step: Step, subject: Uint8Array): readonly bigint[] {
      const { recogniser, parent, delegate, grantedAt, types, level, from, until, depth } = step;
      const own = parent === 0n ? 0n : BigInt(toHex(subject));
      return [BigInt(recogniser), parent, BigInt(delegate), grantedAt, own, types, level, 0n, from, until, depth];
    }

    it("is its own result: valid in all else, and recognised by nobody whom the verifier chose", async () => {
      expect(await recognised(ROOT, OWN)).to.equal("VALID");
      expect(await recognised()).to.equal("ISSUER_UNPROVEN");
    });

    it("is believed of no register whose steps loop, are too many, have ended, are wider, or have another root", async () => {
      const long = Array.from({ length: 9 }, (_, at): Step => ({
        ...OWN,
        recogniser: DELEGATE,
        parent: BigInt(at + 1),
      }));
      for (const steps of [
        [ROOT, { ...OWN, parent: 2n }],
        [ROOT, ...long],
        [
          { ...ROOT, until: 1_000n },
          { ...OWN, until: 1_000n },
        ],
        [ROOT, { ...OWN, types: toTypeBits(["other", "DoctoralDegree"]) }],
        [{ ...ROOT, until: 2n ** 40n }, OWN],
        [ROOT, { ...OWN, level: 7n }],
        [ROOT, { ...OWN, depth: 3n }],
        [ROOT, { ...OWN, recogniser: OWNER }],
        [{ ...ROOT, recogniser: DELEGATE }, OWN],
      ])
        expect(await recognised(...steps), String(steps.length)).to.equal("COULD_NOT_CHECK");
    });

    it("16: counts as of the block of anchoring, not since", async () => {
      expect(await recognised(ROOT, { ...OWN, grantedAt: 1_000_000n })).to.equal("COULD_NOT_CHECK");
    });
  });

  describe("16: an anchor", () => {
    it("made after a key was known to be lost is void, whatever the document's dates say", async () => {
      const own = await deployStore(node());
      const other = await startNativeIssuer({ chainId: CHAIN_ID, address: own });
      try {
        const [early, late] = [await other.issue({ seed: 6 }), await other.issue({ seed: 7 })];
        await write(node(), own, { functionName: "issue", args: [toHex(early.root)] });
        const { blockNumber } = await write(node(), own, { functionName: "issue", args: [toHex(late.root)] });
        await write(node(), own, { functionName: "declareCompromise", args: [OWNER, BigInt(blockNumber)] });
        const options = { allowedHosts: [other.host] };
        expect(await headlineOf(early.document, options)).to.equal("VALID");
        const report = await reportOn(late.document, options);
        expect(report.headline).to.equal("REVOKED");
        expect(report.findings.map(({ code }) => code)).to.include("ANCHOR_AFTER_COMPROMISE");
      } finally {
        await other.close();
      }
    });
  });

  describe("16: a date", () => {
    it("long before the block of the anchor is doubted by a verifier who allows only so many days", async () => {
      const old = await issueNative(9, { validFrom: "2001-06-30T00:00:00Z" });
      expect(await headlineOf(old)).to.equal("VALID");
      const report = await reportOn(old, { maxBackdatingDays: 365 });
      expect(report.headline).to.equal("COULD_NOT_CHECK");
      expect(report.findings.map(({ code }) => code)).to.include("DATED_BEFORE_ANCHOR");
      expect(await headlineOf(old, { maxBackdatingDays: 36_500 })).to.equal("VALID");
    });
  });

  describe("17: a name", () => {
    it("that the document gives its issuer is never the one that was proven, and odd letters in it are noticed", async () => {
      const name = "Ex\u0430mple University"; // with a Cyrillic a
      const document = await issueNative(8, { issuer: { id: issuer.did, type: ["Profile"], name } });
      const report = await reportOn(document);
      expect(report.issuer).to.deep.include({ proven: issuer.did, callsItself: name });
      const notices = report.findings.map(({ evidence }) => evidence?.["nameMixesScripts"]);
      expect(notices).to.include(true);
      const unproven = await reportOn(await signed({ issuer: { id: TESTER, type: ["Profile"], name } }), { rpc: [] });
      expect(unproven.headline).to.equal("ISSUER_UNPROVEN");
      expect(unproven.issuer).to.deep.include({ callsItself: name }).and.not.have.property("proven");
    });
  });

  describe("18: the network", () => {
    /** Addresses asked for while `run` runs; nobody answers. */
    async function asked(run: () => Promise<unknown>): Promise<readonly string[]> {
      const realFetch = globalThis.fetch;
      const addresses: string[] = [];
      globalThis.fetch = async (input) => {
        addresses.push(input instanceof Request ? input.url : String(input));
        return Promise.reject(new Error("nobody answers"));
      };
      try {
        await run();
        return addresses;
      } finally {
        globalThis.fetch = realFetch;
      }
    }

    it("is not asked where the verifier did not allow it, nor for contexts, schemas and pictures", async () => {
      const options: VerifierOptions = { policy: "signed", rpc: [], allowedHosts: ["lists.example"] };
      const inward = ["169.254.169.254", "localhost", "127.0.0.1", "10.0.0.1", "192.168.0.1", "metadata.internal"];
      for (const host of inward) {
        const did = `did:web:${host}`;
        const document = await signed({ issuer: did }, { verificationMethod: `${did}#key-1` });
        expect(
          await asked(async () => expect(await headlineOf(document, options)).to.equal("COULD_NOT_CHECK")),
        ).to.deep.equal([]);
      }
      const away = await signed({
        "@context": [...contextsOf(content()), "https://lists.example/context"],
        credentialSchema: { id: "https://lists.example/schema", type: "JsonSchema" },
      });
      expect(await asked(async () => headlineOf(away, options))).to.deep.equal([]);
      const schema = { id: "https://lists.example/schema", type: "JsonSchema" };
      const pictured = await signed({
        credentialSchema: schema,
        termsOfUse: { id: schema.id, type: "https://x.example/T" },
      });
      expect(await asked(async () => headlineOf(pictured, options))).to.deep.equal([]);
    });
  });

  describe("19: markup", () => {
    const MARKUP = '<img src="https://eve.example/x" onerror="alert(1)">\u001b[2J\u202e';

    let service: ServiceForTests;
    before(async () => {
      service = await startService({ profile: "generic" });
    });
    after(async () => service.stop());

    it("in a document is text: shown as such, and never a page or a command", async () => {
      const document = await signed({ name: MARKUP });
      const report = await reportOn(document, { policy: "signed", rpc: [] });
      expect(report).to.include({ headline: "VALID" });
      const shown = renderReport(report).join("\n");
      expect(shown).to.include("<img");
      for (const command of ["\u001b[2J", "\u202e"]) expect(shown).not.to.include(command);
      const answer = await fetch(`${service.url}/v1/verify`, { method: "POST", body: JSON.stringify(document) });
      expect(answer.headers.get("content-type")).to.match(/^application\/json/);
      expect(answer.headers.get("x-content-type-options")).to.equal("nosniff");
      expect(answer.headers.get("content-security-policy")).to.match(/default-src 'none'/);
      expect(((await answer.json()) as Report).credential?.title).to.equal(MARKUP);
    });

    it("around a baked credential is passed over", async () => {
      const live = toUtf8(
        '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script><image href="https://eve.example/x"/></svg>',
      );
      const badgeText = JSON.stringify(await signed());
      expect(await headlineOf(bakeSvg(live, badgeText), { policy: "signed", rpc: [] })).to.equal("VALID");
    });
  });

  describe("20: a baked credential", () => {
    it("is one a file, in a chunk that is neither packed nor too long, and no entity makes it", async () => {
      const text = JSON.stringify(await signed());
      const options: VerifierOptions = { policy: "signed", rpc: [] };
      for (const image of [bakePng(png(), text), bakeSvg(SVG, text)])
        expect(await headlineOf(image, options)).to.equal("VALID");
      const chunk = (frame: readonly number[], inside = text): Uint8Array =>
        pngChunk("iTXt", concatBytes(toUtf8("openbadgecredential"), Uint8Array.from(frame), toUtf8(inside)));
      const plain = [0, 0, 0, 0, 0];
      expect(await headlineOf(png(chunk(plain)), options)).to.equal("VALID");
      const svgText = new TextDecoder().decode(bakeSvg(SVG, text));
      const element = /<openbadges:credential[\s\S]*<\/openbadges:credential>/.exec(svgText)?.[0] ?? "";
      expect(element).not.to.equal("");
      for (const image of [
        png(chunk(plain), chunk(plain)),
        png(chunk([0, 1, 0, 0, 0])),
        png(chunk(plain, `{"x":"${"x".repeat(1_100_000)}"}`)),
        svgText.replace(element, `${element}${element}`),
        svgText.replace("<svg", '<!DOCTYPE svg [<!ENTITY a "b">]><svg'),
        svgText.replace("<rect", "<title>&a;</title><rect"),
      ])
        expect(await headlineOf(image, options)).to.equal("MALFORMED");
    });
  });

  describe("21: the chain", () => {
    const second = withLocalNode(CHAIN_ID);

    it("says nothing while its block may still go, while it is silent, or while two nodes differ", async () => {
      const ports = openPorts({ rpc: node().url, allowedHosts: [issuer.host], clock: CLOCK });
      const fresh = {
        ...fakeView({ ...GOOD_STANDING, final: false } as typeof GOOD_STANDING),
        network: "main",
      } as const;
      const waiting = { viewOf: async () => ({ kind: "view", view: fresh }) as const };
      const report = await verifyWith(toUtf8(JSON.stringify(native)), {}, { ...ports, chain: waiting });
      expect(report.headline).to.equal("NOT_FINAL_YET");
      const again = node().url.replace("127.0.0.1", "localhost");
      expect(await headlineOf(native, { agreement: 2, rpc: [node().url, again] })).to.equal("VALID");
      expect(await headlineOf(native, { agreement: 2, rpc: [node().url] })).to.equal("COULD_NOT_CHECK");
      expect(await headlineOf(native, { rpc: "http://127.0.0.1:9" })).to.equal("COULD_NOT_CHECK");
      expect(await headlineOf(native, { agreement: 2, rpc: [node().url, second().url] })).to.equal("COULD_NOT_CHECK");
    });
  });
});

const NAME = TESTER.slice("did:key:".length);

/** A badge that nobody has signed. */
function content(members: JsonObject = {}): JsonObject {
  return unsigned(badge(members));
}

function unsigned(document: JsonObject): JsonObject {
  const { proof: _, ...rest } = document;
  return rest;
}

function contextsOf(document: JsonObject): readonly Json[] {
  return document["@context"] as readonly Json[];
}
