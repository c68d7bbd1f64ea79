// Shapes that cross a wire. Imports only zod; everything else may import this.
export * from "./channel.ts";
export * from "./contact.ts";
export * from "./content.ts";
export * from "./conversation.ts";
export * from "./errors.ts";
export * from "./events/index.ts";
export * from "./ids.ts";
export * from "./inbox.ts";
export * from "./knowledge.ts";
export * from "./message.ts";
export * from "./realtime.ts";
export * from "./route.ts";
export * from "./routes/index.ts";
export * from "./routing.ts";
export * from "./turn.ts";
export * from "./user.ts";
export * from "./widget.ts";
