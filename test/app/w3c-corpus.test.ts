/** Documents of other issuers (DCC, 1EdTech) through the whole verifier, with their status lists and DID documents served. */

import { expect } from "chai";

import { openVerifier } from "../../src/app/open-verifier.ts";
import type { Headline } from "../../src/core/findings.ts";
import { isObject, memberOf, textOf, type Json, type JsonObject } from "../../src/core/json.ts";
import type { Verdict } from "../../src/core/report.ts";
import { withPages, type Pages } from "../support/pages.ts";
import { describeVectors, vectorBytes, vectorText } from "../support/vector-files.ts";

const NOW = new Date("2026-11-22T00:00:00Z");
const DCC_LISTS = "https://digitalcredentials.github.io/vc-test-fixtures/statusLists/didkey-ed25519Signature2020";
const DCC_DIDS = "https://digitalcredentials.github.io/vc-test-fixtures/dids";
const CORE_LISTS =
  "https://raw.githubusercontent.com/digitalcredentials/verifier-core/refs/heads/main/src/test-fixtures/status";
const EDTECH_LISTS =
  "https://raw.githubusercontent.com/1EdTech/digital-credentials-public-validator/refs/heads/main/inspector-vc/src/test/resources/ob30/bit-string-list";
const LISTS = ["e5WK8CbZ1GjycuPombrj", "expired", "missingBitStringType", "notYetValid", "tampered"] as const;

/** The index's words for what must come out. */
const VERDICTS: Readonly<Record<string, Verdict>> = { valid: "valid", invalid: "invalid", unknown: "inconclusive" };
/** Where the index says why, and a headline says the same. */
const HEADLINES: Readonly<Record<string, Headline>> = {
  "invalid: expired": "EXPIRED",
  "invalid: revoked": "REVOKED",
  "invalid: expired, revoked": "REVOKED",
  "invalid: signature": "TAMPERED",
  "invalid: not-yet-valid": "NOT_YET_VALID",
};
/** Refused before its status is asked for: one of its contexts is not on the list. */
const BY_CONTEXT: readonly string[] = ["dcc/v2/dataIntegrityProof/didKey/twoOIDF-revoked-notExpired-badSchema.json"];

function vectorObject(path: string): JsonObject {
  return JSON.parse(vectorText(`w3c/${path}`)) as JsonObject;
}

interface Row {
  readonly file: string;
  readonly expected: string;
}

function rows(): readonly Row[] {
  const lines = vectorText("w3c/INDEX.tsv").trim().split("\n").slice(1);
  return lines
    .map((line) => line.split("\t"))
    .map(([file = "", , , , , , kind = "", expected = ""]) => ({ file, kind, expected }))
    .filter(({ file, kind }) => file.endsWith(".json") && /^(?:credential VCDM|OB 3.0 cred|CLR 2.0 cred)/.test(kind));
}

/** Issuers at https addresses, as a server of theirs would list the keys that their documents name. */
function issuerDocuments(documents: readonly JsonObject[]): Pages {
  const keys = new Map<string, Set<string>>();
  for (const document of documents)
    for (const proof of proofsOf(document)) {
      const [issuer = "", key] = (textOf(proof, "verificationMethod") ?? "").split("#");
      if (key !== undefined && issuer.startsWith("https:")) keys.set(issuer, (keys.get(issuer) ?? new Set()).add(key));
    }
  return Object.fromEntries(
    [...keys].map(([id, own]) => {
      const verificationMethod = [...own].map((key) => ({
        id: `${id}#${key}`,
        type: "Multikey",
        controller: id,
        publicKeyMultibase: key,
      }));
      return [id, { id, verificationMethod, assertionMethod: verificationMethod.map((method) => method.id) }];
    }),
  );
}

/** The proofs of a document and of the documents in it. */
function proofsOf(value: Json): readonly JsonObject[] {
  if (Array.isArray(value)) return value.flatMap((one: Json) => proofsOf(one));
  if (!isObject(value)) return [];
  const own = [memberOf(value, "proof") ?? []].flat().filter(isObject);
  return [...own, ...Object.entries(value).flatMap(([name, member]) => (name === "proof" ? [] : proofsOf(member)))];
}

describeVectors("w3c/INDEX.tsv", "the corpus of other issuers, verified", () => {
  const documents = rows().map(({ file }) => vectorObject(file));
  const lists = LISTS.map(
    (name) =>
      [`${DCC_LISTS}/${name}`, vectorObject(`dcc/statusLists/didkey-ed25519Signature2020/${name}.json`)] as const,
  );
  const edtech = vectorObject("1edtech-ob3/bit-string-list/testlist.json");
  const pages: Pages = {
    ...Object.fromEntries(lists),
    [`${CORE_LISTS}/e5WK8CbZ1GjycuPombrj`]: vectorObject("dcc-verifier-core/status/e5WK8CbZ1GjycuPombrj.json"),
    [`${EDTECH_LISTS}/testlist`]: edtech,
    [`${DCC_DIDS}/legacy/did.json`]: vectorObject("dcc/dids/legacy.did.json"),
    [`${DCC_DIDS}/oidf/did.json`]: vectorObject("dcc/dids/oidf.did.json"),
    ...issuerDocuments([...documents, edtech]),
  };
  const allowedHosts = [...new Set(Object.keys(pages).map((url) => new URL(url).host))];
  const issuers = [...documents, ...Object.values(pages)].map((document) => {
    const issuer = memberOf(document, "issuer");
    return isObject(issuer) ? textOf(issuer, "id") : issuer;
  });
  const dids = [...new Set(issuers.filter((issuer) => typeof issuer === "string" && issuer.startsWith("did:")))];
  const trust = JSON.stringify({ issuers: [{ name: "Digital Credentials Consortium", dids }] });
  const verifier = openVerifier({
    policy: "signed",
    statusLists: "dcc",
    allowedHosts,
    trust,
    clock: { now: () => NOW },
  });

  for (const { file, expected } of rows())
    it(`${file}: ${expected}`, async () => {
      const report = await withPages(pages, async () => verifier.verify(vectorBytes(`w3c/${file}`)));
      const [word = ""] = expected.split(":");
      expect(report.verdict, JSON.stringify(report.findings)).to.equal(VERDICTS[word]);
      const headline = BY_CONTEXT.includes(file) ? "MALFORMED" : HEADLINES[expected];
      if (headline !== undefined) expect(report.headline).to.equal(headline);
    });
});
