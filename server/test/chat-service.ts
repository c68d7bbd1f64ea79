// The simulated service of large models, for journeys, which use the product from outside.
export type { ChatRequest } from "../src/inference/llm/testing/chat-request.ts";
export { chatService } from "../src/inference/llm/testing/chat-service.ts";
