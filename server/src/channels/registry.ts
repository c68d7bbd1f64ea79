// Every channel this server speaks, and what one of them brings besides its adapter. A new one is a folder and a line here.
import type { Channel } from "@yingda/contract";
import type { ChannelAdapter } from "./adapter.ts";
import { apiAdapter } from "./api/adapter.ts";
import { webAdapter } from "./web/adapter.ts";

/** The web chat's own routes and clean-up, for routes.ts and sweep.ts. */
export { forgetVisitors, type GatewayOptions, visitorRoutes } from "./web/adapter.ts";

export type Adapters = Readonly<Record<Channel, ChannelAdapter>>;
export const adapters: Adapters = { web: webAdapter, api: apiAdapter };
