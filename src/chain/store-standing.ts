/** What a document store says of one document: issued, final, revoked, and by which code. */

import type { Hex } from "../core/bytes.ts";
import type { Inclusion } from "../core/claims.ts";
import type { Answer } from "../core/ports/answer.ts";
import type { StoreRevocation, StoreStanding } from "../core/ports/chain.ts";
import { parseBool } from "./abi-answers.ts";
import { readAnchorFacts, readRevocation, toTime, type AnchorFacts } from "./anchor-facts.ts";
import { answer, rememberAnswers, silent } from "./answers.ts";
import { readProvenStanding } from "./batchable-store.ts";
import type { BlockReads } from "./block-reads.ts";
import type { Network } from "./networks.ts";
import { isTrouble, reasonOf } from "./rpc-outcome.ts";
import { isBatchableCall } from "./store-calls.ts";
import { openStoreNodes, PLAIN_CALL_GAS, type LensSupport, type NodeAnswer } from "./store-nodes.ts";

/** What one view knows: its block, the newest final one, and what counts as a release of ours. */
export interface StandingPorts {
  readonly network: Network;
  readonly reads: BlockReads;
  /** The same as `reads` when its block is final; undefined while nothing is final. */
  readonly finalReads: BlockReads | undefined;
  readonly knownCodeHashes: ReadonlySet<Hex>;
  readonly lens: LensSupport;
}

export interface StoreReader {
  /** When and by whom the root was anchored, as far as the store keeps it. */
  factsOf(root: Hex): Promise<Answer<AnchorFacts>>;
  standingOf(inclusion: Inclusion): Promise<Answer<StoreStanding>>;
}

interface Issuance {
  readonly issued: boolean;
  readonly final: boolean;
}

export function openStoreReader(store: Hex, ports: StandingPorts): StoreReader {
  const { reads, finalReads, network, lens } = ports;
  const foreignBlocks = network.countsParentBlocks === true;
  const nodes = openStoreNodes(reads, network.chainId, store, lens);
  const finalNodes =
    finalReads === undefined || finalReads === reads
      ? undefined
      : openStoreNodes(finalReads, network.chainId, store, lens);
  const generation = rememberAnswers(async (of: Hex) => readGeneration(reads, of));
  const factsOf = rememberAnswers(async (root: Hex) =>
    answer(await readAnchorFacts(reads, store, root, foreignBlocks)),
  );
  const revocationOf = rememberAnswers(async (node: Hex) =>
    answer(await readRevocation(reads, store, node, foreignBlocks)),
  );

  /** Whether the root is there, and whether it was there already when everything was final; both asked in one turn. */
  async function issuanceOf(root: Hex): Promise<Answer<Issuance> | Exclude<NodeAnswer, { kind: "bool" }>> {
    const [now, before] = await Promise.all([nodes.isIssued(root), finalNodes?.isIssued(root)]);
    if (now.kind !== "bool") return now;
    if (before?.kind === "silent" || before?.kind === "refused") return before;
    const final = finalReads === reads ? now.value : before?.kind === "bool" && before.value;
    return answer({ issued: now.value, final });
  }

  async function firstRevoked(inclusion: Inclusion): Promise<Answer<StoreRevocation | undefined>> {
    const asked = await Promise.all(inclusion.nodes.map(nodes.isRevoked));
    const node = inclusion.nodes[asked.findIndex((said) => said.kind === "bool" && said.value)];
    if (node !== undefined) return revocationOf(node);
    const unsaid = asked.find((said) => said.kind === "silent" || said.kind === "refused");
    return unsaid === undefined ? answer(undefined) : silent(unsaid.reason);
  }

  async function codeEvidence(): Promise<{ readonly codeHash?: Hex; readonly codeKnown?: boolean }> {
    const code = await nodes.code();
    if (code.kind === "silent" || code.value.kind === "no-contract") return {};
    const { codeHash } = code.value;
    return { codeHash, codeKnown: ports.knownCodeHashes.has(codeHash) };
  }

  async function readStanding(inclusion: Inclusion): Promise<Answer<StoreStanding>> {
    const root = inclusion.root.computed;
    // nodes first: what is collected for the lens then still reaches the POST of the plain questions
    const [issuance, revocation, kind, facts] = await Promise.all([
      issuanceOf(root),
      firstRevoked(inclusion),
      generation(store),
      factsOf(root),
    ]);
    if (issuance.kind === "no-contract") return answer(issuance);
    if (issuance.kind === "silent") return issuance;
    if (kind.kind === "silent") return kind;
    if (kind.value === "batchable") {
      const proven = await readProvenStanding(store, inclusion, reads, finalReads);
      return proven.kind === "silent" ? proven : answer({ kind: "store", ...proven.value, ...(await codeEvidence()) });
    }
    if (issuance.kind === "refused") return silent(issuance.reason);
    if (revocation.kind === "silent") return revocation;
    return answer({
      kind: "store",
      ...issuance.value,
      ...(facts.kind === "answer" && anchoring(facts.value)),
      ...(revocation.value !== undefined && { revocation: revocation.value }),
      ...(await codeEvidence()),
    });
  }

  // a document's anchor and its status ask the same, each in its own words
  return { factsOf, standingOf: rememberAnswers(readStanding, new WeakMap()) };
}

function anchoring({ block, time }: AnchorFacts): { readonly anchoredBlock?: number; readonly anchoredAt?: string } {
  return {
    ...(block !== undefined && { anchoredBlock: block }),
    ...(time !== undefined && { anchoredAt: toTime(time) }),
  };
}

async function readGeneration(reads: BlockReads, store: Hex): Promise<Answer<"classic" | "batchable">> {
  const called = await reads.call({ to: store, data: isBatchableCall(), gas: PLAIN_CALL_GAS });
  if (isTrouble(called)) return silent(reasonOf(called));
  return answer(called.kind === "ok" && parseBool(called.value) === true ? "batchable" : "classic");
}
