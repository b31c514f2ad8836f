/** Which chain a node serves: what it says of its id counts only with the first block of that chain. */

import { expect } from "chai";

import { openNodes } from "../../src/chain/open-nodes.ts";
import { networkOf, type Network } from "../../src/chain/networks.ts";
import { openPatience } from "../../src/chain/patience.ts";
import { openServingNodes, type Serving } from "../../src/chain/serving-nodes.ts";
import type { Answer } from "../../src/core/ports/answer.ts";

const OTHER = `0x${"0b".repeat(32)}`;
const HERE = "http://127.0.0.1:8545";
const REMOTE = "https://node.example";

/** A node as it answers: its chain id, and the hash of its first block, if it tells. */
interface Told {
  readonly chainId: number;
  readonly genesis?: string | undefined;
}

/** Nodes by their addresses; `posts` counts what arrives. */
function nodesAt(told: Readonly<Record<string, Told>>, known: readonly Network[] = []) {
  let posts = 0;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    posts++;
    const node = told[new URL(input instanceof Request ? input.url : input).origin];
    if (node === undefined) throw new TypeError("nobody answers");
    const calls = [JSON.parse(init?.body as string)].flat() as { readonly id: number; readonly method: string }[];
    return Response.json(calls.map(({ id, method }) => ({ jsonrpc: "2.0", id, result: resultOf(method, node) })));
  };
  const rpc = openNodes(Object.keys(told), { fetch, deadlineMs: 500 });
  return { nodes: openServingNodes(rpc, known), posts: () => posts };
}

function resultOf(method: string, { chainId, genesis }: Told): unknown {
  if (method === "eth_chainId") return `0x${chainId.toString(16)}`;
  if (genesis === undefined) return null;
  return { number: "0x0", hash: genesis, timestamp: "0x0", transactions: [], gasLimit: "0x1388" };
}

async function servingOf(chainId: number, told: Told, address = REMOTE): Promise<Answer<Serving | "none">> {
  return nodesAt({ [address]: told }).nodes.of(chainId, openPatience(1_000));
}

function namesOf(answer: Answer<Serving | "none">): string {
  if (answer.kind === "silent") return "silent";
  return answer.value === "none" ? "none" : answer.value.network.name;
}

describe("openServingNodes", () => {
  it("takes a node for the network whose first block it has", async () => {
    for (const chainId of [1, 10, 100, 137, 8453, 17000, 42161, 560048, 11155111])
      expect(namesOf(await servingOf(chainId, { chainId, genesis: networkOf(chainId).genesis }))).to.equal(
        networkOf(chainId).name,
      );
  });

  it("does not take a node with the id alone, nor one that does not tell its first block", async () => {
    for (const chainId of [1, 137, 11155111, 5]) {
      expect(namesOf(await servingOf(chainId, { chainId, genesis: OTHER })), String(chainId)).to.equal("silent");
      expect(namesOf(await servingOf(chainId, { chainId })), String(chainId)).to.equal("silent");
    }
    const impostor = await servingOf(1, { chainId: 1, genesis: OTHER });
    expect(impostor.kind === "silent" && impostor.reason)
      .to.contain(OTHER)
      .and.contain("Ethereum");
  });

  it("takes a chain on this machine that has a test network's id for a test network, but not for that one", async () => {
    const answer = await servingOf(11155111, { chainId: 11155111, genesis: OTHER }, HERE);
    expect(namesOf(answer)).to.equal("local chain 11155111");
    expect(answer).to.have.nested.property("value.network.kind", "test");
    expect(namesOf(await servingOf(1, { chainId: 1, genesis: OTHER }, HERE)), "worth money").to.equal("silent");
  });

  it("means the public network where a chain on this machine has its id too", async () => {
    const { genesis } = networkOf(11155111);
    const { nodes } = nodesAt({
      [HERE]: { chainId: 11155111, genesis: OTHER },
      [REMOTE]: { chainId: 11155111, genesis },
    });
    const answer = await nodes.of(11155111, openPatience(1_000));
    expect(namesOf(answer)).to.equal("Sepolia");
    expect(answer).to.have.nested.property("value.rpc.endpoints").that.has.length(1);
  });

  it("lets a node be whatever chain it says where no first block is known", async () => {
    expect(namesOf(await servingOf(1337, { chainId: 1337, genesis: OTHER }))).to.equal("local chain 1337");
    expect(namesOf(await servingOf(424242, { chainId: 424242 }))).to.equal("unlisted chain 424242");
  });

  it("goes by what the operator says of a chain", async () => {
    const own: Network = { ...networkOf(1337), chainId: 1, name: "campus", genesis: `0x${"0b".repeat(32)}` };
    const { nodes } = nodesAt({ [REMOTE]: { chainId: 1, genesis: OTHER } }, [own]);
    expect(namesOf(await nodes.of(1, openPatience(1_000)))).to.equal("campus");
  });

  it("knows that an impostor of one network serves no other", async () => {
    expect(namesOf(await servingOf(137, { chainId: 1, genesis: OTHER }))).to.equal("none");
    expect(
      await nodesAt({ [REMOTE]: { chainId: 1, genesis: OTHER } }).nodes.defaultChain(openPatience(1_000)),
    ).to.include({
      kind: "silent",
    });
  });

  it("asks each node once, for both in one POST", async () => {
    const { nodes, posts } = nodesAt({ [REMOTE]: { chainId: 1, genesis: networkOf(1).genesis } });
    for (let time = 0; time < 100; time++) expect(namesOf(await nodes.of(1, openPatience(1_000)))).to.equal("Ethereum");
    await nodes.of(137, openPatience(1_000));
    expect(posts()).to.equal(1);
  });
});
