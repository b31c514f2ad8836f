import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { TestamurError, type Problem } from "../../src/core/errors.ts";
import type { Finding } from "../../src/core/findings.ts";
import type { BatchStore } from "../../src/core/ports/batches.ts";
import type { DocumentChecker } from "../../src/core/ports/handing-out.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { dryRun } from "../../src/issue/dry-run.ts";
import { issue } from "../../src/issue/issue.ts";
import type { IssuePorts } from "../../src/issue/job.ts";
import { BATCH_FILE, INDEX_FILE } from "../../src/issue/names.ts";
import { judgeOwn } from "../../src/issue/own-verdict.ts";
import { resume, writeAgain } from "../../src/issue/resume.ts";
import { WHOLE_TREE } from "../../src/issue/second-opinion.ts";
import { openLedger } from "../support/fake-ledger.ts";
import { laterFaultOf } from "../support/faults.ts";
import {
  checkerOver,
  expectConsistent,
  filesOf,
  portsOver,
  requestTo,
  ROSTER,
  rosterOf,
  TEMPLATE_CONTENT,
  type World,
} from "../support/issuing.ts";
import { openMemoryStore } from "../support/memory-store.ts";
import { withTemporaryDirectory } from "../support/temporary.ts";

describe("issue", () => {
  const temporary = withTemporaryDirectory();
  const out = (): string => join(temporary(), "out");
  const worldOf = (roster?: string, template?: JsonObject): World => ({
    ledger: openLedger(),
    batches: openMemoryStore(),
    files: filesOf(roster, template),
    events: [],
  });

  async function problemsOf(world: World): Promise<readonly Problem[]> {
    try {
      await issue(requestTo(out()), portsOver(world));
    } catch (error) {
      if (!(error instanceof TestamurError)) throw error;
      expectNothingMade(world);
      return [{ where: error.code, what: error.message }, ...error.problems];
    }
    return expect.fail("everything was issued");
  }
  function expectNothingMade({ ledger, batches }: World): void {
    expect(batches.listBatches()).to.deep.equal([]);
    expect(ledger.sent).to.deep.equal([]);
    expect(existsSync(out())).to.equal(false);
  }
  const placesOf = (problems: readonly Problem[]): readonly string[] => problems.map(({ where }) => where);

  describe("hands out", () => {
    it("a document for every learner, the index and the facts of the batch", async () => {
      const world = worldOf(rosterOf(700));
      const result = await issue(requestTo(out()), portsOver(world));
      expect(result).to.include({ count: 700, out: out(), chainId: 1337, block: 1 });
      await expectConsistent(world, result.batch, 700);
    });

    it("a single document whose root is its leaf", async () => {
      const world = worldOf(rosterOf(1));
      const result = await issue(requestTo(out()), portsOver(world));
      const index = readFileSync(join(out(), "index.csv"), "utf8");
      expect(index).to.contain(result.root);
    });

    it("files that are named after nothing a learner brings", async () => {
      const hostile = ["../../x", "CON", "a/b", "x".repeat(300), "trailing.", "Same", "same", "="];
      const world = worldOf(`id,name,grade\n${hostile.map((name) => `"${name}","${name}",A\n`).join("")}`);
      const { batch } = await issue(requestTo(out()), portsOver(world));
      const names = readdirSync(out()).filter((name) => name !== INDEX_FILE && name !== BATCH_FILE);
      expect(names).to.have.length(hostile.length);
      expect(names.every((name) => new RegExp(`^${batch.slice(-8)}-\\d{6}\\.json$`).test(name))).to.equal(true);
    });

    it("an index that a spreadsheet calculates nothing from", async () => {
      const world = worldOf('id,name,grade\n=1+1,A,A\n"@x,""y""",B,B\n+49,C,C\n');
      await issue(requestTo(out()), portsOver(world));
      const lines = readFileSync(join(out(), "index.csv"), "utf8").split("\r\n");
      expect(lines[0]).to.equal('"row","learner id","file","leaf"');
      expect(lines[1]).to.match(/^"1","'=1\+1","[0-9a-f]{8}-000001\.json","0x[0-9a-f]{64}"$/);
      expect(lines[2]).to.match(/^"2","'@x,""y""",/);
      expect(lines[3]).to.match(/^"3","'\+49",/);
      expect(lines.slice(4)).to.deep.equal([""]);
    });

    it("formula-like cells in documents as the texts they are", async () => {
      const world = worldOf("id,name,grade\n1,=1+1,A\n");
      await issue(requestTo(out()), portsOver(world));
      const [document] = readdirSync(out()).filter((name) => name.endsWith("000001.json"));
      expect(readFileSync(join(out(), document ?? ""), "utf8")).to.match(/:string:=1\+1"/);
    });

    it("facts of the batch, without a name or a salt in them", async () => {
      const world = worldOf();
      const result = await issue(requestTo(out()), portsOver(world));
      const text = readFileSync(join(out(), BATCH_FILE), "utf8");
      const facts: unknown = JSON.parse(text);
      expect(facts).to.deep.include({
        batch: result.batch,
        root: result.root,
        transaction: result.transaction,
        block: 1,
        count: 3,
        chainId: 1337,
      });
      expect(text).to.not.contain("Zoë");
      expect(text).to.not.match(/[0-9a-f]{8}-[0-9a-f]{4}-4/);
    });

    it("nothing but roots to the chain, and no learner's data in what the job says", async () => {
      const world = worldOf("id,name,grade\nCANARY-1,CANARY-2,CANARY-3\n");
      await issue(requestTo(out()), portsOver(world));
      expect(
        JSON.stringify(world.ledger.mined().map(({ raw }) => Buffer.from(raw.slice(2), "hex").toString())),
      ).to.not.contain("CANARY");
      expect(JSON.stringify(world.events)).to.not.contain("CANARY");
      expect(JSON.stringify(world.batches.listBatches().map(({ id }) => world.batches.historyOf(id)))).to.not.contain(
        "CANARY",
      );
    });
  });

  describe("issues nothing when", () => {
    it("cells are wrong, and names row and column of every one", async () => {
      const problems = await problemsOf(worldOf("id,name,grade\n1,A,\n2,,B\n3,C\n4,D\u0001,C\n"));
      expect(placesOf(problems)).to.deep.equal([
        "ROSTER_INVALID",
        "roster.csv row 2, column grade",
        "roster.csv row 3, column name",
        "roster.csv row 4",
        "roster.csv row 5, column name",
      ]);
    });

    it("learners are listed twice, in any row after the first", async () => {
      const problems = await problemsOf(worldOf("id,name,grade\n7,A,A\n8,B,B\n7 ,C,C\n8,D,D\n7,E,E\n"));
      expect(placesOf(problems)).to.deep.equal([
        "ROSTER_INVALID",
        ...[4, 5, 6].map((row) => `roster.csv row ${row}, column id`),
      ]);
      expect(problems[1]?.what).to.contain("row 2");
    });

    it("a learner has no number", async () => {
      const problems = await problemsOf(worldOf("id,name,grade\n,A,A\n"));
      expect(placesOf(problems)).to.include("roster.csv row 2, column id");
    });

    it("the last of many rows is wrong", async () => {
      const problems = await problemsOf(worldOf(`${rosterOf(3_000)}S-1,Twin,A\n`));
      expect(placesOf(problems)).to.deep.equal(["ROSTER_INVALID", "roster.csv row 3002, column id"]);
    });

    it("the template names another store", async () => {
      const issuers = [
        {
          name: "X",
          documentStore: `0x${"1".repeat(40)}`,
          identityProof: { type: "DNS-TXT", location: "uni.example" },
        },
      ];
      const problems = await problemsOf(worldOf(undefined, { ...TEMPLATE_CONTENT, issuers }));
      expect(problems[0]?.where).to.equal("CREDENTIAL_INVALID");
      expect(problems[1]?.where).to.contain("roster.csv row 2, ");
    });

    it("the template asks for a column that is not there", async () => {
      const problems = await problemsOf(worldOf(undefined, { ...TEMPLATE_CONTENT, more: "{{nmae}}" }));
      expect(problems).to.have.length(2);
      expect(problems[1]).to.include({ where: "template.json, more", next: 'did you mean "name"?' });
    });

    it("the column of learner numbers is not there", async () => {
      const { $testamur: _, ...template } = TEMPLATE_CONTENT;
      const world = worldOf(undefined, template);
      const request = { ...requestTo(out()), learnerId: "matricle" };
      expect(await laterFaultOf(async () => issue(request, portsOver(world)))).to.equal("ROSTER_INVALID");
    });

    it("the directory holds another batch", async () => {
      mkdirSync(out());
      writeFileSync(join(out(), BATCH_FILE), "{}");
      const world = worldOf();
      expect(await laterFaultOf(async () => issue(requestTo(out()), portsOver(world)))).to.equal("FILE_EXISTS");
      expect(world.ledger.sent).to.deep.equal([]);
      expect(world.batches.listBatches()).to.deep.equal([]);
    });

    it("the format is one that is only read", async () => {
      const request = { ...requestTo(out()), format: "openattestation-v3" } as const;
      expect(await laterFaultOf(async () => issue(request, portsOver(worldOf())))).to.equal("FORMAT_NOT_ISSUABLE");
    });

    it("a document that our own reader refuses would come of it", async () => {
      const world = worldOf();
      const ports = portsOver(world);
      const careless: IssuePorts = {
        ...ports,
        formatOf: (id) => {
          const format = ports.formatOf(id);
          const attach: typeof format.attach = (...all) => format.attach(...all).replace(":string:", ":text:");
          return { ...format, attach };
        },
      };
      expect(await laterFaultOf(async () => issue(requestTo(out()), careless))).to.equal("CHECK_FAILED");
      expect(world.ledger.sent).to.deep.equal([]);
    });

    it("what is stored is changed between the tree and the documents", async () => {
      const world = worldOf();
      const { readSealedBytes } = world.batches;
      let readings = 0;
      const batches: BatchStore = {
        ...world.batches,
        async *readSealedBytes(id) {
          const isChanged = world.ledger.sent.length > 0;
          readings++;
          for await (const entry of readSealedBytes.call(world.batches, id))
            yield isChanged && entry.row === 2 ? { ...entry, leaf: `0x${"11".repeat(32)}` } : entry;
        },
      };
      expect(await laterFaultOf(async () => issue(requestTo(out()), portsOver({ ...world, batches })))).to.equal(
        "BATCH_CORRUPT",
      );
      expect(readings).to.be.above(1);
      const [order] = world.batches.listBatches();
      expect(world.batches.historyOf(order?.id ?? "").at(-1)?.state).to.equal("needs-attention");
    });

    it("the second opinion on the tree differs", async () => {
      const world = worldOf();
      const ports = portsOver(world);
      let asked = 0;
      const twoFaced: IssuePorts = {
        ...ports,
        formatOf: (id) => {
          const format = ports.formatOf(id);
          // the tree that is built is of one kind, the one that is compared with it of another
          return {
            ...format,
            get tree() {
              return ++asked === 1 ? "keccak-sorted" : "keccak-positional";
            },
          } as const;
        },
      };
      expect(await laterFaultOf(async () => issue(requestTo(out()), twoFaced))).to.equal("SECOND_OPINION_DIFFERS");
      expect(world.ledger.sent).to.deep.equal([]);
      const [order] = world.batches.listBatches();
      expect(world.batches.historyOf(order?.id ?? "").at(-1)?.state).to.equal("needs-attention");
    });

    it("a row cannot be sealed though it looked well: the batch is abandoned, with nothing left of it", async () => {
      const world = worldOf(rosterOf(5));
      const ports = portsOver(world);
      let sealed = 0;
      const moody: IssuePorts = {
        ...ports,
        formatOf: (id) => {
          const format = ports.formatOf(id);
          const seal: typeof format.seal = (...all) => {
            if (++sealed % 5 === 0)
              throw new TestamurError("CREDENTIAL_INVALID", "no", { problems: [{ where: "a.b", what: "no" }] });
            return format.seal(...all);
          };
          return { ...format, seal };
        },
      };
      try {
        await issue(requestTo(out()), moody);
        expect.fail("issued");
      } catch (error) {
        expect(error).to.deep.include({
          code: "ROSTER_INVALID",
          problems: [{ where: "roster.csv row 5, a.b", what: "no" }],
        });
      }
      const [order] = world.batches.listBatches();
      expect(world.batches.historyOf(order?.id ?? "").at(-1)?.state).to.equal("abandoned");
      expect(world.batches.hasSealed(order?.id ?? "")).to.equal(false);
      const again = await issue(requestTo(out()), portsOver(world));
      await expectConsistent(world, again.batch, 5);
    });

    it("the roster changes while it is read", async () => {
      const world = worldOf();
      const ports = portsOver(world);
      const checkpoint = (name: string): void => {
        if (name === "after:draft") world.files[ROSTER] = rosterOf(4);
      };
      expect(await laterFaultOf(async () => issue(requestTo(out()), { ...ports, checkpoint }))).to.equal(
        "ROSTER_INVALID",
      );
      expect(world.ledger.sent).to.deep.equal([]);
    });
  });

  describe("says what it did to the roster:", () => {
    const noticesOf = async (roster: string, template?: JsonObject): Promise<readonly string[]> =>
      (await issue(requestTo(out()), portsOver(worldOf(roster, template)))).notices.map(
        ({ where, what }) => `${where} ${what}`,
      );

    it("columns that go into no credential", async () => {
      const notices = await noticesOf("id,name,grade,phone\n1,A,A,123\n");
      expect(notices).to.have.length(1);
      expect(notices[0]).to.contain("column phone");
    });
    it("cells that were tidied", async () =>
      expect(await noticesOf(`id,name,grade\n1, ${"Zoë".normalize("NFD")},A\n`)).to.have.length(2));
    it("that learners listed twice go unnoticed without numbers", async () => {
      const { $testamur: _, ...template } = TEMPLATE_CONTENT;
      const named = { ...template, recipient: { name: "{{name}}", no: "{{no}}" } };
      expect(await noticesOf("no,name,grade\n1,A,A\n1,A,A\n", named)).to.have.length(1);
    });
    it("nothing, where nothing was done", async () => expect(await noticesOf(rosterOf(2))).to.deep.equal([]));
  });

  describe("for files that were issued before", () => {
    it("makes no second batch", async () => {
      const world = worldOf();
      const first = await issue(requestTo(out()), portsOver(world));
      const second = await issue(requestTo(out()), portsOver(world));
      expect(second).to.deep.equal(first);
      await expectConsistent(world, first.batch, 3);
    });

    it("finishes what was begun", async () => {
      const world = worldOf();
      const approve = (): boolean => false;
      await laterFaultOf(async () => issue(requestTo(out()), { ...portsOver(world), approve }));
      const result = await issue(requestTo(out()), portsOver(world));
      expect(world.batches.listBatches().map(({ id }) => id)).to.deep.equal([result.batch]);
    });

    it("refuses another directory unless told to issue them again", async () => {
      const world = worldOf();
      const first = await issue(requestTo(out()), portsOver(world));
      const elsewhere = requestTo(join(temporary(), "else"));
      expect(await laterFaultOf(async () => issue(elsewhere, portsOver(world)))).to.equal("FILE_EXISTS");
      const second = await issue({ ...elsewhere, again: true }, portsOver(world));
      expect(second.root).to.not.equal(first.root);
      await expectConsistent(world, second.batch, 3);
    });

    it("makes another batch when one letter differs", async () => {
      const world = worldOf();
      const first = await issue(requestTo(out()), portsOver(world));
      world.files[ROSTER] = rosterOf(3).replace("Zoë", "Zoe");
      const second = await issue(requestTo(join(temporary(), "else")), portsOver(world));
      expect(second.batch).to.not.equal(first.batch);
    });
  });

  describe("checks what it wrote", () => {
    function spoiling(world: World, spoil: (path: string) => void): IssuePorts {
      const checkpoint = (name: string): void => {
        if (name !== "after:attached") return;
        const [order] = world.batches.listBatches();
        const room = join(out(), `.unchecked-${order?.id ?? ""}`);
        spoil(join(room, readdirSync(room).find((file) => file.endsWith("000002.json")) ?? ""));
      };
      return { ...portsOver(world), checkpoint };
    }

    it("and hands nothing out when one document was changed on its way to the disk", async () => {
      const world = worldOf();
      const spoil = (path: string): void => writeFileSync(path, readFileSync(path, "utf8").replace("Zoë", "Zoé"));
      expect(await laterFaultOf(async () => issue(requestTo(out()), spoiling(world, spoil)))).to.equal("CHECK_FAILED");
      expect(readdirSync(out()).filter((name) => !name.startsWith("."))).to.deep.equal([]);
      const [order] = world.batches.listBatches();
      expect(world.batches.historyOf(order?.id ?? "").at(-1)?.state).to.equal("needs-attention");
    });

    it("and hands nothing out when one document was revoked in the meantime", async () => {
      const world = worldOf();
      const openChecker = async (): Promise<DocumentChecker> => {
        const sound = await checkerOver(world.ledger);
        let checked = 0;
        const revoked: Finding = { aspect: "status", outcome: "fail", code: "REVOKED", message: "withdrawn" };
        return {
          check: async (bytes) => {
            const report = await sound.check(bytes);
            return ++checked === 2 ? { ...report, findings: [...report.findings, revoked] } : report;
          },
        };
      };
      expect(await laterFaultOf(async () => issue(requestTo(out()), { ...portsOver(world), openChecker }))).to.equal(
        "CHECK_FAILED",
      );
      expect(readdirSync(out()).filter((name) => !name.startsWith("."))).to.deep.equal([]);
    });

    it("and hands nothing out when the anchor is gone", async () => {
      const world = worldOf();
      const openChecker = (): ReturnType<IssuePorts["openChecker"]> => checkerOver(openLedger());
      expect(await laterFaultOf(async () => issue(requestTo(out()), { ...portsOver(world), openChecker }))).to.equal(
        "CHECK_FAILED",
      );
      expect(readdirSync(out()).filter((name) => !name.startsWith("."))).to.deep.equal([]);
      const { batch } = await resume(world.batches.listBatches()[0]?.id ?? "", portsOver(world));
      await expectConsistent(world, batch, 3);
    });

    it("from the disk once more where a checker that could not say took their memory along", async () => {
      const world = worldOf();
      let sessions = 0;
      let read = 0;
      const openChecker = async (): Promise<DocumentChecker> => {
        const sound = await checkerOver(world.ledger);
        const isSilent = ++sessions === 1;
        return {
          check: sound.check,
          checkMany: async (documents, root) => {
            const reports = await Promise.all(documents.map(async (bytes) => sound.check(bytes)));
            read += documents.filter(({ length }) => length > 0).length;
            const buffers = new Set(documents.map(({ buffer }) => buffer as ArrayBuffer));
            structuredClone(null, { transfer: [...buffers] });
            expect(documents.every(({ length }) => length === 0)).to.equal(true);
            return reports.map((report) => (isSilent ? { kind: "unsure", reason: "hung up" } : judgeOwn(report, root)));
          },
        };
      };
      const { batch } = await issue(requestTo(out()), { ...portsOver(world), openChecker });
      expect([sessions, read]).to.deep.equal([2, 6]);
      await expectConsistent(world, batch, 3);
    });

    it("of a large batch a sample in every node, which leaves the files it was taken from whole", async function () {
      this.timeout(120_000);
      const world = worldOf(rosterOf(WHOLE_TREE + 4));
      const sound = await checkerOver(world.ledger);
      const checked = { "every-node": 0, root: 0 };
      const openChecker = (): DocumentChecker => ({
        check: sound.check,
        checkMany: async (documents, _, depth) => {
          expect(documents.every(({ length }) => length > 0)).to.equal(true);
          structuredClone(null, { transfer: [...new Set(documents.map(({ buffer }) => buffer as ArrayBuffer))] });
          checked[depth] += documents.length;
          return documents.map(() => ({ kind: "good" }));
        },
      });
      await issue({ ...requestTo(out()), layout: "lines" }, { ...portsOver(world), openChecker });
      expect(checked).to.deep.equal({ "every-node": 820, root: WHOLE_TREE + 4 - 820 });
    });

    it("again with fresh eyes when the chain was silent, and never takes silence for good", async () => {
      const world = worldOf();
      let opened = 0;
      const openChecker = (): ReturnType<IssuePorts["openChecker"]> =>
        ++opened < 3 ? SILENT : checkerOver(world.ledger);
      const { batch } = await issue(requestTo(out()), { ...portsOver(world), openChecker });
      expect(opened).to.equal(3);
      await expectConsistent(world, batch, 3);

      const other = worldOf();
      const place = requestTo(join(temporary(), "else"));
      const silent = { ...portsOver(other), openChecker: () => SILENT };
      expect(await laterFaultOf(async () => issue(place, silent))).to.equal("NODE_UNAVAILABLE");
      expect(readdirSync(place.out).filter((name) => !name.startsWith("."))).to.deep.equal([]);
    });

    it("and is not content with a report that says nothing", async () => {
      const world = worldOf();
      const openChecker = (): ReturnType<IssuePorts["openChecker"]> => ({ check: async () => ({ findings: [] }) });
      expect(await laterFaultOf(async () => issue(requestTo(out()), { ...portsOver(world), openChecker }))).to.equal(
        "CHECK_FAILED",
      );
    });
  });

  it("writes the documents of a finished batch again, byte for byte", async () => {
    const world = worldOf();
    const { batch } = await issue(requestTo(out()), portsOver(world));
    const copy = join(temporary(), "copy");
    await writeAgain(batch, copy, portsOver(world));
    expect(readdirSync(copy)).to.deep.equal(readdirSync(out()));
    for (const name of readdirSync(copy))
      expect(readFileSync(join(copy, name))).to.deep.equal(readFileSync(join(out(), name)));
  });

  describe("dryRun", () => {
    it("goes up to the root and leaves nothing behind", async () => {
      const world = worldOf(rosterOf(20));
      const result = await dryRun(requestTo(out()), portsOver(world));
      expect(result).to.include({ count: 20, secondOpinion: 20 });
      expect(result.root).to.match(/^0x[0-9a-f]{64}$/);
      expectNothingMade(world);
    });

    it("finds what issuing would find", async () => {
      const world = worldOf("id,name,grade\n1,A,\n");
      expect(await laterFaultOf(async () => dryRun(requestTo(out()), portsOver(world)))).to.equal("ROSTER_INVALID");
    });
  });
});

const SILENT: DocumentChecker = {
  check: async () => ({
    findings: [
      { aspect: "integrity", outcome: "pass", code: "INTEGRITY_HOLDS", message: "" },
      { aspect: "anchor", outcome: "unknown", code: "CHAIN_SILENT", message: "hung up" },
    ],
  }),
};
