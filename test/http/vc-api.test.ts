/**
 * The VC-API over real HTTP on loopback, in the words of W3C's conformance suites: their inputs where the vectors have them,
 * else inputs of the same kind. The suites themselves are run elsewhere.
 */

import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { text } from "node:stream/consumers";

import { expect } from "chai";

import { isArray, isObject, memberOf, objectOf, textOf, type Json, type JsonObject } from "../../src/core/json.ts";
import { listen } from "../../src/http/listen.ts";
import { operationsOf } from "../../src/http/openapi.ts";
import { selfSignedCertificate } from "../../src/http/self-signed-certificate.ts";
import { decodeBitstring } from "../../src/status/bitstring.ts";
import { byTester, proofConfiguration, signAnything, TESTER } from "../support/did-key-signer.ts";
import { startService, type ServiceForTests, type ServiceOrder } from "../support/running-service.ts";
import { MAY_WITHHOLD } from "../../src/formats/w3c-vc-v2/names.ts";
import { badge, issue as issueNative } from "../support/w3c-samples.ts";
import { describeVectors, vectorText } from "../support/vector-files.ts";

const V2 = "https://www.w3.org/ns/credentials/v2";
const REQUEST = { challenge: "uB3yq9bQxv0Kx8wZ0Zt1c4A", domain: "employer.example" };

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: JsonObject;
}

/** A service for the tests of one `describe`, and how it is asked. */
function withService(order: ServiceOrder): {
  readonly url: () => string;
  readonly post: (path: string, body: Json) => Promise<Answer>;
  readonly get: (path: string) => Promise<Answer>;
} {
  let service: ServiceForTests;
  before(async function () {
    this.timeout(30_000);
    service = await startService(order);
  });
  after(async () => service.stop());
  const toAnswer = async (response: Response): Promise<Answer> => ({
    status: response.status,
    type: response.headers.get("content-type") ?? "",
    body: (await response.json()) as JsonObject,
  });
  return {
    url: () => service.url,
    post: async (path, body) =>
      toAnswer(await fetch(`${service.url}${path}`, { method: "POST", body: JSON.stringify(body) })),
    get: async (path) => toAnswer(await fetch(`${service.url}${path}`)),
  };
}

function credential(members: JsonObject = {}): JsonObject {
  return {
    "@context": [V2],
    id: "urn:uuid:86294362-4254-4f36-854f-3952fe42555d",
    type: ["VerifiableCredential"],
    credentialSubject: { id: "did:example:subject", name: "Example" },
    ...members,
  };
}

function vectorsOf(kind: string): readonly { readonly file: string; readonly verdict: string }[] {
  return vectorText("w3c/INDEX.tsv")
    .split("\n")
    .map((line) => line.split("\t"))
    .filter(([file = "", , , , , , what = ""]) => file.startsWith("w3c-vcdm2-input/") && what === kind)
    .map(([file = "", , , , , , , verdict = ""]) => ({ file, verdict }));
}

function proofOf(document: JsonObject): JsonObject {
  const proof = objectOf(document, "proof");
  if (proof === undefined) throw new Error("there is one proof");
  return proof;
}

describe("the VC-API, generic profile", function () {
  this.timeout(30_000);
  const { post, get, url } = withService({ profile: "generic" });
  const verify = async (verifiableCredential: Json, options: JsonObject = {}): Promise<Answer> =>
    post("/credentials/verify", { verifiableCredential, options });
  const present = async (verifiablePresentation: Json, options: JsonObject = REQUEST): Promise<Answer> =>
    post("/presentations/verify", { verifiablePresentation, options });
  const issue = async (what: JsonObject, options: JsonObject = {}): Promise<Answer> =>
    post("/credentials/issue", { credential: what, options });
  const issued = async (what: JsonObject, options: JsonObject = {}): Promise<JsonObject> => {
    const { status, body } = await issue({ issuer: "did:example:replaced", ...what }, options);
    expect(status, JSON.stringify(body)).to.equal(201);
    return memberOf(body, "verifiableCredential") as JsonObject;
  };

  describeVectors("w3c/w3c-vcdm2-input", "inputs of the VC Data Model suite", () => {
    for (const { file, verdict } of [...vectorsOf("credential input"), ...vectorsOf("names and descriptions input")]) {
      it(`${verdict}: ${file.slice("w3c-vcdm2-input/".length)}`, async () => {
        const sent = asSent(JSON.parse(vectorText(`w3c/${file}`)) as JsonObject, file);
        const { status, body } = await issue(sent);
        expect(status, JSON.stringify(body)).to.equal(verdict === "accept" ? 201 : 400);
      });
    }

    for (const { file, verdict } of vectorsOf("presentation input")) {
      it(`${verdict}: ${file.slice("w3c-vcdm2-input/".length)}`, async () => {
        const content = JSON.parse(vectorText(`w3c/${file}`)) as JsonObject;
        const isUnsecured = verdict.startsWith("unsecured");
        const sent = file.includes("no-type") ? content : await presentAsSuite(content, !isUnsecured);
        // enveloped credentials are JOSE, which is not read: they are never verified here
        const isWon = verdict === "accept" && !file.includes("enveloped");
        const { status, body } = await present(sent);
        expect(status, JSON.stringify(body)).to.equal(isWon ? 200 : 400);
      });
    }
  });

  describe("Data Integrity, eddsa", () => {
    for (const suite of ["eddsa-rdfc-2022", "eddsa-jcs-2022"]) {
      it(`issues by ${suite} what it verifies`, async () => {
        const document = await issued(credential(), { cryptosuite: suite });
        expect(proofOf(document)).to.include({ type: "DataIntegrityProof", cryptosuite: suite });
        expect(textOf(proofOf(document), "proofValue")).to.match(/^z[1-9A-HJ-NP-Za-km-z]{80,90}$/);
        const { status, body } = await verify(document);
        expect(status, JSON.stringify(body)).to.equal(200);
        expect(body).to.deep.include({ verified: true, problemDetails: [] });
      });

      const make = async (
        changes: Parameters<typeof proofConfiguration>[0] = {},
        signedAs = suite,
      ): Promise<JsonObject> =>
        signAnything(byTester(credential()), proofConfiguration({ cryptosuite: suite, ...changes }), { signedAs });
      const without = (document: JsonObject, name: string): JsonObject => {
        const { [name]: _, ...proof } = proofOf(document);
        return { ...document, proof };
      };
      const changed = (document: JsonObject, members: JsonObject): JsonObject => ({
        ...document,
        proof: { ...proofOf(document), ...members },
      });
      const other = suite === "eddsa-rdfc-2022" ? "eddsa-jcs-2022" : "eddsa-rdfc-2022";

      it(`${suite}: a proof of somebody else's key holds`, async () => {
        expect((await verify(await make())).status).to.equal(200);
        expect((await verify(await make({ created: undefined }))).status).to.equal(200);
        expect((await verify(await make({ created: "2026-01-01T00:00:00" }))).status).to.equal(200);
      });

      const refused: Readonly<Record<string, () => Promise<JsonObject>>> = {
        "no proof": async () => byTester(credential()),
        "a proof that is null": async () => ({ ...byTester(credential()), proof: null }),
        "an empty set of proofs": async () => ({ ...byTester(credential()), proof: [] }),
        "no proof.type": async () => without(await make(), "type"),
        "another proof.type": async () => make({ type: "UnknownProofType" }),
        "no verificationMethod": async () => make({ verificationMethod: undefined }),
        "a verificationMethod without a key": async () => make({ verificationMethod: "did:key:invalidVm" }),
        "a verificationMethod of another key": async () =>
          make({
            verificationMethod:
              "did:key:z6MkpJySvETLnxhQG9DzEdmKJtysBDjuuTeDfUj1uNNCUqcj#z6MkpJySvETLnxhQG9DzEdmKJtysBDjuuTeDfUj1uNNCUqcj",
          }),
        "no proofPurpose": async () => make({ proofPurpose: undefined }),
        "another proofPurpose": async () => make({ proofPurpose: "authentication" }),
        "a made-up proofPurpose": async () => make({ proofPurpose: "invalidPurpose" }),
        "no proofValue": async () => without(await make(), "proofValue"),
        "a proofValue that is null": async () => changed(await make(), { proofValue: null }),
        "a proofValue without its multibase letter": async () => {
          const document = await make();
          return changed(document, { proofValue: (textOf(proofOf(document), "proofValue") ?? "").slice(1) });
        },
        "a proofValue that is too long": async () => {
          const document = await make();
          return changed(document, { proofValue: `${textOf(proofOf(document), "proofValue")}zzzzz` });
        },
        "a created that is no date": async () => make({ created: "invalidDate" }),
        "an expires that has passed": async () => make({ expires: "2020-01-01T00:00:00Z" }),
        "an expires without a zone that has passed": async () => make({ expires: "2020-01-01T00:00:00" }),
        "an unknown cryptosuite": async () => make({ cryptosuite: "UnknownCryptosuite" }),
        "a cryptosuite that is not the one it was made by": async () => make({}, other),
        "a claim changed after signing": async () => ({ ...(await make()), name: "Another" }),
        "a proof changed after signing": async () => changed(await make(), { created: "2026-01-02T00:00:00Z" }),
        "an issuer who does not own the key": async () =>
          signAnything({ ...credential(), issuer: "did:example:other" }, proofConfiguration({ cryptosuite: suite })),
      };
      for (const [what, document] of Object.entries(refused)) {
        it(`${suite}: refuses ${what}`, async () => {
          const { status, body } = await verify(await document());
          expect(status, JSON.stringify(body)).to.equal(400);
          expect(memberOf(body, "verified")).to.equal(false);
          const [problem] = memberOf(body, "problemDetails") as readonly JsonObject[];
          expect(textOf(problem ?? {}, "type")).to.match(/^https:\/\/(?:w3id\.org|www\.w3\.org)\/.*#[A-Z_]+$/);
        });
      }

      it(`${suite}: refuses another purpose than the one expected`, async () => {
        expect((await verify(await make(), { expectedProofPurpose: "authentication" })).status).to.equal(400);
      });
    }

    it("verifies a set of proofs and a chain of proofs, and no chain with a gap", async () => {
      const content = byTester(credential());
      const first = proofOf(await signAnything(content, proofConfiguration({ id: "urn:uuid:1" })));
      const beside = proofOf(await signAnything(content, proofConfiguration({ cryptosuite: "eddsa-jcs-2022" })));
      expect((await verify({ ...content, proof: [first, beside] })).status).to.equal(200);
      const second = proofOf(
        await signAnything(content, proofConfiguration({ previousProof: "urn:uuid:1" }), { previous: [first] }),
      );
      expect((await verify({ ...content, proof: [second, first] })).status).to.equal(200);
      expect((await verify({ ...content, proof: [second] })).status).to.equal(400);
      const altered = { ...first, created: "2026-01-03T00:00:00Z" };
      expect((await verify({ ...content, proof: [altered, second] })).status).to.equal(400);
    });
  });

  describe("Bitstring Status List", () => {
    it("gives what it issues a place in lists that anybody can fetch", async () => {
      const document = await issued(credential());
      const entries = memberOf(document, "credentialStatus") as readonly JsonObject[];
      expect(entries.map((entry) => textOf(entry, "statusPurpose"))).to.deep.equal(["revocation", "suspension"]);
      for (const entry of entries) {
        expect(textOf(entry, "type")).to.equal("BitstringStatusListEntry");
        expect(textOf(entry, "statusListIndex")).to.match(/^(?:0|[1-9]\d*)$/);
        const place = textOf(entry, "statusListCredential") ?? "";
        expect(place.startsWith(url()) && place !== textOf(entry, "id")).to.equal(true);
        const { status, type, body } = await get(place.slice(url().length));
        expect([status, type]).to.deep.equal([200, "application/vc; charset=utf-8"]);
        expect(textOf(body, "issuer")).to.equal(textOf(document, "issuer"));
        expect(memberOf(body, "type")).to.include("BitstringStatusListCredential");
        const subject = objectOf(body, "credentialSubject") ?? {};
        expect(subject).to.include({
          type: "BitstringStatusList",
          statusPurpose: textOf(entry, "statusPurpose"),
        });
        const decoded = await decodeBitstring(textOf(subject, "encodedList") ?? "");
        expect(decoded.kind === "list" && [decoded.spelling, decoded.bits.length * 8]).to.deep.equal([
          "multibase",
          131_072,
        ]);
        expect((await verify(body)).status).to.equal(200);
      }
      expect((await fetch(`${url()}/status-lists/nothing`)).status).to.equal(404);
    });

    it("withdraws, puts on hold, and takes back", async () => {
      const document = await issued(credential({ id: "urn:uuid:11111111-1111-4111-8111-111111111111" }));
      const set = async (statusPurpose: string, status?: boolean): Promise<number> =>
        (
          await post("/credentials/status", {
            credentialId: textOf(document, "id") ?? "",
            credentialStatus: { type: "BitstringStatusListEntry", statusPurpose },
            ...(status !== undefined && { status }),
          })
        ).status;
      expect((await verify(document)).status).to.equal(200);
      expect(await set("suspension", true)).to.equal(200);
      expect((await verify(document)).status).to.equal(400);
      expect(await set("suspension", false)).to.equal(200);
      expect((await verify(document)).status).to.equal(200);
      expect(await set("revocation")).to.equal(200);
      const { status, body } = await verify(document);
      expect(status).to.equal(400);
      expect(objectOf(body, "report")).to.include({ headline: "REVOKED" });
      expect(await set("message", true)).to.equal(404);
      expect((await post("/credentials/status", { credentialId: "x", credentialStatus: {} })).status).to.equal(400);
    });

    it("refuses an entry that is not shaped as one, and a word that the contexts do not know", async () => {
      const entry = {
        type: "BitstringStatusListEntry",
        statusListIndex: true,
        statusListCredential: "https://example.com",
      };
      const { status } = await issue({ ...credential(), issuer: TESTER, statusEntry: entry });
      expect(status).to.equal(400);
      const document = await issued(credential());
      const [known] = memberOf(document, "credentialStatus") as readonly JsonObject[];
      const asked = async (changes: JsonObject): Promise<number> =>
        (await verify(await signAnything(byTester(credential({ credentialStatus: { ...known, ...changes } }))))).status;
      expect(await asked({})).to.equal(200);
      for (const changes of [
        { statusListIndex: "-1" },
        { statusListIndex: "1e3" },
        { statusListIndex: "131072" },
        { statusPurpose: "suspension" },
        { statusSize: 2 },
        { statusSize: 0 },
        { statusListCredential: "https://example.com/elsewhere" },
      ]) {
        expect(await asked(changes), JSON.stringify(changes)).to.equal(400);
      }
    });
  });

  describe("presentations", () => {
    it("must answer this verifier's own request", async () => {
      const presentation = await presentAsSuite({ "@context": [V2], type: ["VerifiablePresentation"] });
      expect((await present(presentation)).status).to.equal(200);
      const replayed = await present(presentation, { ...REQUEST, challenge: "another" });
      expect([replayed.status, firstType(replayed)]).to.deep.equal([
        400,
        "https://w3id.org/security#INVALID_CHALLENGE_ERROR",
      ]);
      const elsewhere = await present(presentation, { ...REQUEST, domain: "other.example" });
      expect([elsewhere.status, firstType(elsewhere)]).to.deep.equal([
        400,
        "https://w3id.org/security#INVALID_DOMAIN_ERROR",
      ]);
      const forOther = await presentAsSuite({
        "@context": [V2],
        type: ["VerifiablePresentation"],
        holder: "did:example:x",
      });
      expect((await present(forOther)).status).to.equal(400);
    });

    it("count once for a challenge that was asked for here", async () => {
      const asked = await post("/challenges", {});
      const challenge = textOf(asked.body, "challenge") ?? "";
      expect([asked.status, asked.type]).to.deep.equal([200, "application/json; charset=utf-8"]);
      expect((await fetch(`${url()}/challenges`, { method: "POST" })).headers.get("cache-control")).to.equal(
        "no-store",
      );
      const proof = proofConfiguration({ proofPurpose: "authentication", ...REQUEST, challenge });
      const presentation = await signAnything({ "@context": [V2], type: ["VerifiablePresentation"] }, proof);
      const options = { ...REQUEST, challenge };
      expect((await present(presentation, options)).status).to.equal(200);
      const again = await present(presentation, options);
      expect([again.status, firstType(again)]).to.deep.equal([
        400,
        "https://w3id.org/security#INVALID_CHALLENGE_ERROR",
      ]);
      const forged = await present(presentation, { ...REQUEST, challenge: `${challenge}A` });
      expect([forged.status, firstType(forged)]).to.deep.equal([
        400,
        "https://w3id.org/security#INVALID_CHALLENGE_ERROR",
      ]);
    });

    it("is no better than the worst credential in it", async () => {
      const good = await signAnything(byTester(credential()));
      const bad = { ...good, name: "changed" };
      const content = { "@context": [V2], type: ["VerifiablePresentation"] };
      expect((await present(await presentAsSuite({ ...content, verifiableCredential: [good] }))).status).to.equal(200);
      const { status, body } = await present(await presentAsSuite({ ...content, verifiableCredential: [good, bad] }));
      expect(status).to.equal(400);
      const results = memberOf(body, "credentialResults") as readonly JsonObject[];
      expect(results.map((one) => memberOf(one, "verified"))).to.deep.equal([true, false]);
    });
  });

  describe("derivation", () => {
    it("leaves out of a credential what was not asked for, and what is left still reads", async () => {
      const { document } = await issueNative(
        badge({ description: "With honours", [MAY_WITHHOLD]: ["/description", "/credentialSubject/result/1"] }),
      );
      const derive = async (selectivePointers: Json): Promise<Answer> =>
        post("/credentials/derive", { verifiableCredential: document, options: { selectivePointers } });
      const { status, body } = await derive(["/credentialSubject/result", "/name"]);
      expect(status).to.equal(201);
      const text = JSON.stringify(body);
      expect(text).to.contain('"97"').and.not.to.contain("With honours");
      expect(JSON.stringify((await derive([])).body)).not.to.contain('"97"');
      for (const pointers of [["/nothing"], [7], "x", null]) expect((await derive(pointers)).status).to.equal(400);
      const whole = await post("/credentials/derive", {
        verifiableCredential: credential(),
        options: { selectivePointers: [] },
      });
      expect(whole.status).to.equal(400);
    });
  });

  describe("requests", () => {
    it("are refused with a problem where they are not what they should be", async () => {
      for (const path of [
        "/credentials/verify",
        "/credentials/issue",
        "/credentials/status",
        "/presentations/verify",
      ]) {
        for (const body of [[], {}, { verifiableCredential: "eyJ.e30.x" }, "x"]) {
          const { status, body: answer } = await post(path, body);
          expect(status, `${path} ${JSON.stringify(body)}`).to.equal(400);
          expect(memberOf(answer, "verified")).to.equal(false);
        }
        const twice = await fetch(`${url()}${path}`, { method: "POST", body: '{"options":{},"options":{}}' });
        expect(twice.status).to.equal(400);
      }
    });

    it("are described, every one", async () => {
      const { body } = await get("/openapi.json");
      const operations = operationsOf({ vcApi: true, signing: true, practice: true, statusLists: false });
      expect(Object.keys(objectOf(body, "paths") ?? {})).to.have.members(operations.map(({ path }) => path));
      const page = await (await fetch(`${url()}/docs`)).text();
      for (const { path } of operations) expect(page).to.contain(path);
      for (const { path, method } of operations) {
        const response = await fetch(`${url()}${path.replace("{purpose}", "revocation")}`, {
          method: method.toUpperCase(),
        });
        expect(response.status, path).not.to.equal(404);
      }
    });
  });

  function firstType({ body }: Answer): string | undefined {
    const [problem] = memberOf(body, "problemDetails") as readonly JsonObject[];
    return textOf(problem ?? {}, "type");
  }
});

describe("the VC-API, strict profile", function () {
  this.timeout(30_000);
  const { post, get } = withService({ settings: { rpcUrls: ["http://127.0.0.1:1"] } });

  it("takes a good signature for no proof of who the issuer is", async () => {
    const { status, body } = await post("/credentials/verify", {
      verifiableCredential: await signAnything(byTester(credential())),
    });
    expect(status).to.equal(400);
    expect(objectOf(body, "report")).to.include({ verdict: "inconclusive" });
    expect(objectOf(body, "results")).to.have.property("proof").with.nested.property("[0].verified", true);
  });

  it("takes no contexts from the sender", async () => {
    const inline = byTester(credential({ "@context": [V2, { grade: "https://example.org/grade" }] }));
    const { body } = await post("/credentials/verify", { verifiableCredential: await signAnything(inline) });
    expect(JSON.stringify(memberOf(body, "problemDetails"))).to.contain("MALFORMED_VALUE_ERROR");
  });

  it("wants a challenge with a presentation", async () => {
    const verifiablePresentation = await presentAsSuite({ "@context": [V2], type: ["VerifiablePresentation"] });
    const { status, body } = await post("/presentations/verify", { verifiablePresentation });
    expect(status).to.equal(400);
    expect(JSON.stringify(body)).to.contain("INVALID_CHALLENGE_ERROR");
  });

  it("signs nothing for nobody", async () => {
    for (const path of ["/credentials/issue", "/credentials/status"]) {
      expect((await post(path, { credential: byTester(credential()) })).status).to.equal(404);
    }
    expect((await get("/openapi.json")).body)
      .to.have.property("paths")
      .that.does.not.have.property("/credentials/issue");
  });
});

describe("selfSignedCertificate", () => {
  it("is good for this machine, for those who take it for good", async () => {
    const tls = selfSignedCertificate(["localhost", "127.0.0.1"], new Date());
    const service = await listen({
      verifier: { verify: async () => Promise.reject(new Error("not asked")), isReady: async () => true },
      isReady: async () => true,
      host: "127.0.0.1",
      port: 0,
      tls,
      maxInFlight: 4,
      requestsPerMinute: 0,
      logLevel: "silent",
    });
    const ask = async (ca?: string): Promise<string> => {
      const asked = httpsRequest(`${service.url}/healthz`, { agent: false, ...(ca !== undefined && { ca }) }).end();
      const [response] = (await once(asked, "response")) as [IncomingMessage];
      return text(response);
    };
    try {
      expect(service.url).to.match(/^https:/);
      expect(await ask(tls.certificate)).to.equal("ok\n");
      const refused: unknown = await ask().catch((error: unknown) => error);
      expect(refused).to.have.property("code", "DEPTH_ZERO_SELF_SIGNED_CERT");
    } finally {
      await service.stop(100);
    }
  });
});

/** The suite leaves the issuer's id to the server where a test is not about it, and sets some dates when it runs. */
function asSent(sent: JsonObject, file: string): JsonObject {
  const { issuer = "did:example:issuer" } = sent;
  const dated = file.includes("validUntil-validFrom")
    ? { ...sent, validFrom: "2025-11-22T00:00:00Z", validUntil: "2027-11-22T00:00:00Z" }
    : sent;
  return { ...dated, issuer: isObject(issuer) ? { id: "did:example:issuer", ...issuer } : issuer };
}

/** A presentation as the suite signs it, and the credentials in it that have no proof. */
async function presentAsSuite(content: JsonObject, signsCredentials = true): Promise<JsonObject> {
  const proof = proofConfiguration({ proofPurpose: "authentication", ...REQUEST });
  const inside = memberOf(content, "verifiableCredential");
  const credentials =
    isArray(inside) && signsCredentials
      ? await Promise.all(inside.map(async (one) => (isCredential(one) ? signAnything(byTester(one)) : one)))
      : inside;
  const whole = credentials === undefined ? content : { ...content, verifiableCredential: credentials };
  return signAnything(whole, proof);
}

function isCredential(value: Json): value is JsonObject {
  return (
    isObject(value) &&
    memberOf(value, "proof") === undefined &&
    memberOf(value, "type") !== "EnvelopedVerifiableCredential"
  );
}
