/** Who recognised an issuer: reads the recognition register from the accounts the verifier trusts down to the issuer. */

import { toHex, toUtf8, type Hex } from "../core/bytes.ts";
import { keccakOfText } from "../core/keccak.ts";
import type { Answer } from "../core/ports/answer.ts";
import type { ChainReader, ChainView } from "../core/ports/chain.ts";
import type { RecognitionQuestion, RecognitionReader, Recognised } from "../core/ports/identity.ts";
import { toTypeBits } from "./achievement-types.ts";

/** Whom the verifier trusts to recognise issuers, and what for. */
export interface RecognitionTrust {
  readonly chainId: number;
  /** The RecognitionRegistry. */
  readonly registry: Hex;
  /** Accounts whose word counts, and what follows from it: at least one. */
  readonly roots: readonly Hex[];
  /** What an issuer must be recognised for beside what its document states: types by their Open Badges names. */
  readonly types?: readonly string[] | undefined;
  /** Of the European Qualifications Framework, 1 to 8; absent: none is asked for. */
  readonly level?: number | undefined;
  /** ISO 3166, `DE` or `DE-BY`; absent: only recognitions that count everywhere do. */
  readonly jurisdiction?: string | undefined;
}

/** One recognition as the register keeps it. */
interface Recognition {
  readonly id: bigint;
  readonly recogniser: Hex;
  readonly parent: bigint;
  readonly delegate: Hex;
  readonly grantedAt: bigint;
  readonly subject: Hex;
  readonly types: bigint;
  readonly level: bigint;
  readonly jurisdiction: string;
  readonly from: bigint;
  readonly until: bigint;
  readonly depth: bigint;
}

/** `findRecognition(address,bytes32,uint96,uint8,bytes6,(uint48,uint48,uint48))` and `recognitionOf(uint256)`. */
const FIND_RECOGNITION = "0xff36b953";
const RECOGNITION_OF = "0x2decf696";

/** Steps from the issuer up to the trusted account: the register passes on eight times at most. */
const MAX_STEPS = 9;
/** The largest uint48: withdrawals count as far as they are on record at the block that is read. */
const ALL_KNOWN = 2n ** 48n - 1n;
const WORD = 64;

/** Opens the register for one session. */
export function openRecognitionReader(chain: ChainReader, trust: RecognitionTrust): RecognitionReader {
  return {
    chainId: trust.chainId,
    async recognitionOf(question) {
      const opened = await chain.viewOf(trust.chainId);
      if (opened.kind === "not-configured") {
        return silence(`the register of recognition is on chain ${trust.chainId}, for which no node is set`);
      }
      if (opened.kind !== "view") return silence(opened.reason);
      const answers = await Promise.all(trust.roots.map(async (root) => askRoot(root, question, trust, opened.view)));
      const found = answers.find((answer) => answer.kind === "answer" && answer.value !== undefined);
      return found ?? answers.find((answer) => answer.kind === "silent") ?? { kind: "answer", value: undefined };
    },
  };
}

/** The register finds what covers the document; what it found is followed to the root and believed only if each step holds. */
async function askRoot(
  root: Hex,
  question: RecognitionQuestion,
  trust: RecognitionTrust,
  view: ChainView,
): Promise<Answer<Recognised | undefined>> {
  const subject = toHex(keccakOfText(question.subject));
  const types = toTypeBits([...question.types, ...(trust.types ?? [])]);
  const { block, time } = question.at ?? view.readAt;
  const seconds = BigInt(Math.floor(Date.parse(time) / 1000));
  const words = [
    BigInt(root),
    BigInt(subject),
    types,
    BigInt(trust.level ?? 0),
    BigInt(`0x${toPlace(trust.jurisdiction ?? "").padEnd(WORD, "0")}`),
    BigInt(block),
    seconds,
    ALL_KNOWN,
  ];
  const found = await ask(view, trust.registry, FIND_RECOGNITION, words, 1);
  if (found.kind === "silent") return found;
  const [id = 0n] = found.value;
  if (id === 0n) return { kind: "answer", value: undefined };
  const chain = await readChain(view, trust.registry, id);
  if (chain.kind === "silent") return chain;
  const moment = { block: BigInt(block), seconds };
  return holds(chain.value, { root, subject, types }, moment)
    ? { kind: "answer", value: toRecognised(question.subject, chain.value) }
    : silence(`the register ${trust.registry} contradicts itself about recognition ${id}`);
}

/** From the recognition up to the one that its root gave in its own right. */
async function readChain(view: ChainView, registry: Hex, first: bigint): Promise<Answer<readonly Recognition[]>> {
  const chain: Recognition[] = [];
  for (let id = first; id !== 0n;) {
    if (chain.length === MAX_STEPS || chain.some((step) => step.id === id)) {
      return silence(`recognition ${first} in ${registry} leads to no beginning`);
    }
    const read = await ask(view, registry, RECOGNITION_OF, [id], 11);
    if (read.kind === "silent") return read;
    const step = toRecognition(id, read.value);
    chain.push(step);
    id = step.parent;
  }
  return { kind: "answer", value: chain };
}

/** The register promises all of this; a verifier that was pointed at another contract must not take its word for it. */
function holds(
  chain: readonly Recognition[],
  asked: { readonly root: Hex; readonly subject: Hex; readonly types: bigint },
  moment: { readonly block: bigint; readonly seconds: bigint },
): boolean {
  const [own] = chain;
  if (own?.subject !== asked.subject || (asked.types & ~own.types) !== 0n) return false;
  return chain.every((step, at) => {
    const parent = chain[at + 1];
    const inForce =
      step.grantedAt <= moment.block &&
      step.from <= moment.seconds &&
      moment.seconds < step.until &&
      step.grantedAt > 0n;
    return inForce && (parent === undefined ? step.recogniser === asked.root : isPassedOn(step, parent));
  });
}

/** A narrower scope, given by the account to which the wider one was passed. */
function isPassedOn(step: Recognition, parent: Recognition): boolean {
  return (
    step.recogniser === parent.delegate &&
    (step.types & ~parent.types) === 0n &&
    step.level <= parent.level &&
    isPlaceWithin(step.jurisdiction, parent.jurisdiction) &&
    step.from >= parent.from &&
    step.until <= parent.until &&
    step.depth < parent.depth
  );
}

/** Everywhere contains every place, a country its subdivisions, each place itself; both as twelve hexadecimal digits. */
function isPlaceWithin(inner: string, outer: string): boolean {
  const isCountry = outer.endsWith("00000000");
  return /^0*$/.test(outer) || inner === outer || (isCountry && inner.slice(0, 4) === outer.slice(0, 4));
}

function toRecognised(subject: string, chain: readonly Recognition[]): Recognised {
  const fromRoot = chain.toReversed();
  return { subject, by: fromRoot.map(({ recogniser }) => recogniser), ids: fromRoot.map(({ id }) => Number(id)) };
}

function toRecognition(id: bigint, words: readonly bigint[]): Recognition {
  const [recogniser, parent, delegate, grantedAt, subject, types, level, jurisdiction, from, until, depth] =
    words as readonly [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint]; // as many as were asked for
  return {
    id,
    recogniser: toAddress(recogniser),
    parent,
    delegate: toAddress(delegate),
    grantedAt,
    subject: toWord(subject),
    types,
    level,
    jurisdiction: toWord(jurisdiction).slice(2, 14),
    from,
    until,
    depth,
  };
}

/** @returns exactly `count` words; silence for no contract, a refusal, and any other length. */
async function ask(
  view: ChainView,
  registry: Hex,
  selector: string,
  words: readonly bigint[],
  count: number,
): Promise<Answer<readonly bigint[]>> {
  const answer = await view.callContract(
    registry,
    `0x${selector.slice(2)}${words.map((word) => toWord(word).slice(2)).join("")}`,
  );
  if (answer.kind === "silent") return answer;
  const { value } = answer;
  if (value.kind !== "returned" || value.data.length !== 2 + count * WORD) {
    return silence(`what stands at ${registry} is no register of recognition`);
  }
  return {
    kind: "answer",
    value: Array.from({ length: count }, (_, at) =>
      BigInt(`0x${value.data.slice(2 + at * WORD, 2 + (at + 1) * WORD)}`),
    ),
  };
}

function toWord(value: bigint): Hex {
  return `0x${value.toString(16).padStart(WORD, "0")}`;
}

function toAddress(word: bigint): Hex {
  return `0x${toWord(word).slice(-40)}`;
}

/** Six bytes, filled with zeros on the right, as hexadecimal digits. */
function toPlace(code: string): string {
  return toHex(toUtf8(code)).slice(2).padEnd(12, "0");
}

function silence(reason: string): Answer<never> {
  return { kind: "silent", reason };
}
