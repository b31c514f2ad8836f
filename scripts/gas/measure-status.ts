/** What random revocations in status lists cost, packed as a client packs them. */
import { type BaseContract, id } from "ethers";
import { gasOf, type GasReport, type Sent } from "./measure-store.ts";

/** A contiguous range of words and the bits to set in each. */
interface Range {
  readonly firstWord: number;
  readonly bits: bigint[];
}

const REVOKE = 0;

/** Zero words that are cheaper to carry along than to begin a new range for: about 450 gas each against 4,000. */
const BRIDGED_WORDS = 8;

/** Words written by one transaction: each costs up to 22,500 gas, and EIP-7825 allows 16,777,216. */
const WORDS_PER_TRANSACTION = 600;

/** Revokes 1, 100 and 1,000 random entries of a fresh list; the cost of each entry in gas, rounded up. */
export async function measureStatus(store: BaseContract, entries: number): Promise<GasReport> {
  const report: Record<string, number> = {};
  for (const count of [1, 100, 1_000]) {
    const list = id(`list of ${entries} with ${count} revoked`);
    const chunks = toChunks(toRanges(randomPositions(count, entries)));
    let gas = 0;
    for (const chunk of chunks) gas += await gasOf(revoke(store, list, chunk));
    const inTransactions = chunks.length === 1 ? "" : ` in ${chunks.length} transactions`;
    report[`each of ${count.toLocaleString("en")} in ${entries.toLocaleString("en")}${inTransactions}`] = Math.ceil(
      gas / count,
    );
  }
  return report;
}

async function revoke(store: BaseContract, list: string, ranges: readonly Range[]): Promise<Sent> {
  const calls = ranges.map(({ firstWord, bits }) => [list, REVOKE, firstWord, bits, 1]);
  const [only] = calls;
  if (calls.length === 1 && only !== undefined) return await store.getFunction("setStatus")(...only);
  const encoded = calls.map((call) => store.interface.encodeFunctionData("setStatus", call));
  return await store.getFunction("multicall")(encoded);
}

/** Positions without repetition, the same in every run: a multiplicative generator over a prime above any list. */
function randomPositions(count: number, entries: number): readonly number[] {
  const positions = new Set<number>();
  for (let state = 20_261_122; positions.size < count;) {
    state = (state * 48_271) % 2_147_483_647;
    positions.add(state % entries);
  }
  return [...positions];
}

function toRanges(positions: readonly number[]): readonly Range[] {
  const words = new Map<number, bigint>();
  for (const position of positions) {
    const word = Math.floor(position / 256);
    words.set(word, (words.get(word) ?? 0n) | (1n << BigInt(position % 256)));
  }
  const ranges: Range[] = [];
  for (const [word, bits] of [...words].sort(([a], [b]) => a - b)) {
    const last = ranges.at(-1);
    const gap = last === undefined ? Infinity : word - last.firstWord - last.bits.length;
    if (last === undefined || gap > BRIDGED_WORDS) ranges.push({ firstWord: word, bits: [bits] });
    else last.bits.push(...Array<bigint>(gap).fill(0n), bits);
  }
  return ranges;
}

function toChunks(ranges: readonly Range[]): readonly (readonly Range[])[] {
  const chunks: Range[][] = [];
  let written = Infinity;
  for (const { firstWord, bits } of ranges) {
    for (let start = 0; start < bits.length; start += WORDS_PER_TRANSACTION) {
      const part = { firstWord: firstWord + start, bits: bits.slice(start, start + WORDS_PER_TRANSACTION) };
      const words = part.bits.filter((word) => word !== 0n).length;
      if (written + words > WORDS_PER_TRANSACTION) [written] = [0, chunks.push([])];
      chunks.at(-1)?.push(part);
      written += words;
    }
  }
  return chunks;
}
