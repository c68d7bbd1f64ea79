// The web chat as a channel. It has no webhook and sends nothing: the visitor's client follows our own log (gateway.ts),
// so a reply is delivered by being recorded. What it can do is in the table of capabilities. The rest of the folder is
// reached through this file.
import { type Channel, channelCapabilities } from "@yingda/contract";
import type { ChannelAdapter } from "../adapter.ts";

export type { RoutingForVisitors, VisitorLimiter } from "./doors.ts";
export { createVisitorGateway, type GatewayOptions } from "./gateway.ts";
export { frameAncestorsOf, visitorRoutes } from "./http.ts";
export { projectForVisitor } from "./present.ts";
export { tellAgentTyping, tellQueuePlaces } from "./queue-news.ts";
export type { VisitorLimits } from "./take-line.ts";
export { forgetVisitors } from "./visitor-store.ts";

const id: Channel = "web";

export const webAdapter: ChannelAdapter = { id, capabilities: channelCapabilities[id] };
