// The whole program on a test database: every room, real HTTP on a free port when asked, the clock in the test's hand.
//
//   const app = await testApp(await testDatabase());
//   const reply = await app.inject("GET", "/api/me", { cookie });
import type { LightMyRequestResponse } from "fastify";
import { afterAll } from "vitest";
import { createOwner, issueSetupToken } from "../src/accounts/index.ts";
import { type App, createApp } from "../src/app.ts";
import { type Clock, systemClock } from "../src/platform/clock.ts";
import { MasterKey } from "../src/platform/crypto/index.ts";
import { prepareTenant } from "../src/roles/prepare-tenant.ts";
import { openBlobs } from "../src/roles/services.ts";
import type { TestDatabase } from "./database.ts";
import { type TestServicesOptions, testServices } from "./services.ts";

export interface TestAppOptions extends TestServicesOptions {
  /** True: outbox, realtime and sweeps run. Default true; jobs are started, too. */
  isStarted?: boolean;
}

export interface InjectOptions {
  cookie?: string;
  /** An API key. */
  key?: string;
  body?: unknown;
  /** Default: our own page for state changes; null sends none. */
  origin?: string | null;
  headers?: Record<string, string>;
}

export interface TestApp extends App {
  inject(
    method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
    path: string,
    options?: InjectOptions,
  ): Promise<LightMyRequestResponse>;
  /** Makes the first owner; their cookie. */
  owner(): Promise<{ cookie: string; account: string; password: string }>;
  /** Listens on a free port of 127.0.0.1; its address without a slash at the end. */
  listen(): Promise<string>;
}

export const testOrigin = "http://localhost";

/** The real clock unless another is given: sockets and timers move with it. Stopped when the file's tests have ended. */
export async function testApp(database: TestDatabase, options: TestAppOptions = {}): Promise<TestApp> {
  const {
    isStarted = true,
    masterKey = MasterKey.generate(),
    clock = systemClock as Clock,
    ...rest
  } = options;
  const services = await testServices(database, { ...rest, masterKey, clock });
  const backup = {
    db: services.db,
    clock,
    masterKey,
    appVersion: "test",
    ...openBlobs(services),
  };
  const app = await createApp({ services, masterKey, backup, version: "test", checksReplies: true });
  if (isStarted) await app.start();
  else await app.http.ready();
  afterAll(() => app.stop());
  return {
    ...app,
    async inject(method, path, { cookie, key, body, origin = testOrigin, headers = {} } = {}) {
      return app.http.inject({
        method,
        url: path,
        headers: {
          host: "localhost",
          ...(origin === null || method === "GET" ? {} : { origin }),
          ...(cookie === undefined ? {} : { cookie }),
          ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
      });
    },
    async owner() {
      const { token } = await issueSetupToken(services);
      const account = "owner@shop.example";
      const password = "a shop needs a key 7";
      const device = { userAgent: "test", address: "127.0.0.1" };
      const entered = await createOwner(
        services,
        { token, account, password, name: "店主", locale: "zh-CN", device },
        prepareTenant,
      );
      return { cookie: `yingda=${entered.session.token}`, account, password };
    },
    async listen() {
      return app.http.listen({ host: "127.0.0.1", port: 0 });
    },
  };
}
