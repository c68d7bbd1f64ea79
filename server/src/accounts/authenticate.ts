// Finds out who a request comes from: an API key in the Authorization header, else the session cookie.

import type { Services } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";
import { type Authenticate, readSessionToken } from "../platform/http/index.ts";
import { findApiKey } from "./api-keys.ts";
import { findSession } from "./open-session.ts";

/** null: nobody. @throws AppError auth/token-invalid for a key that is unknown or revoked. */
export function authenticateWith(services: Services): Authenticate {
  return async (request) => {
    const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
    if (bearer) {
      const key = await findApiKey(services, bearer);
      if (!key) throw new AppError("auth/token-invalid");
      return { ...key, via: "api-key", sessionId: key.actor.apiKeyId };
    }
    const token = readSessionToken(request);
    const session = token ? await findSession(services, token) : null;
    return (
      session && {
        tenantId: session.tenantId,
        actor: session.actor,
        via: "cookie",
        sessionId: session.sessionId,
      }
    );
  };
}
