/** Issues a roster as one batch: read, sealed, rooted, anchored once, written, checked. */

import { advance } from "./advance.ts";
import { begin, findSame, toOrder } from "./begin.ts";
import { openSigner, type IssuePorts } from "./job.ts";
import { prepare, type IssueRequest } from "./prepare.ts";
import type { IssueResult } from "./result.ts";

/**
 * The whole way from a roster to checked documents. The same files twice are one batch: what was begun is finished.
 *
 * @throws {TestamurError} `ROSTER_INVALID`, `TEMPLATE_INVALID`, `CREDENTIAL_INVALID` with every problem, before anything is
 *   made; what the store, the account or the node would refuse, before anything is signed; `FILE_EXISTS` for a directory
 *   that holds another batch, and for a roster that was issued into another directory before.
 */
export async function issue(request: IssueRequest, ports: IssuePorts): Promise<IssueResult> {
  const samePorts = await openOnce(request, ports);
  const prepared = await prepare(request, samePorts);
  const order = toOrder(request, prepared, samePorts);
  const known = request.again === true ? undefined : findSame(order, samePorts);
  if (known === undefined) await begin(request, order, prepared.survey, samePorts);
  const result = await advance(known?.id ?? order.id, samePorts);
  return { ...result, notices: prepared.survey.notices };
}

/** Ports with what needs a password opened: it is asked for once. */
async function openOnce(request: IssueRequest, ports: IssuePorts): Promise<IssuePorts> {
  const format = ports.formatOf(request.format);
  const anchorer = await ports.openAnchorer(format.entry);
  const signer = await openSigner(format, ports);
  return { ...ports, openAnchorer: () => anchorer, ...(signer !== undefined && { openSigner: () => signer }) };
}
