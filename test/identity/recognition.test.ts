/** Registers of recognition that lie: loops, wider scopes, other roots. A verifier pointed at one of them is told nothing. */

import { expect } from "chai";

import { keccakOfText } from "../../src/core/keccak.ts";
import { toHex, type Hex } from "../../src/core/bytes.ts";
import type { Answer } from "../../src/core/ports/answer.ts";
import type { ChainReader, ContractResult } from "../../src/core/ports/chain.ts";
import { ACHIEVEMENT_TYPES, toTypeBits } from "../../src/identity/achievement-types.ts";
import { openRecognitionReader } from "../../src/identity/recognition.ts";
import { fakeView } from "../support/fake-ports.ts";

const ROOT: Hex = `0x${"a1".repeat(20)}`;
const DELEGATE: Hex = `0x${"b2".repeat(20)}`;
const OTHER: Hex = `0x${"c3".repeat(20)}`;
const REGISTRY: Hex = `0x${"4e".repeat(20)}`;
const SUBJECT = "did:web:uni.example";

interface Step {
  readonly recogniser: Hex;
  readonly parent: number;
  readonly delegate: Hex;
  readonly grantedAt: number;
  readonly subject: string;
  readonly types: bigint;
  readonly level: number;
  readonly jurisdiction: string;
  readonly from: number;
  readonly until: number;
  readonly depth: number;
}

const TOP: Step = {
  recogniser: ROOT,
  parent: 0,
  delegate: DELEGATE,
  grantedAt: 3,
  subject: "did:web:accreditor.example",
  types: 0xffn | (1n << 31n),
  level: 7,
  jurisdiction: "DE",
  from: 1_000,
  until: 2 ** 40,
  depth: 1,
};
const OWN: Step = {
  ...TOP,
  recogniser: DELEGATE,
  parent: 1,
  grantedAt: 4,
  subject: SUBJECT,
  jurisdiction: "DE-BY",
  depth: 0,
};

function word(value: bigint | number): string {
  return value.toString(16).padStart(64, "0");
}

function encode(step: Step): Hex {
  const place = Buffer.from(step.jurisdiction).toString("hex").padEnd(64, "0");
  const before = [BigInt(step.recogniser), step.parent, BigInt(step.delegate), step.grantedAt];
  const subject = toHex(keccakOfText(step.subject)).slice(2);
  const rest = [step.from, step.until, step.depth];
  return `0x${before.map(word).join("")}${subject}${word(step.types)}${word(step.level)}${place}${rest.map(word).join("")}`;
}

/** A register of these recognitions, numbered from 1, that finds number 2 for everybody unless told otherwise. */
function chainOf(steps: readonly Step[], found: Answer<ContractResult> = returned(`0x${word(2)}`)): ChainReader {
  return {
    viewOf: async () => ({
      kind: "view",
      view: {
        ...fakeView(),
        callContract: async (_, data) => {
          if (data.startsWith("0xff36b953")) return found;
          const step = steps[Number(BigInt(`0x${data.slice(10)}`)) - 1];
          return step === undefined
            ? { kind: "answer", value: { kind: "reverted", data: "0x" } }
            : returned(encode(step));
        },
      },
    }),
  };
}

function returned(data: Hex): Answer<ContractResult> {
  return { kind: "answer", value: { kind: "returned", data } };
}

async function ask(chain: ChainReader): Promise<string> {
  const reader = openRecognitionReader(chain, { chainId: 1337, registry: REGISTRY, roots: [ROOT] });
  const answer = await reader.recognitionOf({ subject: SUBJECT, types: [], at: undefined });
  return answer.kind === "silent" ? "silent" : (answer.value?.by.join(" ") ?? "nobody");
}

describe("toTypeBits", () => {
  it("gives each type the bit of the register", () => {
    expect(ACHIEVEMENT_TYPES).to.have.length(31);
    expect(toTypeBits(["Achievement"])).to.equal(1n);
    expect(toTypeBits(["BachelorDegree", "MasterDegree"])).to.equal((1n << 7n) | (1n << 27n));
    expect(toTypeBits(["SecondarySchoolDiploma"])).to.equal(1n << 30n);
  });
  it("gives all others, and none at all, the one bit that is left", () => {
    for (const types of [[], ["ext:Handshake"], ["constructor"]]) expect(toTypeBits(types)).to.equal(1n << 31n);
  });
});

describe("openRecognitionReader", () => {
  it("follows a chain that holds up to the trusted account", async () => {
    expect(await ask(chainOf([TOP, OWN]))).to.equal(`${ROOT} ${DELEGATE}`);
  });

  it("finds nobody where the register finds nobody", async () => {
    expect(await ask(chainOf([], returned(`0x${word(0)}`)))).to.equal("nobody");
  });

  const lies: readonly [string, readonly Step[]][] = [
    ["begins with another account", [{ ...TOP, recogniser: OTHER }, OWN]],
    ["was passed on by somebody else", [{ ...TOP, delegate: OTHER }, OWN]],
    ["is about another subject", [TOP, { ...OWN, subject: "did:web:mill.example" }]],
    ["does not cover the type", [TOP, { ...OWN, types: 1n }]],
    ["covers more types than were passed on", [{ ...TOP, types: 1n << 31n }, OWN]],
    ["reaches a higher level", [TOP, { ...OWN, level: 8 }]],
    [
      "counts in more places",
      [
        { ...TOP, jurisdiction: "DE-BY" },
        { ...OWN, jurisdiction: "DE" },
      ],
    ],
    ["counts in another country", [TOP, { ...OWN, jurisdiction: "FR" }]],
    ["counts everywhere, though it was given for one country", [TOP, { ...OWN, jurisdiction: "" }]],
    ["begins earlier", [TOP, { ...OWN, from: 999 }]],
    ["ends later", [TOP, { ...OWN, until: 2 ** 41 }]],
    ["may be passed on as often", [TOP, { ...OWN, depth: 1 }]],
    ["was granted later", [TOP, { ...OWN, grantedAt: 10 }]],
    ["follows from one that was granted later", [{ ...TOP, grantedAt: 10 }, OWN]],
    ["was never granted", [TOP, { ...OWN, grantedAt: 0 }]],
    ["has ended", [TOP, { ...OWN, until: 2_000 }]],
    ["has not begun", [TOP, { ...OWN, from: 2 ** 39 }]],
    ["is its own parent", [TOP, { ...OWN, parent: 2 }]],
    ["goes round in a circle", [{ ...TOP, parent: 2 }, OWN]],
    ["leads to one that is not there", [TOP, { ...OWN, parent: 9 }]],
    [
      "is longer than any register allows",
      [TOP, { ...OWN, parent: 3 }, ...Array.from({ length: 12 }, (_, at) => ({ ...TOP, parent: at + 4 }))],
    ],
  ];
  for (const [what, steps] of lies) {
    it(`says nothing of a recognition that ${what}`, async () => {
      expect(await ask(chainOf(steps))).to.equal("silent");
    });
  }

  const noise: readonly [string, Answer<ContractResult>][] = [
    ["is silent", { kind: "silent", reason: "hung up" }],
    ["is not there", { kind: "answer", value: { kind: "no-contract" } }],
    ["refuses", { kind: "answer", value: { kind: "reverted", data: "0x" } }],
    ["returns nothing", returned("0x")],
    ["returns two words", returned(`0x${word(2)}${word(2)}`)],
  ];
  for (const [what, found] of noise) {
    it(`says nothing where the register ${what}`, async () => {
      expect(await ask(chainOf([TOP, OWN], found))).to.equal("silent");
    });
  }
});
