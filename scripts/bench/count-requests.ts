/** Counts the HTTP requests that this process sends, whichever of Node's clients sends them. */

import { subscribe } from "node:diagnostics_channel";

/** @returns how many have been sent since. */
export function countRequests(): () => number {
  let sent = 0;
  for (const channel of ["undici:request:create", "http.client.request.start"]) subscribe(channel, () => sent++);
  return () => sent;
}
