/** A standard that wants a signature beside the anchor goes the same way, with one more port. */

import { readdirSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { fsck } from "../../src/issue/fsck.ts";
import { issue, type IssueRequest } from "../../src/issue/issue.ts";
import type { IssuePorts } from "../../src/issue/job.ts";
import { resume } from "../../src/issue/resume.ts";
import { verify } from "../../src/verify/verify.ts";
import { openLedger } from "../support/fake-ledger.ts";
import { fakePorts } from "../support/fake-ports.ts";
import { laterFaultOf } from "../support/faults.ts";
import { filesOf, portsOver, requestTo, type World } from "../support/issuing.ts";
import { openMemoryStore } from "../support/memory-store.ts";
import { withTemporaryDirectory } from "../support/temporary.ts";
import { badge, ISSUER, KEYS, sign } from "../support/w3c-samples.ts";

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
          findPublicKey: async (_controller: string, method: string) => {
            const key = KEYS[method];
            if (key === undefined) throw new Error(`no key ${method}`);
            return { kind: "answer", value: { kind: "key", key } } as const;
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

  it("hands nothing out when the signature is not the issuer's", async () => {
    const world = worldOf();
    const openSigner = () => ({ ...identity, sign: () => new Uint8Array(64).fill(7) });
    expect(await laterFaultOf(async () => issue(request(), { ...signingPorts(world), openSigner }))).to.equal(
      "CHECK_FAILED",
    );
    expect(readdirSync(join(temporary(), "out")).filter((name) => !name.startsWith("."))).to.deep.equal([]);
  });
});
