/** Where the document of a did:web lies, and which texts are none. */

import { expect } from "chai";
import fc from "fast-check";

import { findDidWebAddress } from "../../src/identity/did-web.ts";
import { holds } from "../support/property.ts";

describe("findDidWebAddress", () => {
  const read: readonly [string, string][] = [
    ["did:web:uni.example", "https://uni.example/.well-known/did.json"],
    ["did:web:uni.example:law:exams", "https://uni.example/law/exams/did.json"],
    ["did:web:uni.example%3A8443", "https://uni.example:8443/.well-known/did.json"],
    ["did:web:uni.example%3a8443:law", "https://uni.example:8443/law/did.json"],
    [
      "did:web:digitalcredentials.github.io:vc-test-fixtures:dids:oidf",
      "https://digitalcredentials.github.io/vc-test-fixtures/dids/oidf/did.json",
    ],
    ["did:web:localhost%3A8080", "http://localhost:8080/.well-known/did.json"],
  ];
  for (const [did, address] of read) {
    it(`finds ${did}`, () => expect(findDidWebAddress(did)).to.equal(address));
  }

  const refused = [
    ["", "did:web", "did:web:", "DID:WEB:uni.example", "did:webs:uni.example", "did:key:uni.example"],
    ["did:web:uni", "did:web:localhost", "did:web:127.0.0.1", "did:web:127.0.0.1%3A80", "did:web:169.254.169.254"],
    ["did:web:Uni.Example", "did:web:uni.example.", "did:web:münchen.example", "did:web:-uni.example"],
    ["did:web:uni.example%3A", "did:web:uni.example%3A0", "did:web:uni.example%3A99999", "did:web:uni.example%3A80x"],
    ["did:web:uni.example:", "did:web:uni.example::x", "did:web:uni.example:..:x", "did:web:uni.example:."],
    ["did:web:uni.example/x", "did:web:uni.example?x", "did:web:uni.example#k", "did:web:a@uni.example"],
    [
      "did:web:uni.example%2Fx",
      "did:web:uni.example%40evil.example",
      "did:web:uni.example:%2e%2e",
      "did:web:uni.example:a%2Fb",
    ],
    ["did:web:uni.example:a b", "did:web:uni.example:a\\b", "did:web:uni.example:é", " did:web:uni.example"],
    ["did:web:localhost.evil.example%3A80:x "],
  ].flat();
  for (const did of refused) {
    it(`refuses ${JSON.stringify(did)}`, () => expect(findDidWebAddress(did)).to.equal(undefined));
  }

  it("leads only to the host that the DID names", async () => {
    const anything = fc.oneof(
      fc.webUrl(),
      fc.webPath(),
      fc.string(),
      fc.constantFrom("..", "%2e", "@evil.example", "%3A80"),
    );
    await holds(
      fc.property(fc.domain(), fc.array(anything, { maxLength: 4 }), (host, parts) => {
        const address = findDidWebAddress(["did:web", host, ...parts].join(":"));
        if (address !== undefined) expect(new URL(address).host).to.equal(host);
      }),
    );
  });
});
