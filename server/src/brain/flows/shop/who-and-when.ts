// Who changes a flow, and when: for the row and its version.

import type { Ctx } from "../../../platform/context.ts";
import type { ByWhom } from "./flow-store.ts";

export function whoAndWhen(ctx: Ctx): ByWhom {
  return { userId: ctx.actor.kind === "user" ? ctx.actor.userId : null, at: ctx.clock.now() };
}
