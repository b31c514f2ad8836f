/** Other people's credentials with other people's lists, as they lie in the corpus: what each comes to, by either profile. */

import { expect } from "chai";

import type { Headline } from "../../src/core/findings.ts";
import { openDidKeys } from "../../src/identity/did-keys.ts";
import { DCC_LISTS, STRICT_LISTS, type ListProfile } from "../../src/status/bitstring-list.ts";
import { openStatusReader } from "../../src/status/status-reader.ts";
import { verify } from "../../src/verify/verify.ts";
import { fakeDidChain } from "../support/fake-did-registry.ts";
import { fakePorts, NOW } from "../support/fake-ports.ts";
import { describeVectors, vectorBytes } from "../support/vector-files.ts";

const LISTS = "w3c/dcc/statusLists/didkey-ed25519Signature2020";
const KNOWN = ["e5WK8CbZ1GjycuPombrj", "expired", "tampered"].map((name) => `${LISTS}/${name}.json`);
const HOSTS = ["raw.githubusercontent.com", "digitalcredentials.github.io"];

/** The lists of the corpus by the last part of their address; one that is not there is a page not found. */
async function fetchList(address: URL | RequestInfo): Promise<Response> {
  const url = address instanceof Request ? address.url : String(address);
  const path = `${LISTS}/${url.slice(url.lastIndexOf("/") + 1)}.json`;
  return KNOWN.includes(path)
    ? new Response(new Uint8Array(vectorBytes(path)), { headers: { "content-type": "application/json" } })
    : new Response("", { status: 404 });
}

async function headlineOf(document: Uint8Array, profile: ListProfile): Promise<Headline> {
  const identity = { prove: async () => ({ kind: "proven", by: "did", name: "as told" }) as const };
  const keys = openDidKeys({ chain: fakeDidChain(), registries: {}, clock: { now: () => NOW } });
  const status = openStatusReader({ allowedHosts: HOSTS, fetch: fetchList, profile });
  return (await verify(document, {}, fakePorts({ identity, keys, status }))).headline;
}

describeVectors("w3c", "status lists of the corpus", () => {
  const cases: readonly [string, Headline, Headline][] = [
    ["dcc-verifier-core/eddsa/v2/v2EddsaWithValidStatus.json", "VALID", "COULD_NOT_CHECK"],
    ["dcc-verifier-core/v2/v2WithValidStatus.json", "VALID", "COULD_NOT_CHECK"],
    ["dcc-verifier-core/v1/v1ExpiredWithValidStatus.json", "EXPIRED", "EXPIRED"],
    ["dcc-verifier-core/v1/v1Revoked.json", "REVOKED", "COULD_NOT_CHECK"],
    ["dcc-verifier-core/v2/v2RevokedAndExpired.json", "REVOKED", "EXPIRED"],
    ["dcc-verifier-core/eddsaAndEd25519/v2/v2DoubleSigWithBadStatusUrl.json", "COULD_NOT_CHECK", "COULD_NOT_CHECK"],
    ["dcc/v2/ed25519/didKey/legacy-expiredStatus-noExpiry.json", "COULD_NOT_CHECK", "COULD_NOT_CHECK"],
    ["dcc/v2/ed25519/didKey/legacy-tamperedStatus-noExpiry.json", "COULD_NOT_CHECK", "COULD_NOT_CHECK"],
    // the list is another issuer's, whom nobody named as a delegate
    ["dcc/v1/ed25519/didKey/mixedRegistry-validStatus-noExpiry.json", "COULD_NOT_CHECK", "COULD_NOT_CHECK"],
    ["dcc/v2/ed25519/didKey/noRegistry-revokedStatus-notExpired.json", "COULD_NOT_CHECK", "COULD_NOT_CHECK"],
  ];
  for (const [path, lenient, strict] of cases) {
    it(`${path} is ${lenient} as its makers mean it, ${strict} read strictly`, async () => {
      const document = vectorBytes(`w3c/${path}`);
      expect(await headlineOf(document, DCC_LISTS)).to.equal(lenient);
      expect(await headlineOf(document, STRICT_LISTS)).to.equal(strict);
    });
  }
});
