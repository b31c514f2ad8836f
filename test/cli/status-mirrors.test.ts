/** Documents that name published lists: issued, withdrawn and put on hold from the command line, mirrored by the service. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { textOf, type JsonObject } from "../../src/core/json.ts";
import { decodeBitstring, findValue } from "../../src/status/bitstring.ts";
import { openFaculty, TEMPLATES, type Faculty } from "../support/faculty.ts";
import { withLocalNode } from "../support/local-node.ts";
import type { CliRun } from "../support/run-cli.ts";
import { startService, type ServiceForTests } from "../support/running-service.ts";

const LEARNERS = 4;
/** What Blockcerts can name. */
const CHAIN = 11_155_111;
/** Those whose documents name lists. */
const FORMATS = ["w3c-vc-v2", "blockcerts-v3"] as const;

describe("testamur issue with published status lists", function () {
  this.timeout(180_000);
  const node = withLocalNode(CHAIN);
  let faculty: Faculty;
  let service: ServiceForTests;
  let isServing = true;

  const testamur = async (...args: readonly string[]): Promise<CliRun> => faculty.testamur(...args);

  before(async () => {
    faculty = await openFaculty(node(), LEARNERS);
    service = await serve();
    faculty.set({ statusListsUrl: service.url });
  });
  after(async () => {
    if (isServing) await service.stop();
    await faculty.close();
  });

  async function serve(): Promise<ServiceForTests> {
    return startService({
      settings: {
        rpcUrls: [node().url],
        store: faculty.store,
        issuer: { name: "Faculty of Law", domain: "law.uni.example", did: faculty.web.did },
        signingKey: join(faculty.folder, "signing.json"),
        signingPasswordFile: join(faculty.folder, "password"),
      },
      viewMaxAgeMs: 1,
      publishesStatusLists: true,
    });
  }

  /** The entry of a document for that purpose. */
  function entryOf(file: string, purpose: string): { readonly list: string; readonly index: number } {
    const { credentialStatus } = JSON.parse(readFileSync(join(faculty.folder, file), "utf8")) as JsonObject;
    const entry = (credentialStatus as readonly JsonObject[]).find((one) => one["statusPurpose"] === purpose) ?? {};
    return { list: textOf(entry, "statusListCredential") ?? "", index: Number(textOf(entry, "statusListIndex")) };
  }

  /** The indices that are set in what lies there. */
  async function setIn(address: string): Promise<readonly number[]> {
    await new Promise((settled) => setTimeout(settled, 20)); // the view's age
    const response = await fetch(address);
    expect(response.status, address).to.equal(200);
    const list = (await response.json()) as { id: string; credentialSubject: { encodedList: string } };
    expect(list.id).to.equal(address);
    const decoded = await decodeBitstring(list.credentialSubject.encodedList);
    if (decoded.kind === "refused") throw new Error(decoded.reason);
    const { bits } = decoded;
    return Array.from({ length: bits.length * 8 }, (_, index) => index).filter(
      (index) => findValue(bits, { index, size: 1 }) === 1,
    );
  }

  async function headlines(format: string): Promise<readonly string[]> {
    return (await faculty.verify(format)).map(({ headline }) => headline);
  }

  for (const format of FORMATS)
    describe(format, () => {
      it("gives every document a place of its own in the lists that the service publishes", async () => {
        const issued = await faculty.issueAs(format);
        expect(issued.code, issued.stderr).to.equal(0);
        const files = faculty.documentsIn(format);
        for (const purpose of ["revocation", "suspension"]) {
          const entries = files.map((file) => entryOf(file, purpose));
          expect(new Set(entries.map(({ index }) => index)).size).to.equal(LEARNERS);
          const [list = "", ...others] = new Set(entries.map((entry) => entry.list));
          expect(others).to.deep.equal([]);
          expect(list).to.match(new RegExp(`^${service.url}/v1/status-lists/${CHAIN}/${faculty.store}/0x`));
          expect(await setIn(list)).to.deep.equal([]);
        }
        expect(await headlines(format)).to.deep.equal(["VALID", "VALID", "VALID", "VALID"]);
      });

      it("shows one that was withdrawn to those who read the list, and to those who read the chain", async () => {
        const [, second = ""] = faculty.documentsIn(format);
        const withdrawn = await testamur("revoke", second, "--reason", "superseded", "--yes", "--json");
        expect(withdrawn.code, withdrawn.stderr).to.equal(0);
        expect(JSON.parse(withdrawn.stdout)).to.deep.include({ store: faculty.store, revoked: [] }); // by its place, not by its leaf
        const { list, index } = entryOf(second, "revocation");
        expect(await setIn(list)).to.deep.equal([index]);
        expect(await headlines(format)).to.deep.equal(["VALID", "REVOKED", "VALID", "VALID"]);
      });

      it("shows one on hold, and that the hold was lifted", async () => {
        const [, , third = ""] = faculty.documentsIn(format);
        const { list, index } = entryOf(third, "suspension");
        expect((await testamur("suspend", third, "--yes")).code).to.equal(0);
        expect(await setIn(list)).to.deep.equal([index]);
        expect((await headlines(format))[2]).to.equal("SUSPENDED");
        expect((await testamur("reinstate", third, "--yes")).code).to.equal(0);
        expect(await setIn(list)).to.deep.equal([]);
        expect((await headlines(format))[2]).to.equal("VALID");
      });
    });

  describe("the set-up", () => {
    interface Examined {
      readonly what: string;
      readonly state: string;
    }
    async function stateOfLists(...flags: readonly string[]): Promise<string | undefined> {
      const { stdout } = await testamur("doctor", "--json", ...flags);
      const lines = stdout.split("\n").filter((line) => line !== "");
      const examined = lines.flatMap((line) => JSON.parse(line) as Examined | readonly Examined[]);
      return examined.find(({ what }) => what === "Status lists")?.state;
    }

    it("is fine to doctor while the lists are published, and not when others lie there or nobody answers", async () => {
      expect(await stateOfLists()).to.equal("fine");
      const settings = JSON.parse(readFileSync(join(faculty.folder, "testamur.json"), "utf8")) as JsonObject;
      for (const [statusListsUrl, state] of [
        [service.url.replace("127.0.0.1", "localhost"), "wrong"], // lists that call themselves by another name
        [`http://${faculty.web.host}`, "doubt"],
      ]) {
        writeFileSync(join(faculty.folder, "elsewhere.json"), JSON.stringify({ ...settings, statusListsUrl }));
        expect(await stateOfLists("--config", "elsewhere.json"), statusListsUrl).to.equal(state);
      }
    });

    it("shows a registrar where the documents will say that their lists are", async () => {
      const flags = ["--template", TEMPLATES["w3c-vc-v2"] ?? "", "--out", "never", "--dry-run"];
      const { stdout, stderr, code } = await testamur("issue", "roster.csv", ...flags);
      expect(code, stderr).to.equal(0);
      expect(stdout).to.contain(`the documents would name ${service.url}, for good`);
    });
  });

  describe("the rest", () => {
    it("leaves documents as they are where no address is set", async () => {
      const settings = JSON.parse(readFileSync(join(faculty.folder, "testamur.json"), "utf8")) as JsonObject;
      const { statusListsUrl: _, ...without } = settings;
      writeFileSync(join(faculty.folder, "without.json"), JSON.stringify(without));
      for (const format of FORMATS) {
        const flags = ["--config", "without.json", "--home", `.other-${format}`, "--out", `bare-${format}`];
        const issued = await faculty.issueAs(format, ...flags);
        expect(issued.code, issued.stderr).to.equal(0);
        const [first = ""] = faculty.documentsIn(`bare-${format}`);
        expect(readFileSync(join(faculty.folder, first), "utf8")).to.not.contain("statusListCredential");
      }
    });

    it("refuses an address that is more than a host", async () => {
      const flags = ["--template", TEMPLATES["w3c-vc-v2"] ?? "", "--out", "never", "--status-lists-url"];
      for (const address of [
        "https://verify.uni.example/lists",
        "verify.uni.example",
        "ftp://verify.uni.example",
        "http://verify.uni.example",
      ]) {
        const { code, stderr } = await testamur("issue", "roster.csv", ...flags, address);
        expect(code, address).to.equal(2);
        expect(stderr).to.contain("--status-lists-url");
      }
    });

    it("verifies all of them while the service is down", async () => {
      await service.stop();
      isServing = false;
      for (const format of FORMATS)
        expect(await headlines(format)).to.deep.equal(["VALID", "REVOKED", "VALID", "VALID"]);
    });
  });
});
