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
export {
  createVisitorGateway,
  frameAncestorsOf,
  type GatewayOptions,
  projectForVisitor,
  type RoutingForVisitors,
  tellAgentTyping,
  tellQueuePlaces,
  type VisitorLimiter,
  type VisitorLimits,
} from "./web/adapter.ts";
