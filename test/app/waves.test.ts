/** Documents that come by the thousand begin in waves, in their order; one that comes alone does not wait. */

import { expect } from "chai";

import { verifierOver } from "../../src/app/open-verifier.ts";
import { openWaves } from "../../src/app/waves.ts";
import type { ChainReader } from "../../src/core/ports/chain.ts";
import { fakePorts, fakeView } from "../support/fake-ports.ts";
import { issueV2 } from "../support/openattestation-samples.ts";

/** The next turn of the event loop, and what was set to happen in it before. */
async function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

describe("openWaves", () => {
  it("lets one wave begin in each turn, in order", async () => {
    const myWave = openWaves(2);
    const begun: number[] = [];
    const all = Promise.all(
      [0, 1, 2, 3, 4].map(async (document) => {
        await myWave();
        begun.push(document);
      }),
    );
    const seen: number[][] = [];
    await Promise.resolve();
    for (let turn = 0; turn < 3; turn++) {
      seen.push([...begun]);
      await nextTurn();
    }
    await all;
    expect(seen).to.deep.equal([
      [0, 1],
      [0, 1, 2, 3],
      [0, 1, 2, 3, 4],
    ]);
  });

  it("lets nobody pass those who wait, and has room again when they are through", async () => {
    const myWave = openWaves(2);
    const answers = [myWave(), myWave(), myWave()];
    await nextTurn(); // the third has begun, so there is room for one
    answers.push(myWave(), myWave());
    expect(answers.map((wait) => wait === undefined)).to.deep.equal([true, true, false, true, false]);
    for (const wait of answers) await wait;
  });

  it("never lets one wait that comes alone", async () => {
    const myWave = openWaves(1);
    for (let turn = 0; turn < 5; turn++) {
      expect(myWave()).to.equal(undefined);
      await nextTurn();
    }
  });
});

describe("verifierOver", () => {
  it("asks the chain about the first documents before it reads the last, and reports on all in order", async () => {
    let opened = 0;
    let openedWhenAsked: number | undefined;
    const chain: ChainReader = {
      async viewOf() {
        openedWhenAsked ??= opened;
        return { kind: "view", view: fakeView() };
      },
    };
    const verifier = verifierOver(fakePorts({ chain }), {
      open: (format, document) => {
        opened++;
        return format.open(document);
      },
    });
    const good = issueV2();
    const documents = Array.from({ length: 500 }, (_, at) => (at % 7 === 3 ? { ...good, data: {} } : good));
    const reports = await Promise.all(documents.map(async (document) => verifier.verify(document)));
    expect(openedWhenAsked).to.be.within(1, 250);
    expect(opened).to.equal(documents.length);
    expect(reports.map(({ verdict }) => verdict === "invalid")).to.deep.equal(documents.map((_, at) => at % 7 === 3));
  });

  it("verifies what a document was when it was handed in", async () => {
    const verifier = verifierOver(fakePorts(), {});
    const documents = Array.from({ length: 300 }, () => structuredClone(issueV2()) as Record<string, unknown>);
    const reports = documents.map(async (document) => verifier.verify(document));
    for (const document of documents) document["data"] = {};
    for (const { verdict } of await Promise.all(reports)) expect(verdict).to.not.equal("invalid");
  });
});
