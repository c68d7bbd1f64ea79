// First line of a use case: may this actor do that? Entities leave with `abilities`, so the workbench never guesses.
import type { Permission } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";

export function hasPermission(ctx: Pick<Ctx, "actor">, permission: Permission): boolean {
  const { actor } = ctx;
  switch (actor.kind) {
    case "user":
    case "api-key":
      return actor.permissions.has(permission);
    case "system":
      return true;
    case "visitor":
    case "bot":
      return false;
    default:
      return actor satisfies never;
  }
}

/** @throws AppError auth/not-allowed (a member) or auth/scope-missing (an API key). */
export function requirePermission(ctx: Pick<Ctx, "actor">, permission: Permission): void {
  if (hasPermission(ctx, permission)) return;
  throw new AppError(ctx.actor.kind === "api-key" ? "auth/scope-missing" : "auth/not-allowed", {
    details: { permission },
  });
}

/** The signed-in member. @throws AppError auth/not-allowed for keys, visitors and the server itself. */
export function requireUser(ctx: Pick<Ctx, "actor">) {
  if (ctx.actor.kind !== "user") throw new AppError("auth/not-allowed");
  return ctx.actor;
}
