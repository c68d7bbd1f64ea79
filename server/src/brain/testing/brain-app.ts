// The brain's routes behind real HTTP, for its room tests: people by name, each of a tenant and with a role.

import {
  type Permission,
  type RouteName,
  rolePermissions,
  routes,
  type TenantId,
  type UserId,
} from "@yingda/contract";
import type { Actor, Services } from "../../platform/context.ts";
import { createHttp, type HttpApp } from "../../platform/http/index.ts";
import { newId } from "../../platform/ids.ts";
import { brainRoutes } from "../routes.ts";

export interface Person {
  tenantId: TenantId;
  role: "owner" | "viewer";
}

export interface Asked {
  as?: string;
  params?: Record<string, string>;
  query?: string;
  body?: unknown;
  /** Sent as multipart/form-data. */
  file?: { name: string; text: string | Buffer };
}

/** `call(name, asked)` asks one route as a person ("owner" unless told); end with `close`. */
/** `more`: another room's routes beside. */
export async function brainApp(
  services: Services,
  people: Record<string, Person>,
  more?: (app: HttpApp) => void,
) {
  const app = await createHttp({
    services,
    checksReplies: true,
    authenticate: async ({ headers }) => {
      const name = headers.authorization?.replace("Bearer ", "") ?? "";
      const person = people[name];
      if (person === undefined) return null;
      const permissions: readonly Permission[] = rolePermissions[person.role];
      const { tenantId, role } = person;
      const who = { kind: "user" as const, userId: newId<UserId>(), role, name };
      const actor: Actor = { ...who, permissions: new Set(permissions) };
      return { tenantId, actor, via: "cookie", sessionId: name };
    },
  });
  brainRoutes(app, services, async () => ({ queues: ["售后"], skills: ["尺码"] }));
  more?.(app);
  await app.ready();

  async function call(name: RouteName, { as = "owner", params = {}, query = "", body, file }: Asked = {}) {
    const { method, path } = routes[name];
    const filled = Object.entries(params).reduce<string>(
      (url, [key, value]) => url.replace(`:${key}`, value),
      path,
    );
    const headers: Record<string, string> = {
      authorization: `Bearer ${as}`,
      origin: "http://localhost:80",
      host: "localhost:80",
    };
    const boundary = "----sheet";
    if (file !== undefined) headers["content-type"] = `multipart/form-data; boundary=${boundary}`;
    const payload =
      file === undefined
        ? body
        : Buffer.concat([
            Buffer.from(
              `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: text/csv\r\n\r\n`,
            ),
            Buffer.from(file.text),
            Buffer.from(`\r\n--${boundary}--\r\n`),
          ]);
    const reply = await app.inject({
      method,
      url: filled + query,
      headers,
      ...(payload === undefined ? {} : { payload: payload as object }),
    });
    const isJson = String(reply.headers["content-type"]).startsWith("application/json");
    const value = isJson && reply.body !== "" ? reply.json() : null;
    return {
      status: reply.statusCode,
      body: value,
      code: value?.error?.code as string | undefined,
      raw: reply,
    };
  }
  return { call, close: () => app.close() };
}
