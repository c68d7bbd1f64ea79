// The line without sockets, for networks that block them: one long request waits for news, others carry what is said.
// Loaded only when three sockets in a row could not be opened.
import type { WidgetClientFrame, WidgetServerFrame } from "@yingda/contract";

export interface PollOptions {
  base: string;
  hello(): Extract<WidgetClientFrame, { t: "hello" }>;
  hear(frame: WidgetServerFrame): void;
  signal: AbortSignal;
}

/** Says hello and then waits for news until the network fails, the server refuses, or `signal` aborts. */
export async function pollUntilDown(options: PollOptions): Promise<void> {
  const { base, hello, hear, signal } = options;
  await postFrame(options, hello());
  while (!signal.aborted) {
    const { token, since, conversationId } = hello();
    const query = new URLSearchParams({ since: String(since), conversationId: conversationId ?? "" });
    const reply = await fetch(`${base}/events?${query}`, {
      headers: { "yingda-visitor": token ?? "" },
      signal,
    });
    if (!reply.ok) return;
    for (const frame of (await reply.json()) as WidgetServerFrame[]) hear(frame);
  }
}

/** Carries one frame; what the server answers is heard. */
export async function postFrame({ base, hello, hear }: PollOptions, frame: WidgetClientFrame): Promise<void> {
  const reply = await fetch(`${base}/frames`, {
    method: "POST",
    headers: { "content-type": "application/json", "yingda-visitor": hello().token ?? "" },
    body: JSON.stringify(frame),
  });
  for (const answer of (await reply.json()) as WidgetServerFrame[]) hear(answer);
}
