/** Asks other people's servers, on guard: only hosts the operator named, https, no credentials, bounded size and time. */

import { concatBytes } from "./bytes.ts";
import type { Answer } from "./ports/answer.ts";

/** What one question to the outside may do. */
export interface FetchGuard {
  /**
   * The hosts the operator named, `name` or `name:port`; nothing else is ever contacted, wherever a document or a redirect
   * points. Since only https with the host's own certificate is spoken, a name that is made to point into a private network
   * finds nobody there who can answer for it.
   */
  readonly allowedHosts: readonly string[];
  /** Media types that are read, lower case, without parameters; the first is asked for. */
  readonly accept: readonly [string, ...string[]];
  /** Counted after decompression. */
  readonly maxBytes: number;
  /** For the whole exchange, redirects and body included. */
  readonly timeoutMs: number;
  readonly fetch?: Fetch | undefined;
}

export type Fetch = typeof globalThis.fetch;

/** Redirects within the same host that are followed. */
const MAX_REDIRECTS = 3;

/**
 * The body of a GET.
 *
 * @param address  untrusted: a document may have chosen it.
 * @returns the bytes of an answer with status 200; everything else is silence with its reason. Never rejects.
 */
export async function fetchGuarded(address: string, guard: FetchGuard): Promise<Answer<Uint8Array>> {
  const target = judgeTarget(address, guard);
  if (target.kind === "silent") return target;
  const { host } = target.value;
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), guard.timeoutMs);
  try {
    return await get(target.value, guard, stop.signal);
  } catch {
    return silence(
      stop.signal.aborted ? `${host} gave no answer within ${guard.timeoutMs} ms` : `${host} could not be reached`,
    );
  } finally {
    clearTimeout(timer);
    stop.abort(); // whatever is still open of a refused answer is closed
  }
}

/** Where an address leads, or why nobody goes there. */
function judgeTarget(address: string | URL, guard: FetchGuard): Answer<URL> {
  const url = URL.parse(address);
  if (url === null) return silence("the address is not a URL");
  if (!guard.allowedHosts.some((entry) => toHost(entry, url.protocol) === url.host)) {
    return silence(`${url.host || "the address"} is not among the hosts that may be asked`);
  }
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname))) {
    return silence(`${url.host} may be asked over https only`);
  }
  if (url.username !== "" || url.password !== "") return silence("the address carries credentials");
  return { kind: "answer", value: url };
}

/** The operator's entry as a URL spells it: lower case, without the scheme's own port. */
function toHost(entry: string, protocol: string): string | undefined {
  const url = URL.parse(`${protocol}//${entry}`);
  return url !== null && url.pathname === "/" && url.username === "" ? url.host : undefined;
}

/** True for names and addresses that never leave the machine, as a URL spells them. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

async function get(first: URL, guard: FetchGuard, signal: AbortSignal): Promise<Answer<Uint8Array>> {
  const ask = guard.fetch ?? globalThis.fetch;
  let url = first;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const response = await ask(url, {
      signal,
      redirect: "manual",
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer",
      headers: { accept: guard.accept[0] },
    });
    const location = response.headers.get("location");
    if (response.status < 300 || response.status > 399 || location === null) return readAnswer(response, url, guard);
    const next = judgeTarget(URL.parse(location, url) ?? "", guard);
    if (next.kind === "silent" || next.value.origin !== first.origin) {
      return silence(`${first.host} sends us elsewhere`);
    }
    url = next.value;
  }
  return silence(`${first.host} redirects too often`);
}

async function readAnswer(response: Response, url: URL, guard: FetchGuard): Promise<Answer<Uint8Array>> {
  // a browser shows a redirect as status 0 and hides where it leads
  if (response.status !== 200) return silence(`${url.host} answered with HTTP status ${response.status}`);
  const type = (response.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (!guard.accept.includes(type)) return silence(`${url.host} answered with ${type || "no content type"}`);
  const bytes = await readBody(response, guard.maxBytes);
  return bytes === undefined
    ? silence(`${url.host} answered with more than ${guard.maxBytes} bytes`)
    : { kind: "answer", value: bytes };
}

/** The body, or undefined as soon as it grows beyond `maxBytes`: the length the sender states is not believed. */
async function readBody(response: Response, maxBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunksOf(response)) {
    length += chunk.length;
    if (length > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return concatBytes(...chunks);
}

/** Reads piece by piece with a reader: not every browser can iterate over a stream. */
async function* chunksOf(response: Response): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

function silence(reason: string): Answer<never> {
  return { kind: "silent", reason };
}
