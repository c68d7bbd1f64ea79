// The demo shop's people and past conversations (data of templates) as history for the record. Pure: "now" comes in, and all
// times lie before it.
import type { Content, QueueId, UserId } from "@yingda/contract";
import type { demoShop } from "../brain/index.ts";
import type { HistoricContact, History } from "../conversations/import-history.ts";
import type { HistoricConversation, HistoricStep } from "../conversations/replay-history.ts";

type DemoShop = ReturnType<typeof demoShop>;
type DemoConversation = DemoShop["conversations"][number];
type DemoLine = DemoConversation["lines"][number];

export interface DemoPlaces {
  inboxId: History["inboxId"];
  queueId: QueueId;
  /** By the agent's key in the shop's file. */
  agents: ReadonlyMap<string, { id: UserId; name: string }>;
  botName: string;
  /** Questions of the pack by slug: what an answer cites. */
  titles: ReadonlyMap<string, string>;
  now: Date;
  timeZone: string;
  /** When the shop closes, in minutes from midnight there. */
  closesMinute: number;
}

const minutesOfDay = 1_440;
const minutesAfterClosing = 40;
const leastMinutesAgo = 60;
const closingSeconds = 90;
const ratingSeconds = 150;

export function demoHistory(shop: DemoShop, places: DemoPlaces): History {
  const contacts = shop.contacts.map(
    (contact): HistoricContact => ({
      externalId: `demo-${contact.key}`,
      name: contact.name,
      phone: contact.phone,
      email: contact.email,
      notes: contact.notes,
      tags: contact.tags,
      language: contact.language === "zh" ? "zh-CN" : "en",
      context: contact.context,
      seenAt: minutesBefore(places.now, 3 * minutesOfDay),
      conversations: shop.conversations
        .filter((conversation) => conversation.contact === contact.key)
        .map((conversation) => conversationOf(conversation, places)),
    }),
  );
  return { inboxId: places.inboxId, contacts, isDemo: true };
}

function conversationOf(given: DemoConversation, places: DemoPlaces): HistoricConversation {
  const steps = linesOf(given, places);
  const lastAt = steps.at(-1)?.at ?? places.now;
  const later = (seconds: number) =>
    new Date(Math.min(lastAt.getTime() + seconds * 1_000, places.now.getTime()));
  const { state, tags } = given;
  const rating =
    state.kind === "resolved" && state.rating ? { ...state.rating, at: later(ratingSeconds) } : null;
  return { steps: [...steps, ...endOf(given, places, lastAt, later(closingSeconds))], tags, rating };
}

function linesOf(given: DemoConversation, places: DemoPlaces): HistoricStep[] {
  let atMs = beganAt(given, places).getTime();
  const steps: HistoricStep[] = [];
  let isWithPerson = false;
  for (const line of given.lines) {
    const before = new Date(atMs);
    atMs += line.afterSeconds * 1_000;
    if (line.from === "agent" && !isWithPerson) {
      const event = {
        kind: "handoff",
        queueId: places.queueId,
        reason: "asked-for-human",
        at: before,
      } as const;
      steps.push({ kind: "change", at: before, event });
      isWithPerson = true;
    }
    steps.push(stepOf(line, new Date(atMs), places));
  }
  return steps;
}

/** Whoever left a message wrote when the shop was closed: the evening before, whatever the time is now. */
function beganAt({ state, startedMinutesAgo }: DemoConversation, places: DemoPlaces): Date {
  if (state.kind !== "queue" || state.reason !== "left-message")
    return minutesBefore(places.now, startedMinutesAgo);
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: places.timeZone,
    hour: "2-digit",
    minute: "2-digit",
  })
    .formatToParts(places.now)
    .map(({ value }) => Number(value));
  const minuteOfDay = (parts[0] ?? 0) * 60 + (parts[2] ?? 0);
  const minutesAgo =
    (minuteOfDay - places.closesMinute - minutesAfterClosing + 2 * minutesOfDay) % minutesOfDay;
  return minutesBefore(places.now, minutesAgo < leastMinutesAgo ? minutesAgo + minutesOfDay : minutesAgo);
}

function stepOf(line: DemoLine, at: Date, places: DemoPlaces): HistoricStep {
  const { text } = line;
  switch (line.from) {
    case "contact":
      return { kind: "inbound", at, content: { kind: "text", text } };
    case "bot":
      return { kind: "bot-answer", at, name: places.botName, content: botContent(line, places) };
    case "agent":
    case "note": {
      const agent = agentOf(line.agent, places);
      const by = { at, agentId: agent.id, name: agent.name };
      return line.from === "note"
        ? { kind: "note", ...by, text }
        : { kind: "agent-answer", ...by, content: { kind: "text", text } };
    }
    default:
      return line.from satisfies never;
  }
}

function botContent({ text, faq }: DemoLine, { titles }: DemoPlaces): Content {
  const title = faq === undefined ? undefined : titles.get(faq);
  if (faq === undefined || title === undefined) return { kind: "text", text };
  return { kind: "text", text, citations: [{ kind: "faq", slug: faq, title, checkedOn: null }] };
}

function endOf({ state }: DemoConversation, places: DemoPlaces, at: Date, closedAt: Date): HistoricStep[] {
  const { queueId } = places;
  switch (state.kind) {
    case "bot":
    case "agent":
      return [];
    case "queue": {
      const event =
        state.reason === "left-message"
          ? ({ kind: "left-message", queueId, at } as const)
          : ({ kind: "handoff", queueId, reason: state.reason, at } as const);
      return [{ kind: "change", at, event, summary: state.summary }];
    }
    case "resolved": {
      const by = state.disposition === "answered-by-bot" ? "bot" : "agent";
      return [
        {
          kind: "change",
          at: closedAt,
          event: { kind: "resolve", disposition: state.disposition, by, at: closedAt },
        },
      ];
    }
    default:
      return state satisfies never;
  }
}

function agentOf(key: string | undefined, { agents }: DemoPlaces): { id: UserId; name: string } {
  const agent = agents.get(key ?? "");
  if (!agent) throw new Error(`the demo shop has no agent ${key}`);
  return agent;
}

function minutesBefore(now: Date, minutes: number): Date {
  return new Date(now.getTime() - minutes * 60_000);
}
