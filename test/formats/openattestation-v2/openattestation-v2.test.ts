/** OpenAttestation 2.0 as a format: the common suite, random documents, and what the claims say. */

import { expect } from "chai";
import fc from "fast-check";

import { fromHex, toHexDigits } from "../../../src/core/bytes.ts";
import type { Json, JsonObject } from "../../../src/core/json.ts";
import { openAttestationV2 } from "../../../src/formats/openattestation-v2/openattestation-v2.ts";
import { buildSortedTree } from "../../../src/merkle/sorted-tree.ts";
import { fixedRandom, shouldBehaveLikeAFormat } from "../../support/format-suite.ts";
import { claimsOf, integrityOf, parseObject } from "../../support/integrity.ts";
import { mutationsOf, type Mutation } from "../../support/mutations.ts";
import {
  anyCredential,
  CREDENTIAL,
  DID_ISSUER,
  issueV2,
  PLACEMENT,
  PROOF,
  wrapV2,
} from "../../support/openattestation-samples.ts";
import { attach, seal } from "../../../src/formats/openattestation-v2/seal.ts";
import { redactV2 } from "../../../src/formats/openattestation-v2/redact.ts";
import { slowHoldsV2 } from "../../support/slow-openattestation.ts";
import { holds } from "../../support/property.ts";

const SIBLING = "5eef18e536eedcf87ca97505da0e88b6b71a4db092f431f9094d81042fd80441";

/** What the standard leaves to the bearer. */
function harmless({ kind, path }: Mutation): string | undefined {
  const [first = "", second] = path;
  if (kind === "removed" && path.length === 1 && first === "version") return "no version means the same rules";
  if (first === "schema" && kind !== "retyped" && kind !== "wrapped") return "named by old documents, used by nobody";
  if (first === "proof") return "signatures are checked as signatures";
  if (kind === "swapped" && second === "obfuscatedData") return "hidden hashes are a set";
  return undefined;
}

describe("openAttestationV2", () => {
  shouldBehaveLikeAFormat({
    format: openAttestationV2,
    documents: () => [
      issueV2(),
      redactV2(issueV2(), ["recipient.nric", "recipient.contact", "tags"]),
      wrapV2(CREDENTIAL, { schema: "opencerts/v2.0" }, [SIBLING, SIBLING]),
      wrapV2({ ...CREDENTIAL, issuers: [DID_ISSUER] }, { proof: [PROOF] }),
    ],
    harmless,
    issuing: { format: openAttestationV2, credential: CREDENTIAL, placement: PLACEMENT },
  });

  it("round-trips any credential, alone or in a batch, and agrees with the slow reading", async () => {
    await holds(
      fc.asyncProperty(fc.array(anyCredential, { minLength: 1, maxLength: 5 }), fc.nat(), async (credentials, seed) => {
        const random = fixedRandom(seed);
        const batch = credentials.map((credential) => seal(credential, PLACEMENT, random));
        const tree = buildSortedTree(Uint8Array.from(batch.flatMap(({ leaf }) => [...leaf])));
        for (const [index, sealed] of batch.entries()) {
          const place = { leaf: sealed.leaf, path: tree.pathOf(index), root: tree.root, index, size: tree.size };
          const document = parseObject(attach(sealed.text, place));
          expect(slowHoldsV2(document)).to.equal(true);
          expect(await integrityOf(openAttestationV2, document)).to.equal("INTEGRITY_HOLDS");
          const { credential, faults, issuerCountBound } = await claimsOf(openAttestationV2, document);
          expect(faults).to.deep.equal([]);
          expect(issuerCountBound).to.equal(true);
          expect(credential.content).to.deep.include(normalised(credentials[index] ?? {}));
        }
      }),
      4,
    );
  });

  it("notices any change of any document", async () => {
    await holds(
      fc.asyncProperty(anyCredential, fc.nat(), async (credential, pick) => {
        const document = wrapV2(credential);
        const mutations = [...mutationsOf(document)].filter((mutation) => harmless(mutation) === undefined);
        const mutation = mutations[pick % mutations.length];
        expect(await integrityOf(openAttestationV2, mutation?.document ?? {})).to.not.equal("INTEGRITY_HOLDS");
      }),
    );
  });

  it("shows title, holder and date of a certificate, without a salt anywhere", async () => {
    const { credential } = await claimsOf(openAttestationV2, issueV2());
    expect(credential).to.deep.include({
      title: "Bachelor of Laws",
      holder: "Zoë Ångström",
      issuedOn: "2026-07-01",
    });
    expect(JSON.stringify(credential)).to.not.match(/[0-9a-f]{8}-[0-9a-f]{4}-4/);
  });

  it("claims store, status and domain at the chain that the document names", async () => {
    const claims = await claimsOf(openAttestationV2, issueV2());
    const [inclusion] = claims.inclusions;
    const place = { address: PLACEMENT.store, chainId: 1337, inclusion };
    expect(claims.anchors).to.deep.equal([{ kind: "document-store", ...place }]);
    expect(claims.statuses).to.deep.equal([{ kind: "store-nodes", ...place }]);
    expect(claims.issuers).to.deep.equal([
      {
        name: "Faculty of Law, University of Example",
        proof: { kind: "dns-txt", domain: "law.uni.example", account: PLACEMENT.store, chainId: 1337 },
      },
    ]);
    expect(claims).to.deep.include({ chainId: 1337, signatures: [], hidden: 0, issuerCountBound: true });
  });

  it("gives every node between leaf and root", async () => {
    const document = wrapV2(CREDENTIAL, {}, [SIBLING, SIBLING]);
    const { targetHash, merkleRoot } = document["signature"] as Record<string, string>;
    const [inclusion] = (await claimsOf(openAttestationV2, document)).inclusions;
    expect(inclusion?.nodes).to.have.length(3);
    expect([inclusion?.nodes[0], inclusion?.nodes[2]]).to.deep.equal([`0x${targetHash}`, `0x${merkleRoot}`]);
  });

  it("names no chain for a document that names none", async () => {
    const claims = await claimsOf(openAttestationV2, wrapV2(CREDENTIAL));
    expect(claims).to.not.have.property("chainId");
    expect(claims.anchors[0]).to.not.have.property("chainId");
  });

  it("writes the document in one line, version first", () => {
    const sealed = seal(CREDENTIAL, PLACEMENT, fixedRandom());
    const place = { leaf: sealed.leaf, path: [fromHex(SIBLING)], root: sealed.leaf, index: 0, size: 2 };
    const text = attach(sealed.text, place);
    const leaf = toHexDigits(sealed.leaf);
    expect(text).to.match(/^\{"version":"https:\/\/schema\.openattestation\.com\/2\.0\/schema\.json","data":\{"/);
    expect(
      text.endsWith(
        `},"signature":{"type":"SHA3MerkleProof","targetHash":"${leaf}","proof":["${SIBLING}"],"merkleRoot":"${leaf}"}}\n`,
      ),
    ).to.equal(true);
  });
});

/** What sealing does to a credential's texts, and JSON to -0. */
function normalised(value: Json): Json {
  if (typeof value === "string") return value.normalize("NFC").trimEnd();
  if (typeof value === "number") return Object.is(value, -0) ? 0 : value;
  if (Array.isArray(value)) return value.map((item: Json) => normalised(item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value as JsonObject).map(([key, member]) => [key, normalised(member)]));
}
