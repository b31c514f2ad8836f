/** Puts a service on a port and takes it off again without dropping anybody. */

import { createServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";

import pino from "pino";

import { TestamurError } from "../core/errors.ts";
import { openService, type Service, type ServiceOptions } from "./service.ts";

export interface ListenOptions extends Omit<ServiceOptions, "log"> {
  /** Loopback unless said otherwise. */
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** PEM texts; absent: plain http. */
  readonly tls?: { readonly certificate: string; readonly key: string };
  readonly logLevel: "info" | "warn" | "silent";
}

export interface RunningService {
  readonly url: string;
  /** Says no to new work, lets the old finish, and ends after `graceMs` at the latest. */
  stop(graceMs?: number): Promise<void>;
}

const GRACE_MS = 8_000;
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 120_000;
const MAX_CONNECTIONS = 2_000;

/** @throws {TestamurError} `CONFIGURATION_INVALID` when the port is taken or the certificate cannot be used. */
export async function listen(options: ListenOptions): Promise<RunningService> {
  const log = pino({ level: options.logLevel, base: null }, pino.destination(2));
  const service = openService({ ...options, log });
  const server = serverOf(service, options);
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.maxConnections = MAX_CONNECTIONS;
  await started(server, options);
  const { port } = server.address() as AddressInfo; // a TCP server that listens has one
  const scheme = options.tls === undefined ? "http" : "https";
  return {
    url: `${scheme}://${options.host}:${port}`,
    stop: async (graceMs = GRACE_MS) => stopped(server, service, graceMs),
  };
}

function serverOf({ app }: Service, { tls }: ListenOptions): Server {
  try {
    return tls === undefined ? createServer(app) : createTlsServer({ cert: tls.certificate, key: tls.key }, app);
  } catch (cause) {
    throw new TestamurError("CONFIGURATION_INVALID", "the TLS certificate or key cannot be used", { cause });
  }
}

async function started(server: Server, { host, port }: ListenOptions): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) =>
      reject(
        new TestamurError("CONFIGURATION_INVALID", `cannot listen on ${host}:${port}`, {
          cause,
          next: "choose another --port",
        }),
      ),
    );
    server.listen(port, host, resolve);
  });
}

async function stopped(server: Server, service: Service, graceMs: number): Promise<void> {
  service.retire();
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(timer);
}
