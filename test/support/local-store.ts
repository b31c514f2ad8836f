/** A real local chain with a DocumentStore on it, and documents of ours issued through it: for tests that want the real thing. */

import { Contract, ContractFactory, JsonRpcProvider, NonceManager, Wallet } from "ethers";

import { documentStoreAbi, documentStoreBytecode } from "../../src/chain/artifacts/document-store.ts";
import { startLocalChain, type LocalChain } from "../../src/cli/demo/local-chain.ts";
import { concatBytes, toHex, type Hex } from "../../src/core/bytes.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { openAttestationV2 } from "../../src/formats/openattestation-v2/openattestation-v2.ts";
import { buildSortedTree } from "../../src/merkle/sorted-tree.ts";
import { seededRandom } from "./seeded-random.ts";

/** The first account of the public test mnemonic: good for local chains only. */
export const LOCAL_KEY: Hex = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

export interface LocalStore {
  readonly chain: LocalChain;
  readonly address: Hex;
  issue(root: string): Promise<void>;
  revoke(node: string): Promise<void>;
  /** Seals, anchors in one transaction and attaches: JSON texts in the order of `credentials`. */
  issueBatch(credentials: readonly JsonObject[]): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** Starts a chain with id 1337 and deploys a store owned by its first account. */
export async function startLocalStore(): Promise<LocalStore> {
  const chain = await startLocalChain();
  const provider = new JsonRpcProvider(chain.url, 1337, { staticNetwork: true, cacheTimeout: -1, pollingInterval: 50 });
  const signer = new NonceManager(new Wallet(LOCAL_KEY, provider));
  const factory = new ContractFactory([...documentStoreAbi], documentStoreBytecode, signer);
  const deployed = await factory.deploy("University of Example", await signer.getAddress());
  await deployed.waitForDeployment();
  const address = (await deployed.getAddress()).toLowerCase() as Hex;
  const store = new Contract(address, [...documentStoreAbi], signer);
  const random = seededRandom(1);

  async function send(method: "issue" | "revoke", argument: string): Promise<void> {
    const sent = (await store.getFunction(method)(argument)) as { wait(): Promise<unknown> };
    await sent.wait();
  }

  return {
    chain,
    address,
    issue: async (root) => send("issue", root),
    revoke: async (node) => send("revoke", node),
    async issueBatch(credentials) {
      const sealed = credentials.map((credential) =>
        openAttestationV2.seal(credential, { chainId: 1337, store: address }, random),
      );
      const tree = buildSortedTree(concatBytes(...sealed.map(({ leaf }) => leaf)));
      const root = toHex(tree.root);
      await send("issue", root);
      const anchor = { chainId: 1337, store: address, root, block: 1 };
      return sealed.map(({ text, leaf }, at) =>
        openAttestationV2.attach(
          text,
          { leaf, path: tree.pathOf(at), root: tree.root, index: at, size: sealed.length },
          anchor,
          [],
        ),
      );
    },
    async stop() {
      provider.destroy();
      await chain.stop();
    },
  };
}
