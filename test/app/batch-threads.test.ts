/** What threads make of credentials and documents is what this one makes of them; their faults come back as faults. */

import { availableParallelism } from "node:os";

import { expect } from "chai";

import { fromUtf8, toHex } from "../../src/core/bytes.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { openBatchChecker } from "../../src/app/batch-checker.ts";
import { openVerifier } from "../../src/app/open-verifier.ts";
import { openThreads, sealTask, type Threads } from "../../src/app/batch-threads.ts";
import { openAttestationV2 } from "../../src/formats/openattestation-v2/openattestation-v2.ts";
import type { Placement } from "../../src/formats/format.ts";
import { STORE } from "../support/fake-ledger.ts";

const PLACEMENT: Placement = { chainId: 1337, store: STORE, createdAt: "2026-11-24T00:00:00.000Z" };
const CREDENTIAL: JsonObject = {
  name: "Bachelor of Laws",
  recipient: { name: "Zoë Müller" },
  issuers: [{ name: "Example", documentStore: STORE, identityProof: { type: "DNS-TXT", location: "law.uni.example" } }],
};

describe("threads beside this one", () => {
  let threads: Threads;
  before(() => void (threads = openThreads()));
  after(() => threads.close());

  it("seal what this thread opens, and refuse what it refuses", async () => {
    const credentials = [
      { credential: CREDENTIAL, placement: PLACEMENT },
      { credential: { name: "nobody issues it" }, placement: PLACEMENT },
      { credential: CREDENTIAL, placement: PLACEMENT },
    ];
    const [first, refused, second] = await threads.run(sealTask("openattestation-v2", credentials));
    if (first?.kind !== "sealed" || second?.kind !== "sealed") return expect.fail("they can be issued");
    expect(refused).to.have.nested.property("problems[0].where", "issuers");
    expect(toHex(first.sealed.leaf)).to.not.equal(toHex(second.sealed.leaf)); // salts of its own for each
    const { leaf, form } = first.sealed;
    if (typeof form === "string") return expect.fail("forms are handed over as bytes");
    const place = { leaf, path: [], root: leaf, index: 0, size: 1 };
    const opened = await openAttestationV2.open(
      JSON.parse(openAttestationV2.attach(fromUtf8(form), place, anchor(leaf), [])),
    );
    expect(opened).to.have.nested.property("claims.inclusions[0].leaf.computed", toHex(leaf));
    return undefined;
  });

  it("say of documents what this thread says of them", async () => {
    const task = {
      documents: [new TextEncoder().encode('{"not":"a credential"}'), new TextEncoder().encode("no JSON at all")],
      root: toHex(new Uint8Array(32)),
      depth: "every-node",
    } as const;
    const here = await openBatchChecker({}).checkMany?.(task.documents, task.root, task.depth);
    const there = await threads.run({ kind: "check", session: 1, options: {}, ...task });
    expect(there).to.deep.equal(here);
    expect(there.map(({ kind }) => kind)).to.deep.equal(["bad", "bad"]);
  });

  it("take the memory of large files along, and leave small ones where they are", async () => {
    const task = { root: toHex(new Uint8Array(32)), depth: "root", session: 1, options: {} } as const;
    const file = new Uint8Array(2_000_000).fill(0x20);
    const large = [file.subarray(0, 10), file.subarray(10)];
    const small = [new Uint8Array(10)];
    expect(await threads.run({ kind: "check", ...task, documents: large })).to.have.length(2);
    expect(await threads.run({ kind: "check", ...task, documents: small })).to.have.length(1);
    expect([file.length, small[0]?.length]).to.deep.equal([0, 10]);
  });

  it("verify as this thread does", async () => {
    const documents = [new TextEncoder().encode('{"not":"a credential"}')];
    const here = await openVerifier({ offline: true }).verify(documents[0] ?? "");
    const [there] = await threads.run({ kind: "verify", session: 1, options: { offline: true }, documents });
    expect({ ...there, checkedAt: "" }).to.deep.equal({ ...here, checkedAt: "" });
  });

  it("leave a heavy task to the thread that has it, and do light ones beside it", async function () {
    if (availableParallelism() < 2) this.skip(); // one thread does one after the other
    const many = (count: number): ReturnType<typeof sealTask> =>
      sealTask(
        "openattestation-v2",
        Array.from({ length: count }, () => ({ credential: CREDENTIAL, placement: PLACEMENT })),
      );
    await Promise.all([threads.run(many(1)), threads.run(many(1))]); // both have started
    const ended: string[] = [];
    const run = async (name: string, count: number): Promise<void> =>
      threads.run(many(count)).then(() => void ended.push(name));
    await Promise.all([run("heavy", 20_000), ...["one", "two", "three"].map(async (name) => run(name, 1))]);
    expect(ended).to.deep.equal(["one", "two", "three", "heavy"]);
  });

  it("end when they shall rest, and others take their place", async () => {
    const tired = openThreads();
    try {
      for (let round = 1; round <= 3; round++) {
        const credentials = [{ credential: CREDENTIAL, placement: PLACEMENT }];
        const [one] = await tired.run(sealTask("openattestation-v2", credentials));
        expect(one?.kind, `round ${round}`).to.equal("sealed");
        tired.rest();
      }
    } finally {
      tired.close();
    }
  });

  it("do not rest before they have answered", async () => {
    const busy = openThreads();
    try {
      const credentials = [{ credential: CREDENTIAL, placement: PLACEMENT }];
      const answer = busy.run(sealTask("openattestation-v2", credentials));
      busy.rest();
      expect((await answer)[0]?.kind).to.equal("sealed");
    } finally {
      busy.close();
    }
  });

  it("hand a fault back with its code, its words and its advice", async () => {
    const failure: unknown = await threads.run(sealTask("openattestation-v3", [])).catch((error: unknown) => error);
    expect(failure).to.have.property("code", "FORMAT_NOT_ISSUABLE");
    expect(failure).to.have.property("next").that.includes("openattestation-v2");
  });

  it("fail what is under way when they are closed", async () => {
    const others = openThreads();
    const waiting = others.run(sealTask("openattestation-v2", [])).catch((error: unknown) => error);
    others.close();
    expect(await waiting).to.have.property("code", "INTERNAL");
  });
});

function anchor(root: Uint8Array): Parameters<typeof openAttestationV2.attach>[2] {
  return { chainId: 1337, store: STORE, root: toHex(root), block: 1 };
}
