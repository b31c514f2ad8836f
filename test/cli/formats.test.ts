/** One roster, one command, every standard we issue: on a real chain, from the settings to the verdict. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { ISSUING_FORMATS } from "../../src/formats/formats.ts";
import { openFaculty, type Faculty } from "../support/faculty.ts";
import { withLocalNode } from "../support/local-node.ts";

const LEARNERS = 5;
/** Blockcerts can name five chains only; a local node has to look like one of them, with a key that is not public. */
const CHAIN = 11_155_111;

describe("testamur issue, one roster in every standard", function () {
  this.timeout(180_000);
  const node = withLocalNode(CHAIN);
  let faculty: Faculty;

  before(async () => {
    faculty = await openFaculty(node(), LEARNERS);
  });
  after(async () => faculty.close());

  for (const format of ISSUING_FORMATS) {
    const { id } = format;
    describe(id, () => {
      it("makes documents that are all valid", async () => {
        const issued = await faculty.issueAs(id);
        expect(issued.code, issued.stderr).to.equal(0);
        const reports = await faculty.verify(id);
        expect(reports.map(({ format, headline }) => ({ format, headline }))).to.deep.equal(
          Array.from({ length: LEARNERS }, () => ({ format: id, headline: "VALID" })),
        );
      });

      it("finds one that was altered", async () => {
        const [first = ""] = faculty.documentsIn(id);
        const text = readFileSync(join(faculty.folder, first), "utf8");
        expect(text).to.contain("Bachelor of Laws");
        writeFileSync(join(faculty.folder, "altered.json"), text.replace("Bachelor of Laws", "Master of Laws"));
        expect((await faculty.verify("altered.json")).map(({ headline }) => headline)).to.deep.equal(["TAMPERED"]);
      });

      it("misses a signer who was expected, beside the issuer itself", async () => {
        const [first = ""] = faculty.documentsIn(id);
        const missing = await faculty.verify(first, "--expect-signer", faculty.web.did, "did:web:board.uni.example");
        const found = missing[0]?.findings.filter(({ code }) => code === "SIGNATURE_MISSING") ?? [];
        const names = found.map(({ evidence }) => evidence?.["signer"]);
        // OpenAttestation's documents name a domain, and no signer
        expect(names)
          .to.include("did:web:board.uni.example")
          .and.have.length(id === "openattestation-v2" ? 2 : 1);
        expect(missing[0]?.headline).to.equal("TAMPERED");
      });

      it("finds one that was withdrawn, and none of the others", async () => {
        const [, second = ""] = faculty.documentsIn(id);
        const withdrawn = await faculty.testamur("revoke", second, "--reason", "superseded", "--yes");
        expect(withdrawn.code, withdrawn.stderr).to.equal(0);
        const headlines = (await faculty.verify(id)).map(({ headline }) => headline);
        expect(headlines).to.deep.equal(["VALID", "REVOKED", "VALID", "VALID", "VALID"]);
        const [report] = await faculty.verify(second);
        const revoked = report?.findings.filter(({ code }) => code === "REVOKED").map(({ evidence }) => evidence);
        expect(revoked).to.have.length(1);
        if (format.namesStatusList === "by-name")
          expect(revoked?.[0]).to.have.property("list"); // by its own place, not by its leaf
        else expect(revoked?.[0]).to.have.property("node");
      });
    });
  }

  describe("the set-up", () => {
    it("shows the published DID document again", async () => {
      const { code, stdout, stderr } = await faculty.testamur("key", "did");
      expect(code, stderr).to.equal(0);
      const published = faculty.web.publish(undefined);
      faculty.web.publish(published);
      expect(JSON.parse(stdout)).to.deep.equal(JSON.parse(published ?? ""));
    });

    it("is fine to doctor while key and register are published, and not when they are gone", async () => {
      const fine = (await faculty.testamur("doctor", "--json")).stdout;
      expect(stateOf(fine, "Signing key"), fine).to.equal("fine");
      expect(stateOf(fine, "DID and register")).to.equal("fine");
      const document = faculty.web.publish('{"id": "nobody"}');
      const gone = (await faculty.testamur("doctor", "--json")).stdout;
      faculty.web.publish(document);
      expect(stateOf(gone, "Signing key"), gone).not.to.equal("fine");
      expect(stateOf(gone, "DID and register")).not.to.equal("fine");
    });
  });

  describe("the books of all of them", () => {
    it("agree with chain and disk", async () => {
      const { code, stdout, stderr } = await faculty.testamur("fsck");
      expect(code, stdout + stderr).to.equal(0);
      expect(stdout).to.contain(`${ISSUING_FORMATS.length} batches`);
    });
  });
});

/** What doctor says of one thing. */
function stateOf(found: string, what: string): string | undefined {
  const diagnoses = JSON.parse(found) as readonly { readonly what: string; readonly state: string }[];
  return diagnoses.find((diagnosis) => diagnosis.what === what)?.state;
}
