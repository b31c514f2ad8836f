/** A service as `testamur serve` puts it together, on a free loopback port. */

import type { Settings } from "../../src/app/config.ts";
import { openConfiguredService, type ServiceChoice } from "../../src/app/configured-service.ts";
import { listen } from "../../src/http/listen.ts";

export interface ServiceOrder extends Partial<ServiceChoice> {
  readonly settings?: Partial<Settings>;
  readonly issueToken?: string;
}

export interface ServiceForTests {
  readonly url: string;
  stop(): Promise<void>;
}

/** Strict and without a node unless told otherwise. */
export async function startService({
  settings = {},
  issueToken,
  ...choice
}: ServiceOrder = {}): Promise<ServiceForTests> {
  let url = "";
  const opened = await openConfiguredService(
    { rpcUrls: [], allowedHosts: [], didRegistries: {}, home: "/nowhere", isCi: false, ...settings },
    {
      profile: "strict",
      policy: "default",
      viewMaxAgeMs: 1_000,
      deadlineMs: 20_000,
      baseUrl: () => url,
      askPassword: async () => Promise.reject(new Error("nobody is asked in a test")),
      ...choice,
    },
  );
  const service = await listen({
    ...opened,
    ...(issueToken !== undefined && { issueToken }),
    isReady: async () => true,
    host: "127.0.0.1",
    port: 0,
    maxInFlight: 16,
    requestsPerMinute: 0,
    logLevel: "silent",
  });
  ({ url } = service);
  return {
    url,
    stop: async () => {
      await service.stop(100);
      await opened.close();
    },
  };
}
