// The door of routing: who takes a conversation, when, and what a contact may be promised.

export { acceptOffer } from "./accept-offer.ts";
export { type AgentConnections, agentSeen, createAgentConnections } from "./agent-connections.ts";
export { type AlertResult, alertOwner, sendAlert } from "./alert-owner.ts";
export { assignNext, type OfferMade } from "./assign-next.ts";
export {
  type Availability,
  availability,
  availabilityListener,
  type QueueState,
  visitorQueueState,
} from "./availability.ts";
export { claimConversation } from "./claim-conversation.ts";
export { declineOffer } from "./end-offer.ts";
export { type Enqueueing, enqueue } from "./enqueue.ts";
export { isOpenAt, isTimeZone, nextOpening } from "./hours.ts";
export { leaveQueue } from "./leave-queue.ts";
export { createQueue, deleteQueue, updateQueue } from "./manage-queues.ts";
export { overflow } from "./move-waiting.ts";
export { alertSubscriber, budgetSubscriber, routingSubscriber } from "./on-line-changed.ts";
export { type PresentAgent, presentAgents } from "./present-agents.ts";
export { defaultQueue, listQueues } from "./queues.ts";
export { requeueIfLost } from "./requeue-lost.ts";
export { giveToBot, returnToBot } from "./return-to-bot.ts";
export { routingRoutes } from "./routes.ts";
export { getHours, hasHours, setHours } from "./set-hours.ts";
export { listPresencesAndOffers, loadOfMembers, setPresence } from "./set-presence.ts";
export { handoverPlaces, setSkills } from "./skills.ts";
export { createRoutingSweep, type RoutingSweep } from "./sweep.ts";
export { tellNobody } from "./tell-nobody.ts";
export { transferConversation } from "./transfer-conversation.ts";
export { waitingPlaces } from "./waiting-places.ts";
