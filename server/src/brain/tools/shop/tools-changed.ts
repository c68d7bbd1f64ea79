// After the commit of a change of tools: what this process keeps of them, and of the flows that name them, is read anew.

import type { Ctx } from "../../../platform/context.ts";
import { forgetFlows } from "../../flows/shop/flow-cache.ts";
import { forgetTools } from "./tool-cache.ts";

export function toolsChanged(ctx: Pick<Ctx, "db" | "tenantId">): void {
  forgetTools(ctx);
  forgetFlows(ctx);
}
