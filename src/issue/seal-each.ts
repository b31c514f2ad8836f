/** Seals credentials, each by itself: here, or in whatever thread this runs in. */

import { TestamurError, type Problem } from "../core/errors.ts";
import type { JsonObject } from "../core/json.ts";
import type { RandomSource } from "../core/ports/answer.ts";
import type { IssuingFormat, Placement, Sealed } from "../formats/format.ts";
import { chunksOf } from "./chunks.ts";
import type { Learner } from "./credentials.ts";
import { inOrder } from "./in-order.ts";
import type { Problems } from "./problems.ts";

/** A credential on its way to be sealed. Plain data: it can be handed to another thread. */
export interface Unsealed {
  readonly credential: JsonObject;
  readonly placement: Placement;
}

/** A sealed credential on its way to the store: its text, or what is kept of it anyway, the text's UTF-8. */
export type SealedForm = Pick<Sealed, "leaf" | "toSign"> & { readonly form: string | Uint8Array };

/** What became of it. */
export type Sealing =
  | { readonly kind: "sealed"; readonly sealed: SealedForm }
  | { readonly kind: "refused"; readonly problems: readonly Problem[] };

/** Seals many credentials; the answers in their order. */
export type SealMany = (credentials: readonly Unsealed[]) => Promise<readonly Sealing[]>;

/** Seals in this thread. */
export function sealHere(format: IssuingFormat, random: RandomSource): SealMany {
  return async (credentials) => {
    const sealings: Sealing[] = [];
    for (const one of credentials) sealings.push(await sealOne(format, one, random));
    return sealings;
  };
}

/** A credential that cannot be issued is an answer; anything else that goes wrong is thrown. */
async function sealOne(
  format: IssuingFormat,
  { credential, placement }: Unsealed,
  random: RandomSource,
): Promise<Sealing> {
  try {
    const sealed = await format.seal(credential, placement, random);
    const { leaf, toSign } = sealed;
    return {
      kind: "sealed",
      sealed: { leaf, form: sealed.bytes ?? sealed.text, ...(toSign !== undefined && { toSign }) },
    };
  } catch (cause) {
    if (!(cause instanceof TestamurError) || cause.code !== "CREDENTIAL_INVALID") throw cause;
    return { kind: "refused", problems: cause.problems };
  }
}

/** Learners that are handed on together: enough for a message between threads to be worth its while. */
const TOGETHER = 64;
/** Groups on their way at the same time: every thread has work while this one reads on. */
const AT_ONCE = 6;

/** Whose credential was sealed. The credential itself is let go at once: kept until the answer comes, it would die old. */
export type Holder = Omit<Learner, "credential">;

/** A learner and the credential that was sealed for them. */
export interface SealedLearner {
  readonly learner: Holder;
  readonly sealed: SealedForm;
}

/** The learners' credentials, sealed, in the roster's order; those that cannot be are reported and left out. */
export async function* sealLearners(
  learners: AsyncIterable<Learner>,
  placementOf: (row: number) => Placement,
  seal: SealMany,
  problems: Problems,
): AsyncGenerator<SealedLearner> {
  // nothing is awaited inside: a function that waits keeps its group while it does
  const groups = inOrder(chunksOf(learners, TOGETHER), AT_ONCE, async (group) => {
    const holders = group.map(toHolder);
    const sealing = seal(group.map(({ row, credential }) => ({ credential, placement: placementOf(row) })));
    return sealing.then((sealings) => ({ holders, sealings }));
  });
  for await (const { holders, sealings } of groups)
    for (const [at, learner] of holders.entries()) {
      const sealing = sealings[at];
      if (sealing?.kind === "sealed") yield { learner, sealed: sealing.sealed };
      for (const problem of sealing?.kind === "refused" ? sealing.problems : [])
        problems.add({ ...problem, where: `${learner.where}, ${problem.where}` });
    }
}

function toHolder({ row, where, learnerId }: Learner): Holder {
  return { row, where, ...(learnerId !== undefined && { learnerId }) };
}
