/** A store deployed by our command line, driven by OpenAttestation's own tools: roles, issuing, withdrawing; everybody agrees. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { openVerifier } from "../../src/app/open-verifier.ts";
import { startLocalChain, type LocalChain } from "../../src/cli/demo/local-chain.ts";
import { startLocalDns, type LocalDns } from "../../src/cli/demo/local-dns.ts";
import { LOCAL_KEYS } from "../support/local-node.ts";
import { LOCAL_KEY } from "../support/local-store.ts";
import { runCli } from "../support/run-cli.ts";
import { oaVerifier, openAttestation, type PeerVerdict } from "./oa-clients.ts";
import { newerStore, olderStore, peerSigner } from "./oa-store-clients.ts";

const DOMAIN = "law.uni.example";

interface Wrapped {
  readonly signature: { readonly targetHash: string; readonly merkleRoot: string };
}

describe("a store of ours in the hands of OpenAttestation's tools", function () {
  this.timeout(120_000);
  let chain: LocalChain;
  let dns: LocalDns;
  let folder: string;
  let store: string;
  let peer: (document: object) => Promise<PeerVerdict>;

  before(async () => {
    chain = await startLocalChain();
    folder = mkdtempSync(join(tmpdir(), "testamur-oa-store-"));
    const args = ["store", "deploy", "--name", "University of Example", "--rpc", chain.url];
    const deployed = await runCli(folder, args, { TESTAMUR_PRIVATE_KEY: LOCAL_KEY });
    expect(deployed.code, deployed.stderr).to.equal(0);
    store = deployed.stdout.trim();
    const records = { [DOMAIN]: [`openatts net=ethereum netId=1337 addr=${store}`] };
    dns = await startLocalDns(records);
    peer = oaVerifier(chain.url, records);
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await dns.stop();
    await chain.stop();
  });

  /** Wraps with their library, as one batch. */
  function wrap(count: number, first: number): readonly Wrapped[] {
    const issuer = {
      name: "University of Example",
      documentStore: store,
      identityProof: { type: "DNS-TXT", location: DOMAIN },
    };
    const contents = Array.from({ length: count }, (_, at) => ({
      name: "Bachelor of Laws",
      issuers: [issuer],
      recipient: { name: `Learner ${first + at}` },
    }));
    return openAttestation.wrapDocuments(contents) as readonly Wrapped[];
  }

  async function headline(document: object): Promise<string> {
    return (await openVerifier({ rpc: chain.url, dns: { resolvers: [dns.url] } }).verify(document)).headline;
  }

  const root = (document: Wrapped | undefined): string => `0x${document?.signature.merkleRoot ?? ""}`;
  const leaf = (document: Wrapped | undefined): string => `0x${document?.signature.targetHash ?? ""}`;

  for (const [generation, factory, key] of [
    ["newer", newerStore, LOCAL_KEYS[1]],
    ["older", olderStore, LOCAL_KEYS[2]],
  ] as const) {
    it(`takes roles, roots and withdrawals from the ${generation} client, and all verifiers agree`, async () => {
      const clerk = peerSigner(chain.url, key ?? "");
      const asAdmin = factory.connect(store, peerSigner(chain.url, LOCAL_KEY));
      const asClerk = factory.connect(store, clerk);
      for (const role of [await asAdmin.ISSUER_ROLE(), await asAdmin.REVOKER_ROLE()]) {
        await (await asAdmin.grantRole(role, clerk.address)).wait();
        expect(await asAdmin.hasRole(role, clerk.address)).to.equal(true);
      }
      const [single] = wrap(1, 0);
      const [first, second] = wrap(2, 10);
      const [third] = wrap(1, 20);
      await (await asClerk.issue(root(single))).wait();
      const many = [root(first), root(third)];
      await (
        generation === "older"
          ? await asClerk.bulkIssue(many)
          : await asClerk.multicall(many.map((one) => asClerk.interface.encodeFunctionData("issue", [one])))
      ).wait();
      for (const document of [single, first, second, third]) {
        expect(document).to.be.an("object");
        expect(await headline(document ?? {})).to.equal("VALID");
        expect((await peer(document ?? {})).isValid).to.equal(true);
      }
      await (await asClerk["revoke(bytes32)"]?.(leaf(first)))?.wait();
      expect([await headline(first ?? {}), await headline(second ?? {})]).to.deep.equal(["REVOKED", "VALID"]);
      expect([(await peer(first ?? {})).isValid, (await peer(second ?? {})).isValid]).to.deep.equal([false, true]);
      await (await asClerk["revoke(bytes32)"]?.(root(third)))?.wait();
      expect([await headline(third ?? {}), (await peer(third ?? {})).isValid]).to.deep.equal(["REVOKED", false]);
    });

    it(`refuses a stranger, as the ${generation} client expects it`, async () => {
      const stranger = factory.connect(store, peerSigner(chain.url, LOCAL_KEYS[3] ?? ""));
      const [document] = wrap(1, 30);
      const refused = await stranger.issue(root(document)).then(
        async (sent) => sent.wait(),
        (error: unknown) => error,
      );
      expect(refused).to.be.instanceOf(Error);
      expect(await headline(document ?? {})).to.equal("NOT_ANCHORED");
    });
  }
});
