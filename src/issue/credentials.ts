/** Roster and template, read together: a stream of credentials, each with its learner's number. */

import { createHash, type Hash } from "node:crypto";
import { basename } from "node:path";

import { concatBytes, toHexDigits, type Hex } from "../core/bytes.ts";
import { TestamurError, type Problem } from "../core/errors.ts";
import type { JsonObject } from "../core/json.ts";
import type { RandomSource } from "../core/ports/answer.ts";
import { adviceFor } from "./did-you-mean.ts";
import { shown, type Problems } from "./problems.ts";
import { openRoster, whereIs, type RosterRow } from "./roster.ts";
import { parseTemplate } from "./template.ts";
import type { Special } from "./template-text.ts";

/** @returns a file's bytes, piece by piece; it may be called again for the same file. */
export type ReadFile = (path: string) => AsyncIterable<Uint8Array>;

/** What a batch is made from, and where it is going to be anchored. */
export interface CredentialOrder {
  /** Path of the CSV file. */
  readonly roster: string;
  /** Path of the JSON file. */
  readonly template: string;
  /** The column of the learner's own number, whatever the template says. */
  readonly learnerId?: string;
  readonly chainId: number;
  readonly store: Hex;
  /** The day that `{{$today}}` stands for, ISO 8601. */
  readonly createdAt: string;
  /** What `{{$issuer}}` stands for: the issuer's DID. */
  readonly issuer?: string;
}

export interface Learner {
  /** 1 for the first one. */
  readonly row: number;
  /** The row, as messages name it. */
  readonly where: string;
  readonly learnerId?: string;
  readonly credential: JsonObject;
}

export interface Credentials {
  /** To be read once, to the end; learners with a problem are reported and left out. */
  readonly learners: AsyncIterable<Learner>;
  /** The column of the learner's own number. */
  readonly learnerColumn?: string;
  /** What a registrar should know though nothing is wrong; complete when the learners have been read. */
  notices(): readonly Problem[];
  /** sha-256 of both files, hexadecimal; known when the learners have been read. */
  digests(): { readonly roster: string; readonly template: string };
}

/** Columns that hold the learner's own number unless somebody says otherwise. */
const USUAL_ID_COLUMNS = ["id", "studentId", "student_id", "learnerId", "learner_id"];

/**
 * @param problems  receives what is wrong with rows and cells.
 * @throws {TestamurError} `ROSTER_INVALID` or `TEMPLATE_INVALID` for what stops the reading.
 */
export async function openCredentials(
  order: CredentialOrder,
  problems: Problems,
  ports: { readonly readFile: ReadFile; readonly random: RandomSource },
): Promise<Credentials> {
  const templateBytes = await readWhole(ports.readFile(order.template));
  const template = parseTemplate(templateBytes, basename(order.template));
  const rosterHash = createHash("sha256");
  const roster = await openRoster(hashed(ports.readFile(order.roster), rosterHash), basename(order.roster), problems);
  const { fill, unused } = template.bind(roster.columns, roster.name);
  const named = order.learnerId ?? template.learnerId; // whoever issues knows better than the template
  const learnerColumn = findLearnerColumn(named, roster.columns, roster.name);
  const idAt = learnerColumn === undefined ? -1 : roster.columns.indexOf(learnerColumn);

  function toLearner({ row, place, cells }: RosterRow): Learner {
    const specials = specialsOf(order, row, ports.random);
    const refuse = (column: string, fault: Omit<Problem, "where">): void =>
      problems.add({ where: whereIs(roster.name, place, column), ...fault });
    const credential = fill({ cells, specials, refuse });
    const learnerId = cells[idAt];
    if (learnerId === "" && learnerColumn !== undefined)
      refuse(learnerColumn, { what: "is empty", next: "every learner needs a number of their own" });
    const where = whereIs(roster.name, place);
    return { row, where, credential, ...(learnerId !== undefined && { learnerId }) };
  }

  async function* learners(): AsyncGenerator<Learner> {
    for await (const row of roster.rows) {
      const before = problems.total;
      const learner = toLearner(row);
      if (problems.total === before) yield learner;
    }
  }

  let rosterDigest: string | undefined;
  return {
    learners: learners(),
    ...(learnerColumn !== undefined && { learnerColumn }),
    notices: () => [...roster.notices(), ...columnNotices(unused, learnerColumn, roster.name)],
    digests: () => ({
      roster: (rosterDigest ??= rosterHash.digest("hex")),
      template: createHash("sha256").update(templateBytes).digest("hex"),
    }),
  };
}

function specialsOf(order: CredentialOrder, row: number, random: RandomSource): Readonly<Record<Special, string>> {
  let uuid: string | undefined; // one a learner, made when asked for
  return {
    $store: order.store,
    $chainId: String(order.chainId),
    $row: String(row),
    $today: order.createdAt.slice(0, 10),
    get $issuer() {
      return order.issuer ?? refuseIssuer();
    },
    get $uuid() {
      return (uuid ??= toUuid(random(16)));
    },
  };
}

function refuseIssuer(): never {
  throw new TestamurError("TEMPLATE_INVALID", "the template asks for {{$issuer}}, but no DID of the issuer is set", {
    next: 'write it into testamur.json, "issuer": {"did": "did:web:…"}, or into the template',
  });
}

/** @see RFC 9562 §5.4: version 4, variant 10 */
function toUuid(bytes: Uint8Array): string {
  const digits = toHexDigits(
    bytes.map((byte, at) => (at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte)),
  );
  return [0, 8, 12, 16, 20].map((start, at, starts) => digits.slice(start, starts[at + 1])).join("-");
}

function findLearnerColumn(named: string | undefined, columns: readonly string[], name: string): string | undefined {
  if (named === undefined) return USUAL_ID_COLUMNS.find((usual) => columns.includes(usual));
  if (columns.includes(named)) return named;
  throw new TestamurError("ROSTER_INVALID", `${name} has no column ${shown(named)} for the learner's number`, {
    next: adviceFor(named, columns),
  });
}

function columnNotices(unused: readonly string[], learnerColumn: string | undefined, name: string): Problem[] {
  const idle = unused.filter((column) => column !== learnerColumn);
  const notices: Problem[] = idle.map((column) => ({
    where: `${name}, column ${column}`,
    what: "is not used by the template: it goes into no credential",
  }));
  if (learnerColumn !== undefined) return notices;
  const next = 'name one in the template: "$testamur": {"learnerId": "…"}';
  return [
    ...notices,
    { where: name, what: "has no column of learner numbers: learners listed twice go unnoticed", next },
  ];
}

async function* hashed(bytes: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}

async function readWhole(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return concatBytes(...chunks);
}
