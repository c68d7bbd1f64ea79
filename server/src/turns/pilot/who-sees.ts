// Who sees drafts at the desk: everybody who may reply, or the colleagues the trial names. Pure.
import type { BotBehaviour, UserId } from "@yingda/contract";

export function seesDrafts({ pilot }: Pick<BotBehaviour, "pilot">, userId: UserId | null): boolean {
  if (pilot.mode !== "named") return true;
  return userId !== null && pilot.userIds.includes(userId);
}
