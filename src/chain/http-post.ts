/** One JSON POST that cannot hang, cannot flood and cannot leak: the only place that touches the network. */

import { isObject, type Json } from "../core/json.ts";
import type { RpcTrouble } from "./rpc-outcome.ts";

/** An answer may be this long, unpacked. */
const MAX_BODY_BYTES = 5_000_000;

export type Fetch = typeof globalThis.fetch;

/** Where to post, taken apart so that its secrets stay out of messages. */
export interface PostTarget {
  /** Scheme, host and port: all that may be shown. */
  readonly name: string;
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
}

export type PostOutcome =
  | { readonly kind: "body"; readonly body: Json }
  /** Whoever chose what is in the answer may be a contract, not the node. */
  | { readonly kind: "too-long"; readonly reason: string }
  | RpcTrouble;

/**
 * @param url  an http(s) address; a user and a password in it travel as a header, since `fetch` refuses them in the address.
 * @throws {TypeError} when it is no address.
 */
export function postTargetOf(url: string): PostTarget {
  const address = new URL(url);
  const name = address.origin;
  const credentials = `${decodeURIComponent(address.username)}:${decodeURIComponent(address.password)}`;
  address.username = "";
  address.password = "";
  const basic: Record<string, string> = credentials === ":" ? {} : { authorization: `Basic ${toBase64(credentials)}` };
  return { name, address: address.href, headers: { "content-type": "application/json", ...basic } };
}

/** Posts `body` and reads the answer within `deadlineMs`, the body included. Never rejects. */
export async function postJson(
  target: PostTarget,
  body: string,
  deadlineMs: number,
  fetch: Fetch,
): Promise<PostOutcome> {
  const signal = AbortSignal.timeout(Math.max(1, Math.ceil(deadlineMs)));
  try {
    // redirects are refused: they would take the request, and a key in its path, to another host
    const { address, headers } = target;
    const response = await fetch(address, { method: "POST", headers, body, signal, redirect: "error" });
    return await readResponse(response, target.name);
  } catch {
    // the library's own message may repeat the address, so it is not passed on
    const reason = signal.aborted
      ? `${target.name} did not answer within ${Math.ceil(deadlineMs)} ms`
      : `${target.name} cannot be reached, or broke off`;
    return { kind: "unavailable", reason };
  }
}

async function readResponse(response: Response, name: string): Promise<PostOutcome> {
  if (response.status === 429 || (response.status === 503 && response.headers.has("retry-after"))) {
    await response.body?.cancel();
    const retryAfterMs = parseRetryAfter(response.headers.get("retry-after"));
    const reason = `${name} limits how often it may be asked (HTTP ${response.status})`;
    return { kind: "rate-limited", reason, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  }
  const text = await readCapped(response);
  if (text === undefined) return { kind: "too-long", reason: `${name} sent more than ${MAX_BODY_BYTES} bytes` };
  const isJson = /^application\/(?:[\w.+-]*\+)?json\b/i.test(response.headers.get("content-type") ?? "");
  const body = isJson ? parseJson(text) : undefined;
  // some nodes put a JSON-RPC error into an answer with an error status: it says more than the status
  if (body !== undefined && (response.ok || (isObject(body) && Object.hasOwn(body, "jsonrpc")))) {
    return { kind: "body", body };
  }
  return response.ok
    ? { kind: "lying", reason: `${name} answered with something other than JSON` }
    : { kind: "unavailable", reason: `${name} answered with HTTP ${response.status}` };
}

/** The body as text, or undefined when it is too long. Counts what comes out of decompression. */
async function readCapped(response: Response): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = "";
  let length = 0;
  if (response.body === null) return text;
  for await (const chunk of chunksOfBody(response.body)) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** Not `for await` over the stream itself: some browsers cannot. Leaving early cancels the download. */
async function* chunksOfBody(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function parseJson(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** Seconds or a date, RFC 9110 section 10.2.3. */
function parseRetryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  const dateMs = Date.parse(header);
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - Date.now());
}

function toBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
