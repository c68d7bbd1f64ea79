import { call, routes } from "../../../api.ts";

/** How many of the chats that must pass before publishing would go wrong with all drafts live. */
export async function countFailing(): Promise<number> {
  return (await call(routes.rehearseGate)).failing.length;
}
