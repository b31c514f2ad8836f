/** Two resolvers that agree, differ, lie, fail or hang: only what all of them say is an answer. */

import { expect } from "chai";

import type { Answer } from "../../src/core/ports/answer.ts";
import { openDns, type DnsOptions, type DomainRecords } from "../../src/identity/dns-over-https.ts";
import { startFakeDoh, toAnswer, type DohBehaviour, type FakeDoh } from "../support/fake-doh.ts";
import { faultOf } from "../support/faults.ts";

const DOMAIN = "uni.example";
const RECORD = `openatts net=ethereum netId=1337 addr=0x${"ab".repeat(20)}`;
const OTHER = `openatts net=ethereum netId=1337 addr=0x${"cd".repeat(20)}`;

describe("openDns", () => {
  let first: FakeDoh;
  let second: FakeDoh;

  beforeEach(async () => {
    first = await startFakeDoh({ [DOMAIN]: [RECORD] });
    second = await startFakeDoh({ [DOMAIN]: [RECORD] });
  });

  afterEach(async () => {
    await first.close();
    await second.close();
  });

  async function lookUp(changes: DnsOptions = {}): Promise<Answer<DomainRecords>> {
    return openDns({ resolvers: [first.url, second.url], timeoutMs: 10_000, ...changes }).lookUp(DOMAIN);
  }

  async function expectRecords(texts: readonly string[], changes: DnsOptions = {}): Promise<DomainRecords> {
    const answer = await lookUp(changes);
    if (answer.kind === "silent") throw new Error(answer.reason);
    expect(answer.value.texts).to.deep.equal(texts);
    return answer.value;
  }

  it("gives the records that all resolvers see, whatever their order and whatever else is at the domain", async () => {
    first.answer(DOMAIN, { kind: "records", texts: ["v=spf1 -all", RECORD, OTHER, RECORD] });
    second.answer(DOMAIN, { kind: "records", texts: [OTHER, RECORD, "google-site-verification=x"] });
    const { resolvers } = await expectRecords([RECORD, OTHER].sort());
    expect(resolvers).to.deep.equal([first.host, second.host]);
  });

  it("calls a zone checked only when every resolver checked it", async () => {
    first.answer(DOMAIN, { kind: "records", texts: [RECORD], authenticated: true });
    expect((await expectRecords([RECORD])).authenticated).to.equal(false);
    second.answer(DOMAIN, { kind: "records", texts: [RECORD], authenticated: true });
    expect((await expectRecords([RECORD])).authenticated).to.equal(true);
  });

  it("answers that a name does not exist, or has no records, when all say so", async () => {
    first.answer(DOMAIN, { kind: "no-such-name" });
    second.answer(DOMAIN, { kind: "no-such-name" });
    expect((await expectRecords([])).exists).to.equal(false);
    second.answer(DOMAIN, { kind: "records", texts: [] });
    expect((await expectRecords([])).exists).to.equal(true);
  });

  it("counts one resolver's answer, and names it alone", async () => {
    expect((await expectRecords([RECORD], { resolvers: [first.url] })).resolvers).to.deep.equal([first.host]);
  });

  it("takes the same resolver named twice for one", async () => {
    const { resolvers } = await expectRecords([RECORD], { resolvers: [first.url, `${first.url}?again`] });
    expect(resolvers).to.deep.equal([first.host]);
    expect(first.asked).to.have.length(1);
  });

  it("asks once for many documents of one issuer", async () => {
    const dns = openDns({ resolvers: [first.url, second.url] });
    await Promise.all(Array.from({ length: 20 }, async () => dns.lookUp(DOMAIN)));
    expect(first.asked).to.deep.equal([DOMAIN]);
    expect(second.asked).to.deep.equal([DOMAIN]);
  });

  it("waits for a slow resolver, up to its limit", async () => {
    second.answer(DOMAIN, { kind: "delay", ms: 100, next: { kind: "records", texts: [RECORD] } });
    await expectRecords([RECORD]);
  });

  const lie = toAnswer(DOMAIN, 0, [OTHER], true);
  const faults: readonly [string, DohBehaviour][] = [
    ["sees another record", { kind: "raw", body: lie }],
    ["sees one record more", { kind: "records", texts: [RECORD, OTHER] }],
    ["sees no record", { kind: "records", texts: [] }],
    ["sees no such name", { kind: "no-such-name" }],
    [
      "sees the record in other letters",
      { kind: "records", texts: [RECORD.toUpperCase().replace("OPENATTS", "openatts")] },
    ],
    ["fails (SERVFAIL)", { kind: "status", status: 2 }],
    ["refuses", { kind: "status", status: 5 }],
    ["hangs", { kind: "silence" }],
    ["is too slow", { kind: "delay", ms: 2_000, next: { kind: "records", texts: [RECORD] } }],
    ["is out of order", { kind: "raw", body: "{}", httpStatus: 500 }],
    ["has had enough (429)", { kind: "raw", body: "{}", httpStatus: 429 }],
    ["answers with a web page", { kind: "raw", body: "<html>", contentType: "text/html" }],
    ["answers with half of an answer", { kind: "raw", body: lie.slice(0, -10) }],
    ["answers with a list", { kind: "raw", body: `[${lie}]` }],
    ["gives a member twice", { kind: "raw", body: lie.replace("{", '{"Status":3,') }],
    ["answers about another name", { kind: "raw", body: toAnswer("evil.example", 0, [RECORD], true) }],
    ["answers without end", { kind: "raw", body: toAnswer(DOMAIN, 0, [RECORD, "x".repeat(300_000)], true) }],
    ["answers in a foreign tongue", { kind: "raw", body: "null", contentType: "application/dns-message" }],
  ];
  for (const [what, behaviour] of faults) {
    it(`is silent when one resolver ${what}`, async () => {
      second.answer(DOMAIN, behaviour);
      expect((await lookUp({ timeoutMs: 150 })).kind).to.equal("silent");
    });
  }

  it("is silent when nobody listens", async () => {
    await second.close();
    expect((await lookUp()).kind).to.equal("silent");
    second = await startFakeDoh();
  });

  it("asks exactly one question of each resolver, with the name and the type", async () => {
    const asked: string[] = [];
    const dns = openDns({
      fetch: async (input) => {
        asked.push(input instanceof Request ? input.url : input.toString());
        return new Response(toAnswer(DOMAIN, 0, [], false), { headers: { "content-type": "application/json" } });
      },
    });
    await dns.lookUp(DOMAIN);
    expect(asked).to.deep.equal([
      "https://dns.google/resolve?name=uni.example&type=TXT",
      "https://cloudflare-dns.com/dns-query?name=uni.example&type=TXT",
    ]);
  });

  for (const resolvers of [[], ["dns.google"], ["http://dns.google/resolve"], ["ftp://127.0.0.1/"], [""]]) {
    it(`refuses the setting ${JSON.stringify(resolvers)}`, () => {
      expect(faultOf(() => openDns({ resolvers }))).to.equal("CONFIGURATION_INVALID");
    });
  }
});
