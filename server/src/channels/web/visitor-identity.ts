// A signed-in customer of the shop, proved by a JWT that the shop's server signed with the inbox's secret: HS256, at most
// ten minutes to live, meant for this inbox (id or public key). Without one a visitor is whoever holds the token.
import { errors, jwtVerify } from "jose";
import { z } from "zod";

export type ProvedCustomer = { id: string; name: string | null };

const longestLifeSeconds = 600;
/** Clocks of two servers are never quite equal. */
const toleranceSeconds = 30;
const claims = z.object({
  sub: z.string().min(1).max(200),
  name: z.string().max(100).optional(),
  exp: z.number(),
});

/** Null when it proves nothing: wrong signature, other inbox, expired, or living too long. */
export async function proveCustomer(
  jwt: string,
  inbox: { id: string; publicKey: string },
  secrets: readonly string[],
  now: Date,
): Promise<ProvedCustomer | null> {
  for (const secret of secrets) {
    try {
      const { payload } = await jwtVerify(jwt, new TextEncoder().encode(secret), {
        algorithms: ["HS256"],
        audience: [inbox.id, inbox.publicKey],
        currentDate: now,
        clockTolerance: toleranceSeconds,
        requiredClaims: ["exp", "sub", "aud"],
      });
      const { sub, name, exp } = claims.parse(payload);
      if (exp - now.getTime() / 1_000 > longestLifeSeconds + toleranceSeconds) return null;
      return { id: sub, name: name ?? null };
    } catch (error) {
      const isRefusal = error instanceof errors.JOSEError || error instanceof z.ZodError;
      if (!isRefusal) throw error;
    }
  }
  return null;
}
