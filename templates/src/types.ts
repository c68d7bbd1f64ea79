// Shapes of what an industry pack and the demo shop hold. Plain types without a schema library: the files are ours,
// and templates.test.ts checks every one of them.

/** A text in both languages. Neither side may be empty. */
export interface Bilingual {
  zh: string;
  en: string;
}

/**
 * A named gap in answers, written {{发货时间}}. Until the shop fills it, no answer that holds it is ever spoken.
 * A value may carry both languages as "中文 | English"; without the bar it is used in both.
 */
export interface PackBlank {
  key: string;
  label: Bilingual;
  /** Used by the demo shop and by `--pack`; never shown to a real shop's customers. */
  sample: string;
  /** Asked for during set-up; the others can wait. */
  required: boolean;
  /** The shop's own name: filled with it, never asked for. */
  isShopName?: true;
}

export interface PackFaq {
  /** Stable across versions: pack and name, e.g. "apparel.shipping-time". */
  slug: string;
  /** The corpus intent it answers: "order.shipping-time". */
  intent: string;
  category: Bilingual;
  tags: readonly string[];
  question: string;
  questionEn: string;
  answer: string;
  answerEn: string;
  /** For the phone. */
  spoken: Bilingual;
  /** Tidy wordings that become the shop's own; what customers really type is borrowed from the corpus. */
  phrasings: readonly string[];
  phrasingsEn: readonly string[];
  /** Messages that look alike and mean something else. */
  negatives: readonly string[];
}

export interface PackQuickReply {
  title: Bilingual;
  /** Pinyin initials, typed after "/". */
  shortcut: string;
  text: Bilingual;
}

export interface PackSummary {
  slug: string;
  version: number;
  name: Bilingual;
  description: Bilingual;
}

export interface IndustryPack extends PackSummary {
  greeting: Bilingual;
  greetingClosed: Bilingual;
  /** FAQ slugs offered under the greeting. */
  suggestedQuestions: string[];
  tags: string[];
  /** Usual hours of the trade; minutes from midnight, Monday is 1. */
  hours: { opensMinute: number; closesMinute: number; days: number[] };
  blanks: PackBlank[];
  faqs: PackFaq[];
  quickReplies: PackQuickReply[];
  /** Places for what other rooms will bring; empty until the room exists. */
  flows: readonly unknown[];
  ticketTypes: readonly unknown[];
  qualityRules: readonly unknown[];
  checklists: readonly unknown[];
  dispositions: readonly unknown[];
  phoneScripts: readonly unknown[];
}

/** An editable answer to small talk; the slug is "small-talk." and the kind. */
export interface SmallTalkAnswer {
  slug: string;
  question: string;
  questionEn: string;
  answer: string;
  answerEn: string;
}

export interface DemoAgent {
  key: string;
  name: string;
  account: string;
  role: "supervisor" | "agent";
  capacity: number;
}

export interface DemoContact {
  key: string;
  name: string;
  phone: string | null;
  email: string | null;
  language: "zh" | "en";
  tags: string[];
  notes: string;
  /** Unverified facts from the link they came by. */
  context: Record<string, string>;
}

export interface DemoLine {
  from: "contact" | "bot" | "agent" | "note";
  /** Key of the agent, for "agent" and "note". */
  agent?: string;
  text: string;
  /** Seconds after the line before it (0 for the first). */
  afterSeconds: number;
  /** FAQ that a bot's answer cites. */
  faq?: string;
}

export interface DemoConversation {
  contact: string;
  /** How long before "now" it began, in minutes. */
  startedMinutesAgo: number;
  lines: DemoLine[];
  tags: string[];
  /** Where it stands at the end of its lines. */
  state:
    | { kind: "bot" }
    | { kind: "queue"; reason: "asked-for-human" | "complaint" | "left-message" | "held"; summary: string }
    | { kind: "agent"; agent: string }
    | {
        kind: "resolved";
        disposition: "solved" | "answered-by-bot" | "no-reply";
        rating: { score: number; comment: string | null } | null;
      };
}

export interface DemoShop {
  name: Bilingual;
  pack: string;
  agents: DemoAgent[];
  contacts: DemoContact[];
  conversations: DemoConversation[];
}

/** An order of the demo shop; days are counted from today, so that it never looks old. */
export interface DemoOrder {
  number: string;
  status: "unpaid" | "paid" | "packed" | "shipped" | "delivered" | "cancelled" | "returned";
  item: string;
  /** In fen. */
  totalMinor: number;
  placedDaysAgo: number;
  shippedDaysAgo?: number;
  shipsInDays?: number;
  parcelNumber?: string;
}

export interface DemoParcel {
  number: string;
  status: "collected" | "in-transit" | "out-for-delivery" | "at-pickup-point" | "delivered" | "problem";
  lastPlace: string;
  lastHoursAgo: number;
  expectedInDays?: number;
}

export interface DemoOrders {
  orders: readonly DemoOrder[];
  parcels: readonly DemoParcel[];
}
