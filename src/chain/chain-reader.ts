/** Opens views of the chains it was pointed at: which node serves which chain, and one pinned block a session. */

import type { Hex } from "../core/bytes.ts";
import type { ChainReader, ChainViewAnswer } from "../core/ports/chain.ts";
import { silent } from "./answers.ts";
import { openChainView } from "./chain-view.ts";
import { RELEASED_CODE_HASHES } from "./contract-code.ts";
import type { Fetch } from "./http-post.ts";
import { openNodes } from "./open-nodes.ts";
import { networkOf, type Network } from "./networks.ts";
import { openPatience, type Patience } from "./patience.ts";
import { pinBlocks, type AsOf } from "./pin-blocks.ts";
import { reasonOf } from "./rpc-outcome.ts";
import { chainIdQuestion } from "./rpc-questions.ts";
import { openServingNodes } from "./serving-nodes.ts";
import type { LensSupport } from "./store-nodes.ts";

export interface ChainReaderOptions {
  /** http(s) addresses of nodes, of one chain or several; the first one's chain is the default. None: nothing is configured. */
  readonly rpcUrls: readonly string[];
  /** The chain for documents that name none, so that even the first node may be down from the start. */
  readonly defaultChainId?: number;
  readonly now: () => Date;
  /** Read as of a block or a moment instead of now. */
  readonly at?: AsOf;
  /** How long a view is handed out again; its block gets that much older. */
  readonly viewMaxAgeMs?: number;
  /** Replaces the table's limit for every chain, in seconds. */
  readonly maxHeadAge?: number;
  /** Code hashes of stores beside our releases that count as known. */
  readonly knownCodeHashes?: readonly Hex[];
  /** Chains that the table does not know, or knows otherwise. */
  readonly networks?: readonly Network[];
  /** How many nodes of a chain must agree; 1 by default. */
  readonly agreement?: number;
  readonly deadlineMs?: number;
  readonly budgetMs?: number;
  readonly fetch?: Fetch;
}

const VIEW_MAX_AGE_MS = 10_000;
/** A node that was silent is left alone for a moment, so that a thousand documents do not each wait for it. */
const SILENCE_MAX_AGE_MS = 2_000;

interface RememberedView {
  readonly answer: Promise<ChainViewAnswer>;
  readonly patience: Patience;
  staleAtMs: number;
}

/** @throws {TestamurError} `CONFIGURATION_INVALID` when an address cannot be understood. */
export function openChainReader(options: ChainReaderOptions): ChainReader {
  const nodes = openServingNodes(openNodes(options.rpcUrls, options), options.networks);
  const views = new Map<number, RememberedView>();
  const lenses = new Map<number, LensSupport>();
  const knownCodeHashes = new Set([...RELEASED_CODE_HASHES, ...(options.knownCodeHashes ?? [])]);

  async function openView(chainId: number, patience: Patience): Promise<ChainViewAnswer> {
    const serving = await nodes.of(chainId, patience);
    if (serving.kind === "silent") return serving;
    if (serving.value === "none") return notConfigured(networkOf(chainId, options.networks));
    const { rpc, network: known } = serving.value;
    const network = options.maxHeadAge === undefined ? known : { ...known, maxHeadAgeSeconds: options.maxHeadAge };
    const [served, pinned] = await Promise.all([
      rpc.ask(chainIdQuestion(), patience), // once more, in the same POST: a node behind an address may be exchanged
      pinBlocks(rpc, network, options.at, options.now(), patience),
    ]);
    if (served.kind !== "ok") return silent(reasonOf(served));
    if (served.value !== chainId) return silent(`the node serves chain ${served.value} now, not ${chainId}`);
    if (pinned.kind !== "pinned") return pinned;
    const lens = lenses.get(chainId) ?? { isRefused: false };
    lenses.set(chainId, lens);
    return { kind: "view", view: openChainView({ rpc, network, pinned, patience, knownCodeHashes, lens }) };
  }

  /** The session's view while it is fresh, and unless its nodes have used up all patience. */
  async function rememberedView(chainId: number, patience: Patience): Promise<ChainViewAnswer> {
    const known = views.get(chainId);
    const isFresh = known !== undefined && performance.now() < known.staleAtMs;
    if (isFresh && known.patience.remainingMs() > 0) return known.answer;
    const asked = openView(chainId, patience);
    const remembered: RememberedView = { answer: asked, patience, staleAtMs: Number.POSITIVE_INFINITY };
    views.set(chainId, remembered);
    const opened = await asked;
    const maxAgeMs = options.viewMaxAgeMs ?? VIEW_MAX_AGE_MS;
    const ageMs = opened.kind === "view" ? maxAgeMs : Math.min(maxAgeMs, SILENCE_MAX_AGE_MS);
    remembered.staleAtMs = performance.now() + ageMs;
    return opened;
  }

  return {
    async viewOf(wanted) {
      const patience = openPatience(options.budgetMs);
      const chain = wanted ?? options.defaultChainId ?? (await nodes.defaultChain(patience));
      if (typeof chain === "number") return rememberedView(chain, patience);
      if (chain.kind === "silent") return chain;
      if (chain.value === "none") return { kind: "not-configured", isTestNetwork: false };
      return rememberedView(chain.value, patience);
    },
  };
}

function notConfigured({ kind, name, isClosed }: Network): ChainViewAnswer {
  return { kind: "not-configured", isTestNetwork: kind !== "main", ...(isClosed === true && { closed: name }) };
}
