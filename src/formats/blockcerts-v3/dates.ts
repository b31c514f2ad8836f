/** Dates of version 3: where a document follows the W3C's data model 2.0, each must be a moment with exactly one meaning. */

import type { ValidityClaim } from "../../core/claims.ts";
import { finding, type Finding } from "../../core/findings.ts";
import type { JsonObject } from "../../core/json.ts";
import { findMoment } from "../../core/moment.ts";
import { contextsOf } from "../blockcerts/context-list.ts";
import type { Proof } from "./proofs.ts";

const DATA_MODEL_2 = "https://www.w3.org/ns/credentials/v2";

/**
 * A finding for each date of a newer document that has no clear meaning: its issuer has broken the standard. Older
 * documents write a proof's `created` without a zone; nobody relies on it there.
 */
export function findDateFaults(document: JsonObject, proofs: readonly Proof[], validity: ValidityClaim): Finding[] {
  if (!contextsOf(document).includes(DATA_MODEL_2)) return [];
  const dates = [validity.from, validity.until, ...proofs.map(({ created }) => created)];
  return dates.filter((date) => date !== undefined && !isMoment(date)).map(toFault);
}

/** True for RFC 3339 with a time zone. @see https://www.w3.org/TR/vc-data-model-2.0/#validity-period */
export function isMoment(text: string): boolean {
  return findMoment(text, "stated") !== undefined;
}

function toFault(date: string | undefined): Finding {
  const message = `A date of the document is no moment with a time zone: ${JSON.stringify(date)}.`;
  return finding("validity", "SHAPE_WRONG", message);
}
