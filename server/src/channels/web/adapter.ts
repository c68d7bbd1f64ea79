// The web chat as a channel. It has no webhook and sends nothing: the visitor's client follows our own log (gateway.ts),
// so a reply is delivered by being recorded. What it can do is in the table of capabilities.
import { type Channel, channelCapabilities } from "@yingda/contract";
import type { ChannelAdapter } from "../adapter.ts";

const id: Channel = "web";

export const webAdapter: ChannelAdapter = { id, capabilities: channelCapabilities[id] };
