/**
 * Status lists of the generic profile: in memory, signed by a key that lasts as long as the process. They let a conformance
 * suite withdraw what it had issued; real credentials are withdrawn on chain.
 */

import { randomInt } from "node:crypto";

import { isObject, memberOf, textOf, type JsonObject } from "../core/json.ts";
import type { Clock } from "../core/ports/answer.ts";
import type { StatusAnswer } from "../core/ports/status.ts";
import type { StatusClaim } from "../core/claims.ts";
import { MIN_ENTRIES, putValue } from "../status/bitstring.ts";
import { readBitstringStatus, toStatusAnswer } from "../status/bitstring-list.ts";
import { toListCredential } from "../status/list-credential.ts";
import type { SignatureIssuer } from "./issue-by-signature.ts";

const PURPOSES = ["revocation", "suspension"] as const;
export type ListPurpose = (typeof PURPOSES)[number];

/** What the two values of an entry mean. */
const MESSAGES = {
  revocation: [
    { status: "0x0", message: "in force" },
    { status: "0x1", message: "withdrawn" },
  ],
  suspension: [
    { status: "0x0", message: "in force" },
    { status: "0x1", message: "on hold" },
  ],
} as const;

const HOUR_MS = 3_600_000;

export interface PracticeStatusLists {
  /** The credential with its entries, at a free random place; one that names a status already is left as it is. */
  withStatus(credential: JsonObject): JsonObject;
  /**
   * Sets or takes back the status of a credential that was issued here.
   *
   * @returns false for a credential or a purpose that is not known.
   */
  set(credentialId: string, purpose: string, value: boolean): boolean;
  /** The signed list of that purpose, as of now; undefined for a purpose there is no list for. */
  signed(purpose: string): Promise<JsonObject | undefined>;
  /** What a list of ours says; undefined for a list of somebody else. */
  ask(claim: StatusClaim): Promise<StatusAnswer | undefined>;
}

export interface PracticeListOptions {
  readonly issuer: SignatureIssuer;
  readonly issuerId: string;
  /** Where the service is reached; known once it listens. */
  readonly baseUrl: () => string;
  readonly clock: Clock;
}

export function practiceStatusLists({ issuer, issuerId, baseUrl, clock }: PracticeListOptions): PracticeStatusLists {
  const bits = { revocation: new Uint8Array(MIN_ENTRIES / 8), suspension: new Uint8Array(MIN_ENTRIES / 8) };
  const taken = new Set<number>();
  const places = new Map<string, number>();
  const urlOf = (purpose: ListPurpose): string => `${baseUrl()}/status-lists/${purpose}`;

  async function listOf(purpose: ListPurpose): Promise<JsonObject> {
    const now = clock.now();
    return toListCredential({
      url: urlOf(purpose),
      issuer: issuerId,
      purpose,
      bits: bits[purpose],
      validFrom: new Date(now.getTime() - HOUR_MS),
      validUntil: new Date(now.getTime() + HOUR_MS),
    });
  }

  return {
    withStatus(credential) {
      if (memberOf(credential, "credentialStatus") !== undefined || taken.size >= MIN_ENTRIES / 2) return credential;
      const index = freePlace(taken);
      const id = textOf(credential, "id");
      if (id !== undefined) places.set(id, index);
      const credentialStatus = PURPOSES.map((purpose) => ({
        id: `${urlOf(purpose)}#${index}`,
        type: "BitstringStatusListEntry",
        statusPurpose: purpose,
        statusListIndex: String(index),
        statusListCredential: urlOf(purpose),
        statusMessage: MESSAGES[purpose],
        statusReference: `${baseUrl()}/docs`,
      }));
      return { ...credential, credentialStatus };
    },
    set(credentialId, purpose, value) {
      const index = places.get(credentialId);
      const known = PURPOSES.find((one) => one === purpose);
      if (index === undefined || known === undefined) return false;
      putValue(bits[known], { index, size: 1 }, value ? 1 : 0);
      return true;
    },
    signed: async (purpose) => {
      const known = PURPOSES.find((one) => one === purpose);
      return known === undefined ? undefined : issuer.issue(await listOf(known));
    },
    ask: async (claim) => {
      const own = PURPOSES.find((purpose) => claim.kind === "bitstring-list" && claim.location === urlOf(purpose));
      if (own === undefined || claim.kind !== "bitstring-list" || !isObject(claim.entry)) return undefined;
      return toStatusAnswer(await readBitstringStatus(await listOf(own), claim.entry));
    },
  };
}

function freePlace(taken: Set<number>): number {
  let index = randomInt(MIN_ENTRIES);
  while (taken.has(index)) index = randomInt(MIN_ENTRIES);
  taken.add(index);
  return index;
}
