/** What the contracts cost, from the committed snapshot (a test holds it), with OpenAttestation's stores measured beside ours. */

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { measureBeside } from "../../gas/measure-peers.ts";
import type { GasSnapshot } from "../../gas/measure.ts";
import { atMost } from "../goals.ts";
import type { Figure, Goal, Survey } from "../row.ts";

const SNAPSHOT = join(import.meta.dirname, "../../../test/contracts/gas.snapshot.json");

export const gas: Survey = {
  kind: "survey",
  title: "Gas on chain",
  async measure() {
    const snapshot = JSON.parse(readFileSync(SNAPSHOT, "utf8")) as GasSnapshot;
    const of = (subject: string, what: string): number => snapshot[subject]?.[what] ?? Number.NaN;
    const direct = "DocumentStore, deployed directly";
    const clone = "DocumentStore, a clone";
    return {
      figures: [
        figure("deploy a store of one's own", of(direct, "deploy"), atMost(2_028_836, "gas")),
        figure("deploy a store as a clone", of(clone, "deploy"), atMost(300_000, "gas")),
        figure("issue a batch of any size", of(direct, "issue"), atMost(50_200, "gas")),
        figure("issue a batch of any size, store a clone", of(clone, "issue"), atMost(50_200, "gas")),
        figure("revoke a document", of(direct, "revoke")),
        figure(
          "revoke one of 1,000 random ones in a list of 10,000",
          of("status lists, gas per entry", "each of 1,000 in 10,000"),
          atMost(1_000, "gas"),
        ),
        ...(await peerFigures()),
      ],
      notes: [
        "Ours: test/contracts/gas.snapshot.json, which a test compares with what is measured. The others: their published bytecode on the same local chain; the same calls in the same order.",
        "A batch costs one transaction, however many documents it has.",
      ],
    };
  },
};

function figure(subject: string, value: number, goal?: (value: number) => Goal): Figure {
  return { subject, unit: "gas", values: [value], goals: goal === undefined ? [] : [goal(value)] };
}

async function peerFigures(): Promise<Figure[]> {
  const { "DocumentStore of this repository": _ours, ...peers } = await measureBeside();
  return Object.entries(peers).flatMap(([name, report]) =>
    ["deploy", "issue", "revoke"].map((what) => figure(`${name}: ${what}`, report[what] ?? Number.NaN)),
  );
}
