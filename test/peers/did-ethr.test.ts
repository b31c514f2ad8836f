/** The registry of did:ethr as it is deployed: what we read of it is what its own resolver reads, at every block; and a rotation. */

import { expect } from "chai";
import { encodeFunctionData, stringToHex } from "viem";

import { openVerifier } from "../../src/app/open-verifier.ts";
import { openChainReader } from "../../src/chain/chain-reader.ts";
import { toHex, type Hex } from "../../src/core/bytes.ts";
import { toEd25519PublicKey } from "../../src/core/ed25519.ts";
import type { Headline } from "../../src/core/findings.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { openDidEthrDocuments } from "../../src/identity/did-ethr-documents.ts";
import { ACCOUNTS, deployStore, send, write } from "../chain/support/stores.ts";
import { withLocalNode } from "../support/local-node.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { badge, drafts, issue, ISSUER, KEYS } from "../support/w3c-samples.ts";
import {
  DID_REGISTRY_ABI,
  DID_REGISTRY_CODE,
  ethrResolver,
  type PeerDidDocument,
  type PeerMethod,
} from "./did-ethr-clients.ts";

const CHAIN_ID = 1337;
const DAY = 86_400;
/** The key whose secret is 1, and its account. */
const ACCOUNT_OF_ONE = "0x7e5f4552091a69125d5dfcb7b8c2659029395bdf";
const SECP256K1 = "0x0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";

describe("did:ethr on its own registry", function () {
  this.timeout(60_000);
  const node = withLocalNode(CHAIN_ID);
  let registry: Hex;

  before(async () => {
    const { contractAddress } = await send(node(), { data: DID_REGISTRY_CODE });
    if (contractAddress === null) throw new Error("no registry was deployed");
    registry = contractAddress;
  });

  const callOf = (name: string, values: readonly unknown[]): Hex =>
    encodeFunctionData({ abi: DID_REGISTRY_ABI, functionName: name, args: values });

  async function change(account: Hex, name: string, values: readonly unknown[], from = account): Promise<void> {
    await send(node(), { to: registry, data: callOf(name, [account, ...values]), from });
  }

  /** Time and number of the last block. */
  async function latest(): Promise<{ readonly block: number; readonly time: string }> {
    const head = (await node().request("eth_getBlockByNumber", ["latest", false])) as Readonly<Record<string, string>>;
    const time = new Date(Number(head["timestamp"]) * 1000).toISOString();
    return { block: Number(head["number"]), time };
  }

  async function oursAt(did: string, account: Hex, moment: { readonly block: number; readonly time: string }) {
    const chain = openChainReader({ rpcUrls: [node().url], now: () => new Date(), viewMaxAgeMs: 400 * DAY * 1000 });
    const documents = openDidEthrDocuments({ chain, registries: { [CHAIN_ID]: registry } });
    const answer = await documents.documentOf(did, { chainId: CHAIN_ID, account }, { chainId: CHAIN_ID, ...moment });
    if (answer.kind === "silent") throw new Error(answer.reason);
    const { methods, listed } = answer.value;
    return methods.map(({ id, account: found, publicKey }) =>
      lineOf(id, found?.address ?? (publicKey === undefined ? undefined : toHex(publicKey.bytes)), {
        assertionMethod: listed.assertionMethod,
        authentication: listed.authentication,
      }),
    );
  }

  /** Changes of every kind, several in one block now and then, some of them ending soon; the time passes in between. */
  async function live(account: Hex, seed: number): Promise<void> {
    const random = seededRandom(seed);
    const pick = <Value>(values: readonly Value[]): Value => values[(random(1)[0] ?? 0) % values.length] as Value;
    const others = ACCOUNTS.slice(1);
    const keys = [
      ["did/pub/Ed25519/veriKey/hex", toHex(toEd25519PublicKey(new Uint8Array(32).fill(seed)))],
      ["did/pub/Secp256k1/veriKey/hex", SECP256K1],
      ["did/pub/Secp256k1/sigAuth/hex", SECP256K1],
      ["did/svc/Hub", "0x68747470733a2f2f6875622e6578616d706c65"],
      ["something else", "0x01"],
    ] as const;
    let owner = account;
    for (let round = 0; round < 8; round++) {
      await node().request("evm_setAutomine", [false]);
      const from = owner;
      for (let step = 0; step <= round % 3; step++) {
        const kind = pick(["delegate", "delegate", "key", "key", "end", "unkey", "owner"] as const);
        const validity = pick([1, DAY, 1000 * DAY]);
        const [type, delegate, [name, value]] = [pick(["veriKey", "sigAuth", "other"]), pick(others), pick(keys)];
        if (kind === "owner") owner = pick(ACCOUNTS);
        const calls = {
          delegate: ["addDelegate", [toWord(type), delegate, validity]],
          end: ["revokeDelegate", [toWord(type), delegate]],
          key: ["setAttribute", [toWord(name), value, validity]],
          unkey: ["revokeAttribute", [toWord(name), value]],
          owner: ["changeOwner", [owner]],
        } as const;
        const [call, values] = calls[kind];
        const data = callOf(call, [account, ...values]);
        await node().request("eth_sendTransaction", [{ from, to: registry, data, gas: "0x30d40" }]);
        if (kind === "owner") break; // whoever it was handed to acts from the next block on
      }
      await node().request("evm_increaseTime", [DAY / 2]);
      await node().request("evm_mine");
      await node().request("evm_setAutomine", [true]);
    }
  }

  it("is read as its own resolver reads it, at every block of four lives", async () => {
    const theirs = ethrResolver(node().url, registry);
    const identities = Array.from({ length: 4 }, (_, at) => ({ account: ACCOUNTS[at] ?? "0x", seed: at + 1 }));
    let compared = 0;
    let longest = 0;
    for (const { account, seed } of identities) {
      const { block: from } = await latest();
      await live(account, seed);
      const { block: last } = await latest();
      const did = `did:ethr:0x539:${account}`;
      for (let block = from; block <= last; block++) {
        const head = (await node().request("eth_getBlockByNumber", [`0x${block.toString(16)}`, false])) as Readonly<
          Record<string, string>
        >;
        const moment = { block, time: new Date(Number(head["timestamp"]) * 1000).toISOString() };
        const expected = linesOf(await theirs(did, block));
        expect(await oursAt(did, account, moment), `${did} in block ${block}`).to.have.members(expected);
        longest = Math.max(longest, expected.length);
        compared += 1;
      }
    }
    expect(compared).to.be.greaterThan(30);
    expect(longest).to.be.greaterThan(3);
  });

  it("vouches for what its register took in while it was listed, whoever controls the DID since, and for nothing later", async () => {
    const accounts = (await node().request("eth_accounts")) as readonly Hex[];
    const account = accounts[10] ?? "0x";
    const did = `did:ethr:0x539:${account}`;
    const store = await deployStore(node());
    const key = toHex(KEYS[`${ISSUER}#key-1`]?.bytes ?? new Uint8Array());
    await change(account, "addDelegate", [toWord("veriKey"), store, 1000 * DAY]);
    await change(account, "setAttribute", [toWord("did/pub/Ed25519/veriKey/hex"), key, 1000 * DAY]);
    const proof = drafts().map((draft, at) => ({ ...draft, verificationMethod: `${did}#delegate-${2 - at}` }));
    const issuer = { id: did, type: ["Profile"], name: "Example University" };

    async function anchored(seed: number): Promise<JsonObject> {
      const issued = await issue(badge({ issuer, proof }), { placement: { chainId: CHAIN_ID, store }, seed });
      await write(node(), store, { functionName: "issue", args: [toHex(issued.root)] });
      return issued.document;
    }
    async function headlineOf(document: JsonObject): Promise<Headline> {
      const { time } = await latest();
      const verifier = openVerifier({
        rpc: node().url,
        didRegistries: { [CHAIN_ID]: registry },
        trust: JSON.stringify({ issuers: [{ name: "Example University", dids: [did] }] }),
        clock: { now: () => new Date(time) },
      });
      return (await verifier.verify(document)).headline;
    }

    const old = await anchored(1);
    expect(await headlineOf(old)).to.equal("VALID");
    await change(account, "revokeAttribute", [toWord("did/pub/Ed25519/veriKey/hex"), key]);
    const withoutKey = await anchored(2);
    await change(account, "revokeDelegate", [toWord("veriKey"), store]);
    await change(account, "changeOwner", [accounts[11]]);
    expect(await headlineOf(old)).to.equal("VALID");
    expect(await headlineOf(withoutKey)).to.equal("ISSUER_CONTRADICTED");
    await change(account, "setAttribute", [toWord("did/pub/Ed25519/veriKey/hex"), key, 1000 * DAY], accounts[11]);
    expect(await headlineOf(await anchored(3))).to.equal("ISSUER_CONTRADICTED");
  });
});

function toWord(text: string): Hex {
  return stringToHex(text, { size: 32 });
}

function linesOf({ verificationMethod, assertionMethod, authentication }: PeerDidDocument): readonly string[] {
  return verificationMethod.map((method) => lineOf(method.id, materialOf(method), { assertionMethod, authentication }));
}

/** `<name> <account or key> <a: may assert, s: may show who one is>`. */
function lineOf(
  id: string,
  material: string | undefined,
  { assertionMethod, authentication }: Pick<PeerDidDocument, "assertionMethod" | "authentication">,
): string {
  const uses = `${assertionMethod.includes(id) ? "a" : ""}${authentication.includes(id) ? "s" : ""}`;
  return `${id.slice(id.indexOf("#"))} ${material ?? "nothing"} ${uses}`;
}

/** An account where there is one or the key is of Ethereum's curve, else the bytes of the key. */
function materialOf(method: PeerMethod): string | undefined {
  if (method.blockchainAccountId !== undefined) return method.blockchainAccountId.split(":").at(-1)?.toLowerCase();
  return `0x${method.publicKeyHex}` === SECP256K1 ? ACCOUNT_OF_ONE : `0x${method.publicKeyHex}`;
}
