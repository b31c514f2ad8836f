/** The list of withdrawn documents that an issuer's profile names; the profile itself is fetched once for all who ask. */

import { expect } from "chai";

import type { JsonObject } from "../../src/core/json.ts";
import type { Answer } from "../../src/core/ports/answer.ts";
import { findRevocationList, openIssuerRecords } from "../../src/identity/issuer-records.ts";
import { fakePorts } from "../support/fake-ports.ts";

const HOST = "uni.example";
const PROFILE = `https://${HOST}/profile.json`;
const LIST = `https://${HOST}/revoked.json`;

function openRecords(files: Readonly<Record<string, JsonObject>>): {
  readonly list: (issuer: string) => Promise<Answer<string | undefined>>;
  readonly asked: readonly string[];
} {
  const asked: string[] = [];
  const records = openIssuerRecords({
    chain: fakePorts().chain,
    registries: {},
    allowedHosts: [HOST],
    fetch: async (address) => {
      const url = address instanceof Request ? address.url : `${address}`;
      asked.push(url);
      return Response.json(files[url] ?? null, { status: url in files ? 200 : 404 });
    },
  });
  return { list: async (issuer) => findRevocationList(records, issuer), asked };
}

describe("findRevocationList", () => {
  const whole = { id: PROFILE, publicKey: [], revocationList: LIST };

  it("finds the list that a profile names, and asks once", async () => {
    const { list, asked } = openRecords({ [PROFILE]: whole });
    expect(await list(PROFILE)).to.deep.equal({ kind: "answer", value: LIST });
    expect(await Promise.all([list(PROFILE), list(PROFILE)])).to.have.length(2);
    expect(asked).to.deep.equal([PROFILE]);
  });

  it("finds it by a DID that leads to the profile", async () => {
    const did = `did:web:${HOST}`;
    const service = [{ id: "#profile", type: "IssuerProfile", serviceEndpoint: PROFILE }];
    const document = `https://${HOST}/.well-known/did.json`;
    const { list } = openRecords({ [document]: { id: did, service }, [PROFILE]: whole });
    expect(await list(did)).to.deep.equal({ kind: "answer", value: LIST });
    const twice = openRecords({ [document]: { id: did, service: [...service, ...service] }, [PROFILE]: whole });
    expect(await twice.list(did)).to.deep.equal({ kind: "answer", value: undefined });
  });

  it("finds none where the profile names none", async () => {
    const { list } = openRecords({ [PROFILE]: { id: PROFILE } });
    expect(await list(PROFILE)).to.deep.equal({ kind: "answer", value: undefined });
  });

  it("falls silent where there is no profile, or one that does not count", async () => {
    const { list } = openRecords({ [PROFILE]: { ...whole, proof: {} }, [LIST]: { error: "try later" } });
    for (const issuer of [PROFILE, LIST, `https://${HOST}/nothing`, "https://other.example/", "did:ion:abc"])
      expect((await list(issuer)).kind).to.equal("silent");
  });
});
