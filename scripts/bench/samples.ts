/** Documents to work on: degrees with a transcript of eight courses, the same ones in every process. */

import type { Hex } from "../../src/core/bytes.ts";
import type { JsonObject } from "../../src/core/json.ts";
import type { Placement } from "../../src/formats/format.ts";

export const PLACEMENT: Placement = { chainId: 1337, store: "0x5fbdb2315678afecb367f032d93f642f64180aa3" };
export const DOMAIN = "law.uni.example";

const NAMES = [
  "Zoë Ångström",
  "மீனா முருகன்",
  "يوسف ناصر",
  "李小明",
  "Łukasz Wójcik",
  "Анна Иванова",
  "佐藤さくら",
  "Ada Okafor",
];
const GRADES = ["A+", "A", "A-", "B+", "B", "B-", "C+", "C"];
const COURSES = [
  "Torts",
  "Contracts",
  "Constitutional Law",
  "Criminal Law",
  "Property",
  "Equity and Trusts",
  "Evidence",
  "Jurisprudence",
];

/** An OpenAttestation credential as a registrar issues it: 46 values. */
export function transcript(learner: number, store: Hex = PLACEMENT.store): JsonObject {
  return {
    id: `LAW-2026-${learner}`,
    name: "Bachelor of Laws",
    description: "Transcript and degree of the Faculty of Law, University of Example",
    issuedOn: "2026-07-03",
    issuers: [
      {
        name: "Faculty of Law, University of Example",
        documentStore: store,
        identityProof: { type: "DNS-TXT", location: DOMAIN },
      },
    ],
    recipient: { name: NAMES[learner % NAMES.length] ?? "", studentId: `S-${1_000_000 + learner}` },
    award: { degree: "Bachelor of Laws", honours: learner % 3 === 0, credits: 180 },
    transcript: COURSES.map((name, at) => ({
      courseCode: `LAW${1_000 + at}`,
      name,
      credits: 4 + (at % 3) * 2,
      grade: GRADES[(learner + at * 3) % GRADES.length] ?? "",
    })),
  };
}

export function transcripts(count: number, store?: Hex): readonly JsonObject[] {
  return Array.from({ length: count }, (_, learner) => transcript(learner, store));
}
