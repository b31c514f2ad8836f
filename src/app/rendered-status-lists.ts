/**
 * The status lists of the issuer's store as W3C Bitstring Status Lists, signed with the issuer's key: for verifiers that do
 * not read chains. They are mirrors; the chain is what counts.
 */

import type { Hex } from "../core/bytes.ts";
import { toListAddress, type ListForm, type PublishedList } from "../core/list-address.ts";
import { openMemory } from "../core/memory.ts";
import type { Answer, Clock } from "../core/ports/answer.ts";
import type { ChainReader, ChainView } from "../core/ports/chain.ts";
import { toListCredential } from "../status/list-credential.ts";
import type { SignatureIssuer } from "./issue-by-signature.ts";

export interface RenderedStatusLists {
  /**
   * The signed list, JSON text; undefined for lists of other stores, which the issuer has no word on.
   *
   * Never rejects for a network that is silent.
   */
  signed(question: PublishedList): Promise<Answer<string> | undefined>;
}

export interface ListPublisher {
  readonly issuer: SignatureIssuer;
  /** The issuer's DID. */
  readonly issuerId: string;
}

export interface RenderingOptions {
  readonly chain: ChainReader;
  readonly store: Hex;
  /** Who signs lists of either form. */
  readonly publishers: Readonly<Record<ListForm, ListPublisher>>;
  /** Where the service is reached. */
  readonly baseUrl: () => string;
  readonly clock: Clock;
}

/** A verifier that holds a list longer than this has to fetch it again. */
const HOUR_MS = 3_600_000;

/** Lists kept, each as of one block. */
const MAX_LISTS = 32;

export function renderedStatusLists(options: RenderingOptions): RenderedStatusLists {
  const memory = openMemory<string>(undefined, MAX_LISTS);
  return {
    async signed(question) {
      if (question.store !== options.store) return undefined;
      const opened = await options.chain.viewOf(question.chainId);
      if (opened.kind === "not-configured") return undefined;
      if (opened.kind !== "view") return { kind: "silent", reason: opened.reason };
      const { view } = opened;
      const key = `${view.readAt.hash} ${toListAddress("", question)}`;
      return memory.recall(key, async () => render(question, view, options));
    },
  };
}

async function render(
  question: PublishedList,
  view: ChainView,
  { publishers, baseUrl, clock }: RenderingOptions,
): Promise<Answer<string>> {
  const { store, list, purpose, entries, form } = question;
  const { issuer, issuerId } = publishers[form];
  const bitmaps = await view.bitmapsOf(store, list, entries);
  if (bitmaps.kind === "silent") return bitmaps;
  const now = clock.now();
  const credential = await toListCredential({
    url: toListAddress(baseUrl(), question),
    form,
    issuer: issuerId,
    purpose,
    bits: bitmaps.value[purpose],
    validFrom: new Date(Math.min(now.getTime(), Date.parse(view.readAt.time))),
    validUntil: new Date(now.getTime() + HOUR_MS),
  });
  return { kind: "answer", value: JSON.stringify(await issuer.issue(credential)) };
}
