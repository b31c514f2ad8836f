/** Whose word withdraws a Blockcerts document, and whose clears it: rules 23 to 27, through the whole verifier and on a real chain. */

import { gzipSync } from "node:zlib";

import { expect } from "chai";

import type { VerifierOptions } from "../../src/app/open-verifier.ts";
import type { Finding } from "../../src/core/findings.ts";
import { textOf, type JsonObject } from "../../src/core/json.ts";
import { toMultikey } from "../../src/core/multikey.ts";
import type { Report } from "../../src/core/report.ts";
import { blockcertsV3 } from "../../src/formats/blockcerts-v3/blockcerts-v3.ts";
import { encodeBitstring, putValue } from "../../src/status/bitstring.ts";
import { OWNER, write } from "../chain/support/stores.ts";
import {
  CHAIN_ID,
  diploma,
  issuerProfile,
  openBlockcertsIssuer,
  pagesOf,
  PROFILE,
  REVOKED,
  type BlockcertsIssuer,
} from "../support/blockcerts-issuer.ts";
import { verdictsOn } from "../support/blockcerts-verdicts.ts";
import { LOCAL_KEYS, withLocalNode } from "../support/local-node.ts";
import type { Pages } from "../support/pages.ts";
import { ISSUER, KEYS, signAlone } from "../support/w3c-samples.ts";

const INDEX = 23;
/** Where the profile lies, and somewhere else. */
const OWN_HOST = "https://uni.example/list";
const OTHER_HOST = "https://lists.example/list";

/** An Ed25519 key: listed by the profile, and as a DID that is nothing but the key. */
const MULTIKEY = toMultikey(KEYS[`${ISSUER}#key-1`]!);
const PROFILE_KEY = `${PROFILE}#ed25519`;
const NOBODY = `did:key:${MULTIKEY}`;
const NOBODYS_KEY = `${NOBODY}#${MULTIKEY}`;

const PLAIN = issuerProfile(LOCAL_KEYS[0]!, OWNER);
const OWN_PROFILE = {
  ...PLAIN,
  verificationMethod: [
    ...(PLAIN["verificationMethod"] as readonly JsonObject[]),
    { id: PROFILE_KEY, type: "Multikey", controller: PROFILE, publicKeyMultibase: MULTIKEY },
  ],
  assertionMethod: [`${PROFILE}#key-1`, PROFILE_KEY],
};
const WELL = pagesOf(OWN_PROFILE);

describe("a Blockcerts document and its lists", () => {
  const node = withLocalNode(CHAIN_ID);
  const { reportOf, headlineOf } = verdictsOn(node, WELL, ["uni.example", "lists.example"]);
  let issuer: BlockcertsIssuer;
  let document: JsonObject;
  let good: string;
  let set: string;

  before(async () => {
    issuer = await openBlockcertsIssuer(node());
    [document = {}] = await issuer.issueBatch([diploma(1)]);
    const bits = new Uint8Array(16_384);
    good = await encodeBitstring(bits);
    putValue(bits, { index: INDEX, size: 1 }, 1);
    set = await encodeBitstring(bits);
  });

  it("23: is not judged without the profile, and not without the list that it names", async () => {
    const unreadable: Pages = { ...WELL, [REVOKED]: { type: "RevocationList" } };
    for (const pages of [{}, { [PROFILE]: OWN_PROFILE }, unreadable])
      expect(await headlineOf(document, pages)).to.equal("COULD_NOT_CHECK");
  });

  it("26, 27: is withdrawn by the profile's list, and by the register that took its root, leaf or whole batch", async () => {
    const [first = {}, second = {}] = await issuer.issueBatch([diploma(5), diploma(6)]);
    expect(await headlineOf(first, pagesOf(OWN_PROFILE, textOf(first, "id") ?? ""))).to.equal("REVOKED");
    const { leaf, root } = await nodesOf(first);
    await write(node(), issuer.store, { functionName: "revoke", args: [leaf.computed] });
    expect([await headlineOf(first), await headlineOf(second)]).to.deep.equal(["REVOKED", "VALID"]);
    await write(node(), issuer.store, { functionName: "revoke", args: [root.computed] });
    expect(await headlineOf(second)).to.equal("REVOKED");
  });

  describe("that names a status list", () => {
    const named = new Map<string, Promise<JsonObject>>();

    /** A document whose entry leads to that address. */
    async function naming(location: string, changes: JsonObject = {}): Promise<JsonObject> {
      const credentialStatus = {
        id: `${location}#${INDEX}`,
        type: "BitstringStatusListEntry",
        statusPurpose: "revocation",
        statusListIndex: String(INDEX),
        statusListCredential: location,
        ...changes,
      };
      const key = JSON.stringify(credentialStatus);
      const issuing = named.get(key) ?? issueOne(credentialStatus);
      named.set(key, issuing);
      return issuing;
    }

    async function issueOne(credentialStatus: JsonObject): Promise<JsonObject> {
      const [one = {}] = await issuer.issueBatch([diploma(9, { credentialStatus })]);
      return one;
    }

    /** What lies at that address: a list by that issuer, signed with its key. */
    async function listed(
      location: string,
      encodedList: string,
      by: string,
      { members = {}, subject = {} }: { readonly members?: JsonObject; readonly subject?: JsonObject } = {},
    ): Promise<Pages> {
      const list = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        id: location,
        type: ["VerifiableCredential", "BitstringStatusListCredential"],
        issuer: by,
        validFrom: "2026-01-01T00:00:00Z",
        credentialSubject: {
          id: `${location}#list`,
          type: "BitstringStatusList",
          statusPurpose: "revocation",
          encodedList,
          ...subject,
        },
        ...members,
      };
      const text = await signAlone(list, {
        type: "DataIntegrityProof",
        cryptosuite: "eddsa-rdfc-2022",
        verificationMethod: by === PROFILE ? PROFILE_KEY : NOBODYS_KEY,
        proofPurpose: "assertionMethod",
        created: "2026-06-30T12:00:00Z",
      });
      return { ...WELL, [location]: JSON.parse(text) as JsonObject };
    }

    /** What was found by that list, in one word each. */
    async function outcome(location: string, pages: Pages, options: VerifierOptions = {}): Promise<string> {
      const report = await reportOf(await naming(location), pages, options);
      const found = ofLists(report).find(({ evidence }) => evidence?.["list"] === location);
      const by = found?.evidence?.["listBy"];
      return `${report.headline} ${typeof by === "string" ? by : "-"}`;
    }

    const ofLists = ({ findings }: Report): readonly Finding[] => findings.filter(({ aspect }) => aspect === "status");

    it("24: is cleared by the issuer's own word, wherever it lies", async () => {
      for (const location of [OWN_HOST, OTHER_HOST])
        expect(await outcome(location, await listed(location, good, PROFILE))).to.equal("VALID issuer");
    });

    it("24: is cleared by anybody's word that lies where the profile lies, and nowhere else", async () => {
      expect(await outcome(OWN_HOST, await listed(OWN_HOST, good, NOBODY))).to.equal(
        "VALID host of the issuer's profile",
      );
      for (const location of [OTHER_HOST, "https://uni.example:8443/list"]) {
        const options = { allowedHosts: ["uni.example", "uni.example:8443", "lists.example"] };
        const pages = await listed(location, good, NOBODY);
        expect(await outcome(location, pages, options), location).to.equal("COULD_NOT_CHECK -");
      }
    });

    it("24: is cleared by a delegate that the verifier's own list knows as the issuer", async () => {
      const pages = await listed(OTHER_HOST, good, NOBODY);
      const trust = (...dids: readonly string[]): VerifierOptions => ({
        trust: JSON.stringify({ issuers: [{ name: "Example", domains: ["uni.example"], dids }] }),
      });
      expect(await outcome(OTHER_HOST, pages, trust(NOBODY))).to.equal("VALID delegate");
      expect(await outcome(OTHER_HOST, pages, trust())).to.equal("COULD_NOT_CHECK -");
    });

    it("24: is withdrawn by a bit that is set, whoever's word it is", async () => {
      expect(await outcome(OTHER_HOST, await listed(OTHER_HOST, set, PROFILE))).to.equal("REVOKED issuer");
      expect(await outcome(OWN_HOST, await listed(OWN_HOST, set, NOBODY))).to.equal(
        "REVOKED host of the issuer's profile",
      );
      expect(await outcome(OTHER_HOST, await listed(OTHER_HOST, set, NOBODY))).to.equal("REVOKED somebody else");
    });

    it("23: is not judged by a list that is not there, unsigned, wrongly signed, expired or too short", async () => {
      const signed = await listed(OWN_HOST, set, PROFILE);
      const { proof: _, ...unsigned } = signed[OWN_HOST]!;
      const altered = JSON.parse(JSON.stringify(signed[OWN_HOST]).replace(set, good)) as JsonObject;
      const short = `u${gzipSync(Buffer.alloc(16_383, 0xff)).toString("base64url")}`;
      const bad: readonly Pages[] = [
        WELL,
        { ...WELL, [OWN_HOST]: unsigned },
        { ...WELL, [OWN_HOST]: altered },
        await listed(OWN_HOST, set, PROFILE, { members: { validUntil: "2026-02-01T00:00:00Z" } }),
        await listed(OWN_HOST, short, PROFILE),
      ];
      for (const pages of bad) expect(await outcome(OWN_HOST, pages)).to.equal("COULD_NOT_CHECK -");
    });

    it("25: is not judged by a list of another address or purpose, or one that lacks its place", async () => {
      const elsewhere = await listed(OTHER_HOST, set, PROFILE);
      expect(await outcome(OWN_HOST, { ...WELL, [OWN_HOST]: elsewhere[OTHER_HOST]! })).to.equal("COULD_NOT_CHECK -");
      const suspended = await listed(OWN_HOST, set, PROFILE, { subject: { statusPurpose: "suspension" } });
      expect(await outcome(OWN_HOST, suspended)).to.equal("COULD_NOT_CHECK -");
      const clear = await listed(OWN_HOST, good, PROFILE);
      for (const statusListIndex of ["131072", "-1", "1e3", "023", "0x17"]) {
        const outside = await naming(OWN_HOST, { statusListIndex });
        expect(await headlineOf(outside, clear), statusListIndex).to.equal("COULD_NOT_CHECK");
      }
    });

    it("25: is not judged by an entry of more than one bit", async () => {
      const statusMessage = ["0x0", "0x1", "0x2", "0x3"].map((status) => ({ status, message: `is ${status}` }));
      const wide = await naming(OWN_HOST, { statusSize: 2, statusMessage });
      expect(await headlineOf(wide, await listed(OWN_HOST, good, PROFILE))).to.equal("COULD_NOT_CHECK");
    });

    it("25: reads a list in the older spelling, and reports one that names no purpose", async () => {
      const bare = await listed(OWN_HOST, good.slice(1), PROFILE);
      expect(await outcome(OWN_HOST, bare)).to.equal("VALID issuer");
      const { statusPurpose: _, ...silent } = (bare[OWN_HOST]!["credentialSubject"] ?? {}) as JsonObject;
      const unnamed = await listed(OWN_HOST, good, PROFILE, { members: { credentialSubject: silent } });
      const report = await reportOf(await naming(OWN_HOST), unnamed);
      expect(report.headline).to.equal("VALID");
      expect(ofLists(report).map(({ evidence }) => evidence?.["purposeStated"])).to.include(false);
    });
  });

  async function nodesOf(of: JsonObject) {
    const opened = await blockcertsV3.open(of);
    if (opened.kind === "refused") throw new Error(opened.finding.message);
    return opened.claims.inclusions[0]!;
  }
});
