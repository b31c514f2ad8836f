/** The published status lists, examined: what documents will name for good has to be there, and has to be this register's. */

import type { Hex } from "../core/bytes.ts";
import { fetchJsonObject } from "../core/fetch-json.ts";
import { textOf } from "../core/json.ts";
import { toListAddress } from "../core/list-address.ts";
import type { Settings } from "./config.ts";
import type { Diagnosis } from "./diagnose.ts";

const WHAT = "Status lists";
const TIMEOUT_MS = 5_000;
const MAX_BYTES = 1024 * 1024;

/** A list of 131,072 entries that no batch has: the service answers for every name. */
const UNUSED = { list: `0x${"0".repeat(64)}`, purpose: "revocation", entries: 131_072, form: "bitstring" } as const;

/** Nothing where documents name no published lists. Never throws. */
export async function examineLists(
  { statusListsUrl: url }: Settings,
  chainId: number,
  address: Hex,
): Promise<readonly Diagnosis[]> {
  if (url === undefined) return [];
  const store: Hex = `0x${address.slice(2).toLowerCase()}`;
  const place = toListAddress(url, { ...UNUSED, chainId, store });
  const answer = await fetchJsonObject(place, {
    allowedHosts: [new URL(url).host],
    accept: ["application/vc"],
    maxBytes: MAX_BYTES,
    timeoutMs: TIMEOUT_MS,
  });
  if (answer.kind === "silent") {
    const next = `start the service there: testamur serve --status-lists (documents that are issued now name ${url} for good)`;
    return [{ what: WHAT, state: "doubt", detail: answer.reason, next }];
  }
  const id = textOf(answer.value, "id");
  if (id === place) return [{ what: WHAT, state: "fine", detail: `published at ${url}` }];
  const detail = `what lies at ${url} calls itself ${id ?? "nothing"}`;
  return [{ what: WHAT, state: "wrong", detail, next: `set "statusListsUrl" to the address that serve goes by` }];
}
