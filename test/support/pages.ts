/** The web as a test says it is, for code that asks the global `fetch`: some pages, the loopback interface, and nothing else. */

import type { JsonObject } from "../../src/core/json.ts";

export type Pages = Readonly<Record<string, JsonObject>>;

/**
 * What `run` gives while `pages` are all the web there is. One at a time: the global is changed.
 *
 * @param aliases  other addresses for servers on the loopback interface.
 */
export async function withPages<Result>(
  pages: Pages,
  run: () => Promise<Result>,
  aliases: Readonly<Record<string, string>> = {},
): Promise<Result> {
  const realFetch = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.hostname === "127.0.0.1") return realFetch(input, init);
    const alias = aliases[url.href];
    if (alias !== undefined) return realFetch(alias, init);
    url.searchParams.delete("assertionId"); // Blockcerts' own client adds it to the addresses of lists
    const page = pages[url.href];
    return page === undefined ? Promise.reject(new Error(`refused: ${url.href}`)) : Response.json(page);
  };
  try {
    return await run();
  } finally {
    globalThis.fetch = realFetch;
  }
}
