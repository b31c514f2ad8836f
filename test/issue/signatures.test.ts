/** A standard that wants a signature beside the anchor goes the same way, with one more port. */

import { readdirSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { toMultibase64 } from "../../src/core/base64url.ts";
import { fromHex, type Hex } from "../../src/core/bytes.ts";
import { finding } from "../../src/core/findings.ts";
import type { JsonObject } from "../../src/core/json.ts";
import type { JobEvent } from "../../src/core/ports/handing-out.ts";
import type { KeyQuestion } from "../../src/core/ports/identity.ts";
import { STATUS_LIST } from "../../src/formats/w3c-vc-v2/names.ts";
import { fsck } from "../../src/issue/fsck.ts";
import { issue } from "../../src/issue/issue.ts";
import type { IssueRequest } from "../../src/issue/prepare.ts";
import type { IssuePorts } from "../../src/issue/job.ts";
import { resume } from "../../src/issue/resume.ts";
import { verify } from "../../src/verify/verify.ts";
import { collect } from "../support/collect.ts";
import { openLedger, STORE } from "../support/fake-ledger.ts";
import { fakePorts } from "../support/fake-ports.ts";
import { laterFaultOf } from "../support/faults.ts";
import { filesOf, portsOver, requestTo, TEMPLATE_CONTENT, type World } from "../support/issuing.ts";
import { openMemoryStore } from "../support/memory-store.ts";
import { withTemporaryDirectory } from "../support/temporary.ts";
import { endorsement, learnerRecord } from "../support/w3c-collections.ts";
import { badge, issue as issueSample, ISSUER, KEYS, sign } from "../support/w3c-samples.ts";

describe("issue, in a format with signatures", () => {
  const temporary = withTemporaryDirectory();
  const verificationMethod = `${ISSUER}#key-1`;
  const identity = { issuer: ISSUER, verificationMethod, publicKey: KEYS[verificationMethod]! };
  const template = badge({ id: "urn:uuid:{{$uuid}}", name: "Bachelor of {{subject}}" });
  const request = (): IssueRequest => ({ ...requestTo(join(temporary(), "out")), format: "w3c-vc-v2" });
  const worldOf = (): World => ({
    ledger: openLedger(),
    batches: openMemoryStore(),
    files: filesOf("id,subject\n1,Laws\n2,Arts\n3,Science\n", template),
  });

  function signingPorts(world: World, signed: Uint8Array[] = []): IssuePorts {
    return {
      ...portsOver(world),
      openSigner: () => ({
        ...identity,
        sign(bytes) {
          signed.push(bytes);
          return sign("eddsa-rdfc-2022", bytes);
        },
      }),
      openChecker: () => {
        const view = { kind: "view", view: world.ledger.view() } as const;
        const keys = {
          findAccount: async () => ({ kind: "silent", reason: "not asked" }) as const,
          findPublicKey: async ({ key }: KeyQuestion) => {
            const found = KEYS[key];
            if (found === undefined) throw new Error(`no key ${key}`);
            return { kind: "answer", value: { kind: "key", key: found } } as const;
          },
        };
        return { check: async (bytes) => verify(bytes, {}, fakePorts({ view, keys })) };
      },
    };
  }

  it("hands out documents that are signed and anchored", async () => {
    const world = worldOf();
    const signed: Uint8Array[] = [];
    const { count, out } = await issue(request(), signingPorts(world, signed));
    expect(count).to.equal(3);
    expect(signed).to.have.length(3);
    expect(readdirSync(out).filter((name) => name.endsWith(".json"))).to.have.length(3);
    expect((await fsck(signingPorts(world))).problems).to.deep.equal([]);
  });

  it("hands out endorsements and learner records in the same way", async () => {
    const { document: part } = await issueSample();
    for (const [at, said] of [endorsement(), learnerRecord([part])].entries()) {
      const files = filesOf("id,subject\n1,Laws\n2,Arts\n", { ...said, id: "urn:uuid:{{$uuid}}", name: "{{subject}}" });
      const world = { ...worldOf(), files };
      const { count } = await issue({ ...request(), out: join(temporary(), `out-${at}`) }, signingPorts(world));
      expect(count).to.equal(2);
    }
  });

  it("signs while sealing, so that nothing is signed twice by a run that goes on", async () => {
    const world = worldOf();
    const first: Uint8Array[] = [];
    const approve = (): boolean => false;
    expect(await laterFaultOf(async () => issue(request(), { ...signingPorts(world, first), approve }))).to.equal(
      "APPROVAL_NEEDED",
    );
    const later: Uint8Array[] = [];
    await resume(world.batches.listBatches()[0]?.id ?? "", signingPorts(world, later));
    expect([first.length, later.length]).to.deep.equal([3, 0]);
  });

  it("refuses without a key, before anything is anchored", async () => {
    const world = worldOf();
    expect(await laterFaultOf(async () => issue(request(), portsOver(world)))).to.equal("KEY_MISSING");
    expect(world.ledger.sent).to.deep.equal([]);
  });

  it("refuses a signature that is not the issuer's, before anything is anchored", async () => {
    const world = worldOf();
    const openSigner = () => ({ ...identity, sign: () => new Uint8Array(64).fill(7) });
    expect(await laterFaultOf(async () => issue(request(), { ...signingPorts(world), openSigner }))).to.equal(
      "CHECK_FAILED",
    );
    expect(world.ledger.sent).to.deep.equal([]);
    expect(readdirSync(join(temporary(), "out"))).to.deep.equal([]);
  });

  it("waits, with nothing anchored, while nobody can look the key up", async () => {
    const world = worldOf();
    const openChecker = () => ({
      check: async () => ({
        findings: [finding("signature", "SIGNATURE_KEY_SILENT", "the DID document is not there")],
      }),
    });
    expect(await laterFaultOf(async () => issue(request(), { ...signingPorts(world), openChecker }))).to.equal(
      "NODE_UNAVAILABLE",
    );
    expect(world.ledger.sent).to.deep.equal([]);
    await resume(world.batches.listBatches()[0]?.id ?? "", signingPorts(world));
  });

  it("gives a credential without proofs the signer's, and the store's", async () => {
    const { proof: _, ...unsigned } = template;
    const world = { ...worldOf(), files: filesOf("id,subject\n1,Laws\n", { ...unsigned, issuer: "{{$issuer}}" }) };
    const signing = signingPorts(world);
    const checker = { check: async () => ({ findings: [], anchor: { root: "0x" as const, chainId: 1 } }) };
    const seen: JsonObject[] = [];
    await laterFaultOf(async () =>
      issue(request(), {
        ...signing,
        openChecker: () => ({
          check: async (bytes) => {
            seen.push(JSON.parse(new TextDecoder().decode(bytes)) as JsonObject);
            return checker.check();
          },
        }),
      }),
    );
    const [document] = seen;
    expect(document).to.have.property("issuer", ISSUER);
    expect(document).to.have.nested.property("proof[0].verificationMethod", verificationMethod);
    expect(document).to.have.nested.property("proof[0].cryptosuite", "eddsa-rdfc-2022");
    expect(document).to.have.nested.property("proof[1].verificationMethod", `${ISSUER}#store-1337-${STORE}`);
  });

  it("refuses a template that asks for an issuer nobody has set", async () => {
    const files = filesOf("id,subject\n1,Laws\n", {
      ...TEMPLATE_CONTENT,
      name: "{{$issuer}}",
      transcript: "{{subject}}",
    });
    const world = { ...worldOf(), files };
    const asked = { ...request(), format: "openattestation-v2" } as const;
    expect(await laterFaultOf(async () => issue(asked, portsOver(world)))).to.equal("TEMPLATE_INVALID");
  });

  describe("places in the status list", () => {
    interface Entry {
      readonly statusListIndex: string;
    }
    const roster = `id,subject\n${Array.from({ length: 40 }, (_, at) => `${at},Laws\n`).join("")}`;

    async function placesIn(world: World): Promise<readonly (readonly [string, string])[]> {
      const [order] = world.batches.listBatches();
      const entries = await collect(world.batches.readSealed(order?.id ?? ""));
      return entries.map(({ sealed }) => {
        const { content } = JSON.parse(sealed) as { readonly content: JsonObject };
        const statuses = content["credentialStatus"] as unknown as readonly Entry[];
        expect(new Set(statuses.map(({ statusListIndex }) => statusListIndex)).size).to.equal(1);
        return [content[STATUS_LIST] as string, statuses[0]?.statusListIndex ?? ""];
      });
    }

    it("are one list for the batch, and for every document a place of its own that tells nothing of its row", async () => {
      const world = { ...worldOf(), files: filesOf(roster, template) };
      await issue(request(), signingPorts(world));
      const places = await placesIn(world);
      expect(new Set(places.map(([list]) => list)).size).to.equal(1);
      const indexes = places.map(([, index]) => Number(index));
      expect(new Set(indexes).size).to.equal(40);
      expect(Math.max(...indexes)).to.be.within(40, 2 ** 17 - 1);
      expect(indexes).not.to.deep.equal(indexes.toSorted((a, b) => a - b));
    });

    it("are the same when sealing starts again, and another list's for another batch", async () => {
      const world = { ...worldOf(), files: filesOf(roster, template) };
      const die = async (name: string): Promise<void> => {
        if (name === "before:commit-sealed") throw new Error("killed");
      };
      let died = false;
      await issue(request(), { ...signingPorts(world), checkpoint: die }).catch(() => (died = true));
      expect(died).to.equal(true);
      const [order] = world.batches.listBatches();
      const { statusList, statusSize } = world.batches.historyOf(order?.id ?? "")[0]?.detail ?? {};
      expect(statusSize).to.equal(2 ** 17);
      await resume(order?.id ?? "", signingPorts(world));
      const places = await placesIn(world);
      expect(places[0]?.[0]).to.equal(toMultibase64(fromHex(statusList as Hex)));
      const other = { ...worldOf(), files: filesOf(roster, template) };
      await issue({ ...request(), out: join(temporary(), "other") }, signingPorts(other));
      expect((await placesIn(other))[0]?.[0]).not.to.equal(places[0]?.[0]);
    });

    it("leave their key out of what the job says", async () => {
      const events: JobEvent[] = [];
      const world = { ...worldOf(), events };
      await issue(request(), signingPorts(world));
      expect(JSON.stringify(events)).to.contain("statusList").and.not.to.contain("statusKey");
    });
  });
});
