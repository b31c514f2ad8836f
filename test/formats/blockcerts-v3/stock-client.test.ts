/** Blockcerts' own verifier accepts what we issue, and refuses what was changed in it: a second opinion from outside. */

import { createECDH } from "node:crypto";

import { expect } from "chai";

import { toBase64url } from "../../../src/core/base64url.ts";
import { sha256 } from "../../../src/core/sha256.ts";
import { findAddress } from "../../../src/core/secp256k1.ts";
import type { Hex } from "../../../src/core/bytes.ts";
import type { JsonObject } from "../../../src/core/json.ts";
import { claimsOf, content, inner, ISSUER, issue, KEY, proofOf } from "../blockcerts/samples.ts";
import { askStockClient, findStockClient, type StockVerdict } from "./stock-client.ts";

const ecdh = createECDH("secp256k1");
ecdh.setPrivateKey(sha256(new TextEncoder().encode("a key of nobody")));
const point = ecdh.getPublicKey();
const SENDER: Hex = findAddress(point) ?? "0x";
const TIME = "2024-07-02T00:00:00.000Z";
/** The client goes by the clock on the wall. */
const OLD = { validFrom: "2024-07-01T00:00:00Z" };
const REVOKED = "https://uni.example/revoked.json";

const PROFILE: JsonObject = {
  "@context": ["https://w3id.org/openbadges/v2", "https://w3id.org/blockcerts/v3.2"],
  type: "Profile",
  id: ISSUER,
  name: "University of Example",
  url: "https://uni.example",
  email: "registrar@uni.example",
  revocationList: REVOKED,
  publicKey: [{ id: `ecdsa-koblitz-pubkey:${SENDER}`, created: "2023-01-01T00:00:00Z" }],
  verificationMethod: [
    {
      id: KEY,
      controller: ISSUER,
      type: "EcdsaSecp256k1VerificationKey2019",
      publicKeyJwk: {
        kty: "EC",
        crv: "secp256k1",
        x: toBase64url(point.subarray(1, 33)),
        y: toBase64url(point.subarray(33)),
      },
    },
  ],
  assertionMethod: [KEY],
};

function revocationList(...ids: readonly string[]): JsonObject {
  return {
    "@context": "https://w3id.org/openbadges/v2",
    id: REVOKED,
    type: "RevocationList",
    issuer: ISSUER,
    revokedAssertions: ids.map((id) => ({ id, revocationReason: "a test" })),
  };
}

const client = findStockClient();

if (client !== undefined)
  describe("cert-verifier-js", () => {
    const ask = async (
      document: JsonObject,
      changes: Partial<Record<"sender" | "root", string>> = {},
    ): Promise<StockVerdict> => {
      const [inclusion] = (await claimsOf(document)).inclusions;
      const root = changes.root ?? inclusion?.root.stated.slice(2) ?? "";
      const fact = { root, sender: (changes.sender ?? SENDER) as Hex, time: TIME };
      return askStockClient(client, document, { [ISSUER]: PROFILE, [REVOKED]: revocationList() }, fact);
    };

    it("accepts what we issue, wherever the leaf hangs in trees of odd sizes", async () => {
      for (const [size, index] of [
        [1, 0],
        [3, 2],
        [5, 1],
        [9, 8],
      ] as const) {
        const { status, message } = await ask(await issue(OLD, { size, index }));
        expect(`${status} ${JSON.stringify(message)}`, `${index} of ${size}`).to.match(/^success/);
      }
    });

    it("accepts words of the issuer's own and the other spelling", async () => {
      const terms = { height: "https://uni.example/terms#height" };
      const own = await issue({
        ...OLD,
        "@context": [terms],
        credentialSubject: { id: "did:example:ada", height: "1.80 m" },
      });
      expect((await ask(own)).status).to.equal("success");
      const said = content(OLD);
      expect((await ask({ ...said, proof: await proofOf(said, { spelling: "bytes" }) })).status).to.equal("success");
    });

    it("refuses a changed value, another document's proof, a foreign key and another root", async () => {
      const document = await issue(OLD);
      const other = await issue({ ...OLD, name: "Doctor of Science" }, { seed: 7 });
      expect((await ask({ ...document, name: "Doctor of Science" })).status).to.equal("failure");
      expect((await ask({ ...document, proof: inner(other, "proof") })).status).to.equal("failure");
      expect((await ask(document, { sender: `0x${"11".repeat(20)}` })).status).to.equal("failure");
      expect((await ask(document, { root: "22".repeat(32) })).status).to.equal("failure");
    });

    it("refuses a document that the list of its issuer's profile names", async () => {
      const document = await issue(OLD);
      const [inclusion] = (await claimsOf(document)).inclusions;
      const fact = { root: inclusion?.root.stated.slice(2) ?? "", sender: SENDER, time: TIME };
      const id = typeof document["id"] === "string" ? document["id"] : "";
      const pages = { [ISSUER]: PROFILE, [REVOKED]: revocationList(id) };
      expect((await askStockClient(client, document, pages, fact)).status).to.equal("failure");
    });
  });
