// The receiving end of the api channel's webhook: counts what arrives. A repeated call (same yingda-id) is allowed by the channel's
// contract and counted apart; two different answers in one conversation are not.
import { createServer } from "node:http";

export interface Receiver {
  port: number;
  /** Conversations that got at least one bot answer. */
  answered(): number;
  repeated(): number;
  conversationsWithTwoAnswers(): number;
  close(): Promise<void>;
}

interface Call {
  id: string;
  conversationId: string;
  message: { id: string; author: string | { kind: string } };
}

export async function startReceiver(): Promise<Receiver> {
  const seen = new Set<string>();
  const answers = new Map<string, Set<string>>();
  let repeated = 0;
  const server = createServer((request, reply) => {
    let text = "";
    request.on("data", (chunk: Buffer) => {
      text += chunk.toString("utf8");
    });
    request.on("end", () => {
      const call = JSON.parse(text) as Call;
      if (seen.has(call.id)) repeated += 1;
      seen.add(call.id);
      const { author } = call.message;
      if ((typeof author === "string" ? author : author.kind) === "bot") {
        const known = answers.get(call.conversationId) ?? new Set();
        answers.set(call.conversationId, known.add(call.message.id));
      }
      reply.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    port: address.port,
    answered: () => answers.size,
    repeated: () => repeated,
    conversationsWithTwoAnswers: () => [...answers.values()].filter((ids) => ids.size > 1).length,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
