/** What a node may answer when it is asked for events: only those that were asked for. */

import { expect } from "chai";

import { logsQuestion } from "../../src/chain/transaction-questions.ts";
import type { JsonObject } from "../../src/core/json.ts";

const ADDRESS = `0x${"5f".repeat(20)}` as const;
const WORD = `0x${"ab".repeat(32)}`;

function log(changes: JsonObject = {}): JsonObject {
  const place = { blockNumber: "0x5", transactionHash: WORD, logIndex: "0x0" };
  return { address: ADDRESS, topics: [WORD], data: "0x", ...place, ...changes };
}

describe("logsQuestion", () => {
  const read = (...logs: readonly JsonObject[]) =>
    logsQuestion({ address: ADDRESS, fromBlock: 4, toBlock: 5 }).read(logs);

  it("reads the contract's events of the blocks that were asked about, and none", () => {
    expect(read(log(), log({ blockNumber: "0x4" }))).to.have.length(2);
    expect(read()).to.deep.equal([]);
  });

  const foreign: readonly [string, JsonObject][] = [
    ["of another contract", { address: `0x${"60".repeat(20)}` }],
    ["of an earlier block", { blockNumber: "0x3" }],
    ["of a later block", { blockNumber: "0x6" }],
    ["that was taken back", { removed: true }],
    ["without a block", { blockNumber: null }],
  ];
  for (const [what, changes] of foreign) {
    it(`refuses all of an answer with an event ${what}`, () => {
      expect(read(log(), log(changes))).to.equal(undefined);
    });
  }
});
