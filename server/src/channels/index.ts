// The door of channels: parse in, send out. Only app.ts enters; no room imports this one.
export type {
  ChannelAdapter,
  Endpoint,
  InboundEvent,
  OutboundMessage,
  RawRequest,
  SendOutcome,
  Verified,
} from "./adapter.ts";
export { deliverSubscriber } from "./on-message-queued.ts";
export { type Adapters, adapters } from "./registry.ts";
export { channelRoutes } from "./routes.ts";
export { type ChannelSweep, createChannelSweep } from "./sweep.ts";
export type { RoutingForVisitors, VisitorLimiter } from "./web/doors.ts";
export { createVisitorGateway, type GatewayOptions } from "./web/gateway.ts";
export { frameAncestorsOf } from "./web/http.ts";
export { projectForVisitor } from "./web/present.ts";
export { tellAgentTyping, tellQueuePlaces } from "./web/queue-news.ts";
export type { VisitorLimits } from "./web/take-line.ts";
