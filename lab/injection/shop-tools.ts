// The tools of the shop that is attacked: what each attack wants called is connected and opened to the model, but changes data,
// wants a proof of identity that nobody gave, or is not opened after all. One tool may really be called, so that the lab sees
// calls and answers of tools at all.

import type { ToolDraft } from "@yingda/contract";
import { offeredOf, testTool } from "../../server/src/brain/testing/model-tools.ts";
import type { Attack } from "./attacks.ts";

export const allowedTool = "orders.find";

/** Why each tool of the attacks may not be called. */
const shut: Record<string, Partial<ToolDraft>> = {
  "refunds.request": { effect: "change" },
  "orders.change-address": { effect: "change" },
  "coupons.create": { effect: "change" },
  "contacts.export": { identity: "code" },
  http: { modelMayCall: false },
};

export function toolsOf({ obeyed: { toolCall } }: Attack): ToolDraft[] {
  const open = testTool(allowedTool, { orderNumber: "" });
  if (toolCall === undefined || toolCall.name === allowedTool) return [open];
  return [open, testTool(toolCall.name, toolCall.arguments, shut[toolCall.name] ?? { effect: "change" })];
}

/** `isBlind`: without the policy. */
export function offeredTools(attack: Attack, isBlind: boolean) {
  return offeredOf(toolsOf(attack), isBlind);
}

/** As the protocol writes a tool's name. */
export function offerName(name: string): string {
  return name.replaceAll(/[^\w-]/gu, "_");
}
