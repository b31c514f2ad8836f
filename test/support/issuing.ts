/** Ports of the issuing job over things in memory and a directory of the test's own, and a roster to issue. */

import { readdirSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import type { JsonObject } from "../../src/core/json.ts";
import { TestamurError } from "../../src/core/errors.ts";
import type { BatchStore } from "../../src/core/ports/batches.ts";
import type { JobEvent } from "../../src/core/ports/handing-out.ts";
import { issuingFormatById } from "../../src/formats/formats.ts";
import { documentsIn } from "../../src/issue/document-files.ts";
import { fsck } from "../../src/issue/fsck.ts";
import type { IssueRequest } from "../../src/issue/prepare.ts";
import { stateOf, type IssuePorts } from "../../src/issue/job.ts";
import { openDocumentDirectory } from "../../src/store/document-directory.ts";
import { verify } from "../../src/verify/verify.ts";
import { streamOf } from "./collect.ts";
import type { Ledger } from "./fake-ledger.ts";
import { fakePorts, NOW } from "./fake-ports.ts";
import { seededRandom } from "./seeded-random.ts";

export const ROSTER = "/files/roster.csv";
export const TEMPLATE = "/files/template.json";

export const TEMPLATE_CONTENT: JsonObject = {
  $testamur: { learnerId: "id" },
  id: "urn:uuid:{{$uuid}}",
  name: "Bachelor of Laws",
  issuedOn: "{{$today}}",
  recipient: { name: "{{name}}", studentId: "{{id}}" },
  transcript: [{ course: "Contract Law", grade: "{{grade}}" }],
  issuers: [
    {
      name: "Faculty of Law, University of Example",
      documentStore: "{{$store}}",
      identityProof: { type: "DNS-TXT", location: "law.uni.example" },
    },
  ],
};

/** A roster of so many learners. */
export function rosterOf(count: number): string {
  const rows = Array.from({ length: count }, (_, at) => `S-${at + 1},"Zoë №${at + 1}",${"ABC"[at % 3]}\n`);
  return `id,name,grade\n${rows.join("")}`;
}

export interface Files {
  [path: string]: string;
}

export function filesOf(roster: string = rosterOf(3), template: JsonObject = TEMPLATE_CONTENT): Files {
  return { [ROSTER]: roster, [TEMPLATE]: JSON.stringify(template) };
}

export function requestTo(out: string): IssueRequest {
  return { roster: ROSTER, template: TEMPLATE, format: "openattestation-v2", out };
}

export interface World {
  readonly ledger: Ledger;
  readonly batches: BatchStore;
  readonly files: Files;
  /** Everything the job said. */
  readonly events?: JobEvent[];
}

let seed = 0;

/** Ports that work; each call draws other random bytes, as another process would. */
export function portsOver({ ledger, batches, files, events }: World): IssuePorts {
  return {
    batches,
    formatOf: issuingFormatById,
    openAnchorer: () => ledger.anchorer(),
    openDirectory: (out, batch) => openDocumentDirectory(out, batch),
    openChecker: () => checkerOver(ledger),
    readFile: (path) => {
      const text = files[path];
      if (text === undefined) throw new TestamurError("FILE_UNREADABLE", path);
      return streamOf(new TextEncoder().encode(text));
    },
    random: seededRandom(++seed),
    clock: { now: () => NOW },
    pause: async () => undefined,
    progress: (event) => void events?.push(event),
  };
}

/** Our own verifier over the ledger, as it stands when it is opened. */
export function checkerOver(ledger: Ledger): ReturnType<IssuePorts["openChecker"]> {
  const view = { kind: "view", view: ledger.view() } as const;
  return { check: async (bytes) => verify(bytes, {}, fakePorts({ view })) };
}

/** Holds a whole finished batch against everything that must be true of it, whatever happened on the way. */
export async function expectConsistent({ ledger, batches, files }: World, id: string, count: number): Promise<void> {
  const ports = portsOver({ ledger, batches, files });
  const order = batches.findBatch(id);
  if (order === undefined) throw new Error(`no batch ${id}`);
  const history = batches.historyOf(id);
  expect(stateOf(history), "state").to.equal("checked");

  const report = await fsck({ ...ports, findAnchor: async (_, root) => ledger.anchorer().findAnchor(root) });
  expect(report.problems, "fsck").to.deep.equal([]);

  const root = String(history.findLast(({ state }) => state === "rooted")?.detail["root"]);
  expect(ledger.anchoringsOf(root), "anchorings of the root").to.equal(1);
  const everRecorded = batches
    .listBatches()
    .flatMap((batch) => batches.transactionsOf(batch.id).map(({ hash }) => hash));
  expect(everRecorded, "recorded before they were sent").to.include.members([...ledger.sent]);
  const recorded = batches.transactionsOf(id).map(({ hash }) => hash);
  expect(
    ledger.mined().filter(({ hash }) => recorded.includes(hash)),
    "mined transactions of the batch",
  ).to.have.length(1);

  const names = readdirSync(order.out);
  expect(
    names.filter((name) => name.startsWith(".")),
    "left behind",
  ).to.deep.equal([]);
  const directory = openDocumentDirectory(order.out, id);
  const checker = await checkerOver(ledger);
  const written = names.filter((one) => /[.](?:nd)?json$/.test(one));
  expect(names.length - written.length, "files beside the documents").to.equal(2);
  let documents = 0;
  for (const name of written)
    for (const document of documentsIn(name, (await directory.read(name)) ?? new Uint8Array())) {
      documents++;
      const { findings } = await checker.check(document);
      expect(
        findings.filter(({ outcome }) => outcome === "fail" || outcome === "unknown"),
        join(order.out, name),
      ).to.deep.equal([]);
    }
  expect(documents, "documents").to.equal(count);
}
