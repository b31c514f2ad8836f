/** Documents that cost their reader a lot: small, well-formed, and slow to be put in order. */

import type { JsonObject } from "../../src/core/json.ts";
import { byTester, proofConfiguration } from "./did-key-signer.ts";

/**
 * A credential for the generic profile: a chain of unnamed things, each of which can be told from the others only by
 * following it to its end. 1,500 of them take some ten seconds, 700 some two.
 */
export function poison(things = 1_500): JsonObject {
  const evidence = Array.from({ length: things }, (_, at) => ({
    type: "E",
    k: { "@id": `_:b${at}`, k: { "@id": `_:b${at + 1}` } },
  }));
  return {
    ...byTester({
      "@context": ["https://www.w3.org/ns/credentials/v2", { E: "https://e.example/E", k: "https://e.example/k" }],
      type: ["VerifiableCredential"],
      credentialSubject: { name: "x" },
      evidence,
    }),
    proof: proofConfiguration({ proofValue: `z${"3".repeat(88)}` }),
  };
}
