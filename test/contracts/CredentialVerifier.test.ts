/** Inclusion and standing on chain, for both tree shapes, against the definitions and the published vectors. */
import { expect } from "chai";
import { concat, dataLength, id, keccak256, toUtf8Bytes } from "ethers";
import fc from "fast-check";
import { holds } from "../support/property.ts";
import { accounts, type CredentialVerifier, deploy, type DocumentStore, freshChain } from "./support/chain.ts";
import { nativeLeaf, positionedTree, sortedTree } from "./support/trees.ts";

const { ethers, networkHelpers } = await freshChain();
const [owner] = await accounts(ethers);

interface Deployed {
  readonly verifier: CredentialVerifier;
  readonly store: DocumentStore;
}

async function deployBoth(): Promise<Deployed> {
  return {
    verifier: await deploy(ethers, "CredentialVerifier", []),
    store: await deploy(ethers, "DocumentStore", ["University of Somewhere", owner]),
  };
}

const NOT_ANCHORED = 0n;
const REVOKED = 1n;
const GOOD = 2n;

/** Contents of sorted leaves look like OpenAttestation's: a JSON array of hashes. */
function contentsOf(count: number): string[] {
  return Array.from({ length: count }, (_, i) => JSON.stringify([id(`field of document ${i}`).slice(2)]));
}

const toLeaf = (content: string): string => keccak256(toUtf8Bytes(content));
const nativeLeaves = (count: number): string[] => Array.from({ length: count }, (_, i) => nativeLeaf(`{"i":${i}}`));

describe("CredentialVerifier.verifyInclusionPositioned", () => {
  /** From the cryptosuite's specification, made there with two other implementations. */
  const VECTORS = {
    leaf0: "0x6e9bca7352239d998c8161458921e38637264e735a7dd96d8df9283d5eff8bc6",
    root1: "0x5c65e7ea328277712dbd2495980133649c47e7238d9c64e7139ecac1d636cdd6",
    root7: "0x2f436fc7f2802d61e2eec73ee72adb8f032d41542c39bc83a6031c989f603b49",
    proof7at4:
      "hAEHBINYIMM5EQ-02cOJQp7XGr9QR1_uB7KPzVMsFWApcRWoeTV0WCCzhJG3fYoDuKC3WOQvkVJMBy7a4avSYgAsxL8WkeoglFggWjr9rysH65uaNp-hE34e-Cs6FQqputOEUeSIWeqSnt4",
  };

  it("agrees with the specification's vectors", async () => {
    const { verifier } = await networkHelpers.loadFixture(deployBoth);
    expect(nativeLeaf('{"i":0}')).to.equal(VECTORS.leaf0);
    expect(await verifier.verifyInclusionPositioned(VECTORS.root1, VECTORS.leaf0, 0, 1, [])).to.equal(true);
    // CBOR [1, 7, 4, [three strings of 32 bytes]]: 0x84 01 07 04 83, then 0x58 0x20 before each.
    const proof = Buffer.from(VECTORS.proof7at4, "base64url");
    expect([...proof.subarray(0, 5)]).to.deep.equal([0x84, 1, 7, 4, 0x83]);
    const path = [0, 1, 2].map((i) => `0x${proof.subarray(7 + i * 34, 39 + i * 34).toString("hex")}`);
    const leaf4 = nativeLeaf('{"i":4}');
    expect(await verifier.verifyInclusionPositioned(VECTORS.root7, leaf4, 4, 7, path)).to.equal(true);
    expect(positionedTree(nativeLeaves(7)).root).to.equal(VECTORS.root7);
  });

  it("accepts every leaf of every tree up to 17 leaves at its place, and at no other", async () => {
    const { verifier } = await networkHelpers.loadFixture(deployBoth);
    for (let size = 1; size <= 17; size += 1) {
      const leaves = nativeLeaves(size);
      const tree = positionedTree(leaves);
      for (let index = 0; index < size; index += 1) {
        const path = tree.pathOf(index);
        for (let claimed = 0; claimed <= size; claimed += 1) {
          const answer = await verifier.verifyInclusionPositioned(tree.root, leaves[index], claimed, size, path);
          expect(answer, `leaf ${index} of ${size} at ${claimed}`).to.equal(claimed === index);
        }
      }
    }
  });

  it("accepts leaves of random trees, and refuses a changed size, length, sibling, leaf or root", async () => {
    const { verifier } = await networkHelpers.loadFixture(deployBoth);
    const place = fc.integer({ min: 1, max: 300 }).chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1)));
    const run = fc.asyncProperty(place, fc.nat(), async ([size, index], pick) => {
      const leaves = nativeLeaves(size);
      const { root, pathOf } = positionedTree(leaves);
      const leaf = leaves[index]!;
      const path = pathOf(index);
      const ask = async (...args: unknown[]): Promise<unknown> => await verifier.verifyInclusionPositioned(...args);
      expect(await ask(root, leaf, index, size, path)).to.equal(true);
      expect(await ask(root, leaf, index, size + 1 + (pick % 50), path)).to.equal(false);
      expect(await ask(root, leaf, index, size, [...path, id("one more")])).to.equal(false);
      expect(await ask(root, id("another leaf"), index, size, path)).to.equal(false);
      expect(await ask(id("another root"), leaf, index, size, path)).to.equal(false);
      if (path.length > 0) {
        const changed = path.with(pick % path.length, id("another sibling"));
        expect(await ask(root, leaf, index, size, changed)).to.equal(false);
        expect(await ask(root, leaf, index, size, path.slice(1))).to.equal(false);
      }
    });
    await holds(run, 0.3);
  });

  it("takes no inner node for a leaf, at any index", async () => {
    const { verifier } = await networkHelpers.loadFixture(deployBoth);
    for (const size of [2, 3, 5, 7, 8, 11]) {
      const tree = positionedTree(nativeLeaves(size));
      const leaves = new Set(nativeLeaves(size));
      for (const { node, path } of tree.inner.filter((inner) => !leaves.has(inner.node))) {
        for (let index = 0; index < size; index += 1) {
          expect(await verifier.verifyInclusionPositioned(tree.root, node, index, size, path)).to.equal(false);
        }
      }
    }
  });

  it("refuses an empty tree, a place outside the tree and a tree beyond 2^32", async () => {
    const { verifier } = await networkHelpers.loadFixture(deployBoth);
    const { root } = positionedTree(nativeLeaves(1));
    for (const [index, size] of [
      [0n, 0n],
      [1n, 1n],
      [2n ** 256n - 1n, 1n],
      [0n, 2n ** 32n + 1n],
      [0n, 2n ** 64n + 1n],
      [0n, 2n ** 256n - 1n],
    ]) {
      expect(await verifier.verifyInclusionPositioned(root, nativeLeaf('{"i":0}'), index, size, [])).to.equal(false);
    }
  });

  it("refuses the last leaf of a tree of 2^32 + 1, whose path would fit", async () => {
    const { verifier } = await networkHelpers.loadFixture(deployBoth);
    const leaf = nativeLeaf("{}");
    const top = keccak256(concat(["0x01", id("all others"), leaf]));
    const root = keccak256(concat(["0x02", "0x0000000100000001", top]));
    const ask = verifier.verifyInclusionPositioned(root, leaf, 2n ** 32n, 2n ** 32n + 1n, [id("all others")]);
    expect(await ask).to.equal(false);
  });

  it("folds the longest path there is: 32 siblings in a tree of 2^32", async () => {
    const { verifier } = await networkHelpers.loadFixture(deployBoth);
    const path = Array.from({ length: 32 }, (_, i) => id(`sibling ${i}`));
    const leaf = nativeLeaf("{}");
    const top = path.reduce((node, sibling) => keccak256(concat(["0x01", node, sibling])), leaf);
    const root = keccak256(concat(["0x02", "0x0000000100000000", top]));
    expect(await verifier.verifyInclusionPositioned(root, leaf, 0, 2 ** 32, path)).to.equal(true);
  });
});

describe("CredentialVerifier.verifyInclusionSorted", () => {
  it("accepts every document of a tree of sorted pairs by its content", async () => {
    const { verifier } = await networkHelpers.loadFixture(deployBoth);
    for (const size of [1, 2, 3, 7, 10]) {
      const contents = contentsOf(size);
      const tree = sortedTree(contents.map(toLeaf));
      for (const [index, content] of contents.entries()) {
        const data = toUtf8Bytes(content);
        expect(await verifier.verifyInclusionSorted(tree.root, data, tree.pathOf(index))).to.equal(true);
        expect(await verifier.verifyInclusionSorted(id("root"), data, tree.pathOf(index))).to.equal(false);
        const changed = toUtf8Bytes(`${content} `);
        expect(await verifier.verifyInclusionSorted(tree.root, changed, tree.pathOf(index))).to.equal(false);
      }
    }
  });

  it("takes no inner node for a document: the 64 bytes of a pair are refused", async () => {
    const { verifier } = await networkHelpers.loadFixture(deployBoth);
    const leaves = contentsOf(4).map(toLeaf);
    const { root, inner } = sortedTree(leaves);
    const [a, b] = leaves as [string, string];
    const pair = BigInt(a) < BigInt(b) ? concat([a, b]) : concat([b, a]);
    const above = inner.find(({ node }) => node === keccak256(pair));
    expect(dataLength(pair)).to.equal(64);
    expect(above?.path.length).to.equal(1);
    expect(await verifier.verifyInclusionSorted(root, pair, above?.path)).to.equal(false);
  });

  it("folds up to 64 siblings and refuses more", async () => {
    const { verifier } = await networkHelpers.loadFixture(deployBoth);
    const content = toUtf8Bytes("[]");
    for (const [length, answer] of [
      [64, true],
      [65, false],
    ] as const) {
      const path = Array.from({ length }, (_, i) => id(`sibling ${i}`));
      const root = path.reduce(
        (node, sibling) =>
          keccak256(BigInt(node) < BigInt(sibling) ? concat([node, sibling]) : concat([sibling, node])),
        keccak256(content),
      );
      expect(await verifier.verifyInclusionSorted(root, content, path)).to.equal(answer);
    }
  });
});

describe("CredentialVerifier and a store", () => {
  const contents = contentsOf(5);
  const sorted = sortedTree(contents.map(toLeaf));
  const positioned = positionedTree(nativeLeaves(5));

  const SHAPES = {
    checkSorted: {
      root: sorted.root,
      ask: async ({ verifier, store }: Deployed) =>
        await verifier.checkSorted(store, toUtf8Bytes(contents[1]!), sorted.pathOf(1)),
      nodes: nodesAbove(toLeaf(contents[1]!), sorted),
    },
    checkPositioned: {
      root: positioned.root,
      ask: async ({ verifier, store }: Deployed) =>
        await verifier.checkPositioned(store, nativeLeaves(5)[1], 1, 5, positioned.pathOf(1)),
      nodes: nodesAbove(nativeLeaves(5)[1]!, positioned),
    },
  };

  /** The leaf and every node above it: those inner nodes that are no sibling on its path, the top and the root. */
  function nodesAbove(leaf: string, tree: typeof sorted): string[] {
    const siblings = tree.pathOf(1);
    const above = tree.inner.filter(({ path, node }) => {
      const tail = siblings.slice(siblings.length - path.length);
      return !siblings.includes(node) && path.length < siblings.length && path.every((step, i) => step === tail[i]);
    });
    return [...new Set([leaf, ...above.map(({ node }) => node), tree.top, tree.root])];
  }

  for (const [name, { root, ask, nodes }] of Object.entries(SHAPES)) {
    it(`${name} finds a document under an issued root good`, async () => {
      const deployed = await networkHelpers.loadFixture(deployBoth);
      expect(await ask(deployed)).to.equal(NOT_ANCHORED);
      await deployed.store.issue(root);
      expect(await ask(deployed)).to.equal(GOOD);
    });

    it(`${name} finds a document revoked by any node of its path, and by no other`, async () => {
      expect(nodes.length).to.equal(name === "checkSorted" ? 4 : 5);
      for (const node of nodes) {
        const deployed = await networkHelpers.loadFixture(deployBoth);
        await deployed.store.issue(root);
        await deployed.store.revoke(id("another document"));
        expect(await ask(deployed)).to.equal(GOOD);
        await deployed.store.revoke(node);
        expect(await ask(deployed)).to.equal(REVOKED);
      }
    });

    it(`${name} finds a document void whose root a stolen key anchored`, async () => {
      const deployed = await networkHelpers.loadFixture(deployBoth);
      await deployed.store.issue(root);
      await deployed.store.declareCompromise(owner, 1);
      expect(await ask(deployed)).to.equal(REVOKED);
    });
  }

  it("finds nothing anchored by a path that cannot be one", async () => {
    const { verifier, store } = await networkHelpers.loadFixture(deployBoth);
    await store.issue(positioned.root);
    const leaf = nativeLeaves(5)[1];
    expect(await verifier.checkPositioned(store, leaf, 5, 5, positioned.pathOf(1))).to.equal(NOT_ANCHORED);
    expect(await verifier.checkSorted(store, concat([id("a"), id("b")]), [])).to.equal(NOT_ANCHORED);
  });
});
