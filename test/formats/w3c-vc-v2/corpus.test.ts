/** Documents of other issuers (DCC, 1EdTech, W3C): read offline, each gives what its index says as far as no network is needed. */

import { expect } from "chai";

import { fromHex } from "../../../src/core/bytes.ts";
import type { Claims, SignatureClaim } from "../../../src/core/claims.ts";
import { isObject, memberOf, textOf, type JsonObject } from "../../../src/core/json.ts";
import { findMultikey } from "../../../src/core/multikey.ts";
import { verifySignature } from "../../../src/core/public-key.ts";
import { parseStrictJson } from "../../../src/core/strict-json.ts";
import { GENERIC, STRICT, type Profile } from "../../../src/formats/w3c-vc-v2/profile.ts";
import { readerOf, w3cVcV2 } from "../../../src/formats/w3c-vc-v2/w3c-vc-v2.ts";
import { describeVectors, vectorBytes, vectorText } from "../../support/vector-files.ts";

/** The moment at which the index's verdicts hold. */
const NOW = Date.parse("2026-11-22T00:00:00Z");

/** The key in the fragment of the method, or in the issuer's did:key; its document would have to list it. */
async function holds(signature: SignatureClaim, issuer: string): Promise<boolean> {
  if (signature.kind !== "data-integrity") return false;
  const [, fragment = ""] = signature.verificationMethod.split("#");
  const key =
    findMultikey(fragment) ??
    findMultikey(issuer.replace("did:key:", "")) ??
    DID_WEB_KEYS[signature.verificationMethod];
  return (
    key?.curve === signature.curve && verifySignature(key, fromHex(signature.message), fromHex(signature.signature))
  );
}

/** Keys of did:web documents of the corpus are named by their own multikey, so none is listed here. */
const DID_WEB_KEYS: Readonly<Record<string, ReturnType<typeof findMultikey>>> = {};

/** Words of the index that reading alone can settle; whatever else it says needs a list, a key or a register. */
async function outcomeOf(claims: Claims): Promise<string> {
  const [first] = claims.issuers;
  if (claims.faults.length > 0) return "invalid";
  const held = await Promise.all(claims.signatures.map(async (signature) => holds(signature, first?.id ?? "")));
  if (held.includes(false)) return "invalid: signature";
  const { from, until } = claims.validity;
  if (until !== undefined && Date.parse(until) <= NOW) return "invalid: expired";
  if (from !== undefined && Date.parse(from) > NOW) return "invalid: not-yet-valid";
  if (claims.unprotected.length > 0) return "unknown: unprotected";
  return claims.statuses.length > 0 ? `open: ${claims.statuses.map(({ kind }) => kind).join()}` : "valid";
}

async function read(path: string, profile: Profile): Promise<string> {
  const document = parseStrictJson(vectorBytes(`w3c/${path}`)) as JsonObject;
  expect(w3cVcV2.detect(document), `${path} is detected`).to.equal(true);
  const opened = await readerOf(profile).open(document);
  if (opened.kind === "opened") return outcomeOf(opened.claims);
  return `${opened.finding.outcome === "fail" ? "invalid" : "unknown"}: ${opened.finding.code}`;
}

/** True when what was read offline does not contradict the index. */
function agrees(outcome: string, verdict: string): boolean {
  if (verdict === "valid") return outcome === "valid" || outcome === "open: bitstring-list";
  if (verdict === "invalid: revoked")
    return outcome === "open: bitstring-list" || outcome === "invalid: CONTEXT_NOT_ALLOWED";
  if (verdict.startsWith("invalid: expired")) return outcome === "invalid: expired";
  if (verdict === "invalid: signature" || verdict === "invalid: not-yet-valid") return outcome === verdict;
  if (verdict.startsWith("invalid")) return outcome.startsWith("invalid");
  if (verdict.startsWith("unknown")) return outcome.startsWith("unknown") || outcome.startsWith("open");
  return verdict === "support" ? outcome !== "" : false;
}

interface Row {
  readonly file: string;
  readonly kind: string;
  readonly verdict: string;
}

function rows(folders: RegExp): readonly Row[] {
  const lines = vectorText("w3c/INDEX.tsv").trim().split("\n").slice(1);
  return lines
    .map((line) => line.split("\t"))
    .map(([file = "", , , , , , kind = "", verdict = ""]) => ({ file, kind, verdict }))
    .filter(({ file, kind }) => folders.test(file) && file.endsWith(".json") && /credential/.test(kind));
}

describeVectors("w3c/INDEX.tsv", "documents of other issuers", () => {
  for (const { file, verdict } of rows(/^(?:dcc|dcc-verifier-core|1edtech-ob3|1edtech-clr2)\//)) {
    it(`agree with the index: ${file} (${verdict})`, async () => {
      const outcome = await read(file, STRICT);
      expect(agrees(outcome, verdict), `read: ${outcome}; index: ${verdict}`).to.equal(true);
    });
  }

  it("of a suite we do not verify are unknown, never valid", async () => {
    const text = vectorText("w3c/1edtech-ob3/sd/derivedcredential.json").replace('"ecdsa-sd-2023"', '"bbs-2023"');
    const opened = await w3cVcV2.open(parseStrictJson(new TextEncoder().encode(text)) as JsonObject);
    expect(opened.kind === "refused" && opened.finding.code).to.equal("FORMAT_UNSUPPORTED");
  });

  it("list a proof of an unknown suite as not checked", async () => {
    const document = parseStrictJson(vectorBytes("w3c/1edtech-ob3/simple-multiple-proofs.json")) as JsonObject;
    const opened = await w3cVcV2.open(document);
    expect(opened.kind === "opened" && opened.claims.evidence).to.deep.include({ notChecked: ["SomeProofType"] });
  });

  it("that hold do so no longer when any text of the credential is changed", async function () {
    this.timeout(60_000);
    const document = parseStrictJson(
      vectorBytes("w3c/dcc/v2/dataIntegrityProof/didKey/legacyRegistry-noStatus-noExpiry-alignments.json"),
    ) as JsonObject;
    const { "@context": _, proof: __, ...content } = document;
    for (const [name, value] of textsOf(content)) {
      const changed = JSON.parse(
        JSON.stringify(document).replace(JSON.stringify(value), JSON.stringify(`${value}x`)),
      ) as JsonObject;
      const opened = await w3cVcV2.open(changed);
      expect(opened.kind === "opened" ? await outcomeOf(opened.claims) : "invalid", `${name}: ${value}`).to.match(
        /^invalid/,
      );
    }
  });
});

describeVectors("w3c/INDEX.tsv", "examples of W3C Recognized Entities", () => {
  for (const { file } of rows(/^w3c-recognized-entities\//)) {
    it(`are read, and their placeholder signatures hold nowhere: ${file}`, async () => {
      const document = parseStrictJson(vectorBytes(`w3c/${file}`)) as JsonObject;
      if (!isObject(memberOf(document, "credentialSubject"))) return;
      const opened = await readerOf(GENERIC).open(document);
      const names = textOf(document, "issuer") ?? "";
      const signatures = opened.kind === "opened" ? opened.claims.signatures : [];
      const held = await Promise.all(signatures.map(async (signature) => holds(signature, names)));
      expect(held).not.to.include(true);
    });
  }
});

function textsOf(value: JsonObject): readonly (readonly [string, string])[] {
  return Object.entries(value).flatMap(([name, member]): readonly (readonly [string, string])[] => {
    if (typeof member === "string") return [[name, member]];
    if (Array.isArray(member)) return member.flatMap((element) => textsOf({ [name]: element as JsonObject }));
    return isObject(member) ? textsOf(member) : [];
  });
}
