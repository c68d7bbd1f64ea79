// HTTP of this room: presence, hours, queues, and what agents do with a waiting conversation.
import { routes } from "@yingda/contract";
import { requirePermission } from "../accounts/index.ts";
import type { Services } from "../platform/context.ts";
import { type HttpApp, register } from "../platform/http/index.ts";
import { acceptOffer } from "./accept-offer.ts";
import { sendAlert } from "./alert-owner.ts";
import { claimConversation } from "./claim-conversation.ts";
import { declineOffer } from "./end-offer.ts";
import { createQueue, deleteQueue, updateQueue } from "./manage-queues.ts";
import { listQueues } from "./queues.ts";
import { returnToBot } from "./return-to-bot.ts";
import { getHours, setHours } from "./set-hours.ts";
import { setPresence } from "./set-presence.ts";
import { listSkills, setSkills } from "./skills.ts";
import { transferConversation } from "./transfer-conversation.ts";

export function routingRoutes(app: HttpApp, _services: Services): void {
  register(app, routes.setPresence, async (ctx, { body }) => ({
    presence: await setPresence(ctx, body.presence),
  }));
  register(app, routes.getHours, (ctx) => getHours(ctx));
  register(app, routes.setHours, (ctx, { body }) => setHours(ctx, body));
  register(app, routes.testAlert, async (ctx) => {
    requirePermission(ctx, "settings-write");
    return { results: await sendAlert(ctx, "test") };
  });
  register(app, routes.listQueues, (ctx) => listQueues(ctx));
  register(app, routes.createQueue, (ctx, { body }) => createQueue(ctx, body));
  register(app, routes.updateQueue, (ctx, { params, body }) => updateQueue(ctx, params.id, body));
  register(app, routes.deleteQueue, (ctx, { params, query }) =>
    deleteQueue(ctx, params.id, query.movesWaiting),
  );
  register(app, routes.listSkills, (ctx) => listSkills(ctx));
  register(app, routes.setSkills, (ctx, { params, body }) => setSkills(ctx, params.id, body.skills));
  register(app, routes.claim, (ctx, { params, body }) => claimConversation(ctx, params.id, body.version));
  register(app, routes.transfer, (ctx, { params, body }) =>
    transferConversation(ctx, params.id, body.to, body.note),
  );
  register(app, routes.returnToBot, (ctx, { params }) => returnToBot(ctx, params.id));
  register(app, routes.acceptOffer, (ctx, { params }) => acceptOffer(ctx, params.id));
  register(app, routes.declineOffer, async (ctx, { params }) => {
    await declineOffer(ctx, params.id);
  });
}
