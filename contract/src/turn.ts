// The boundary between turns (which knows the record) and brain (which only sees these values).
import type { Persona } from "./behaviour.ts";
import type { Channel } from "./channel.ts";
import type { Choice, Citation, Content } from "./content.ts";
import type { HandoffReason } from "./conversation.ts";
import type { PictureLook, PictureSeen } from "./picture.ts";

export const outcomes = [
  "answer",
  "ask-back",
  "handoff",
  "leave-message",
  "small-talk",
  "flow",
  "held",
] as const;
export type Outcome = (typeof outcomes)[number];

export const handoffAvailabilities = ["open", "queueing", "closed", "nobody"] as const;
export type HandoffAvailability = (typeof handoffAvailabilities)[number];

/** One thing the contact said in this turn. */
export type Utterance = { messageId: string; content: Content; at: Date };

/** A QR or bar code, by the name of its kind ("QRCode", "EAN-13"). */
export type PictureCode = { format: string; text: string };
/**
 * What was read in a picture of this turn: data, never instructions. `seen`: a vision model's description; `look` is left out
 * where no model looks at pictures.
 */
export type PictureRead = {
  messageId: string;
  codes: PictureCode[];
  seen: PictureSeen | null;
  look?: PictureLook | undefined;
};

export type TurnInput = {
  tenantId: string;
  conversationId: string;
  inboxId: string;
  channel: Channel;
  /** The contact's lines since the last answer, oldest first; at least one. */
  utterances: Utterance[];
  /** Up to twelve messages before them, oldest first. */
  history: { author: "contact" | "bot" | "agent"; text: string; faqSlug: string | null }[];
  locale: "zh-CN" | "en";
  handoffAvailability: HandoffAvailability;
  queue: { place: number | null; expectedWaitSeconds: number | null };
  /** Queues by name that somebody serves now although the usual one has nobody; a flow may hand over into them. */
  servedQueues?: readonly string[] | undefined;
  /** The shop's, as IANA names it; Asia/Shanghai where it is not told. */
  timeZone?: string | undefined;
  thresholds: { answer: number; askBack: number };
  /** Kept by turns between calls; brain returns the next one with set-flow-state. */
  flowState: FlowState | null;
  /** Consecutive turns of this conversation that ended in ask-back or a fallback. */
  turnsWithoutProgress: number;
  /** False: more may still come from the contact, so nothing that costs is asked. Left out: true. */
  isDue?: boolean | undefined;
  /** Unverified link parameters (product, table …): data, never instructions. */
  context: Record<string, string>;
  /** Of the pictures among the utterances; left out where none was looked at. */
  pictures?: PictureRead[] | undefined;
  /** What a vision model saw in earlier pictures of the conversation, oldest first: told to a model that answers, as data. */
  picturesBefore?: PictureSeen[] | undefined;
  /** How the inbox's bot behaves; as in a new shop where it is not told. */
  behaviour?: TurnBehaviour | undefined;
  /** The contact's tags: the customer groups that an FAQ may have an answer of their own for. */
  contactTags?: readonly string[] | undefined;
  /** The answer is going to be spoken: an FAQ's spoken wording goes before its text. */
  isSpoken?: boolean | undefined;
};

export type TurnBehaviour = {
  persona: Persona;
  opening: "bot" | "choice" | "person";
  /** Turns in a row without progress after which a person takes over. */
  patience: number;
  /** The bot has said nothing in this conversation yet. */
  isFirst: boolean;
  /** So many wait for a person that the bot should do more by itself. */
  isPeak: boolean;
  /** Left out: they are replied to in their own language as far as the words can be had. */
  repliesInTheirLanguage?: boolean | undefined;
  /**
   * A colleague may be asked for a missing fact; left out where the inbox does not want it or nobody could reply.
   * `isAsked`: a question of this conversation is open already; `wasTold`: the contact has heard so a second time.
   */
  colleague?: { isAsked: boolean; wasTold: boolean } | undefined;
};

/** Why a colleague is asked: an unfilled blank of an FAQ, an empty cell of a table, no source that says it. */
export const missingFacts = ["blank", "cell", "source"] as const;
export type MissingFact = (typeof missingFacts)[number];

/** What an ask-back offered, so that "2" or "第二个" picks; or the open run of a flow. */
export type FlowState =
  | { kind: "asked-back"; candidates: { slug: string; question: string }[] }
  /** A cell was told, or asked after: "那 XL 呢" goes on from it. The row's name proves that it is still that row. */
  | { kind: "table"; told: TableCell; at: string }
  /** Which cell is meant was asked back after this question; no choices where it was asked openly. */
  | { kind: "asked-table"; question: string; choices: TableCell[] }
  /**
   * A policy was decided by these values (of brain/policies, by input), or `asked` says which input it waits for: "那周五买的呢"
   * goes on from them.
   */
  | { kind: "policy"; policy: string; given: Record<string, unknown>; asked: string | null; at: string }
  /** The contact was asked whether the bot may answer `said` ("": what comes next) rather than a person. */
  | { kind: "offered-bot"; said: string; why: "opening" | "peak" }
  /** A step against a product's fault code was told, counted from 0: "not solved" goes on to the next. */
  | { kind: "fault"; product: string; batch: string; code: string; step: number; at: string }
  /** Which product is meant was asked; `code` is the fault code it shows, "" where something else was asked of it. */
  | { kind: "asked-product"; question: string; code: string; choices: { product: string; label: string }[] }
  /** Talk of a product that goes on. */
  | { kind: "product"; product: string; batch: string; at: string }
  /** `run` is the engine's own JSON, read back by readRun of brain/flows/run; `at`: its latest turn, RFC 3339. */
  | {
      kind: "flow";
      flow: string;
      run: Record<string, unknown>;
      at: string;
      dueAt?: string | null | undefined;
    }
  /** The form to leave a message was offered in the middle of a flow: what it had gathered, for whoever reads the message. */
  | { kind: "gathered"; summary: string };

/** A cell of a shop's table by its place, counted from 0 within the table; `label` is what the row is called. */
export type TableCell = { table: string; row: number; column: number; label: string };

export type Candidate = {
  faq: string;
  question: string;
  confidence: number;
  /** The phrasing that decided; `borrowedFrom` is the corpus intent it came from, null for the shop's own. */
  why?: { phrasing: string; borrowedFrom: string | null; shared: string[]; isExact: boolean } | undefined;
};

/** `because` is a code with values; the sentence lives in the client's language files. */
export type TraceEntry = {
  step: string;
  saw: string;
  decided: string;
  because: { code: string; values: Record<string, string | number> };
  tookMs: number;
};

export type Understanding = {
  language: string;
  sentiment: "negative" | "neutral" | "positive";
  urgency: "normal" | "complaint" | "urgent-repair" | "churn-threat" | "wants-human";
  wantsHuman: boolean;
  candidates: Candidate[];
};

export type Action =
  | { kind: "reply"; content: Content; faq: string | null; citations: Citation[] }
  | { kind: "ask-back"; text: string; choices: Choice[]; candidates: Candidate[] }
  /** `queue`: the name of the queue that a flow wants it in; the usual one where there is none of that name. */
  | {
      kind: "handoff";
      reason: HandoffReason;
      summary: string;
      text: string;
      queue?: string | undefined;
      /** Who has them is asked first. */
      skills?: readonly string[] | undefined;
    }
  /** `fields` of the form are known already: name, phone, email, text. */
  | {
      kind: "offer-leave-message";
      reason: HandoffReason;
      text: string;
      fields?: Record<string, string> | undefined;
    }
  | {
      kind: "hold";
      reason: HandoffReason;
      summary: string;
      text: string;
      faq: string | null;
      queue?: string | undefined;
      skills?: readonly string[] | undefined;
    }
  /** One question to the colleagues; the conversation stays with the bot. `blanks` are of the FAQ, by name. */
  | {
      kind: "ask-colleague";
      text: string;
      question: string;
      summary: string;
      missing: MissingFact;
      faq: string | null;
      blanks: string[];
    }
  /** A question is open already, and the contact hears so once more. */
  | { kind: "colleague-pending"; text: string }
  | { kind: "set-flow-state"; state: FlowState | null }
  /**
   * The customer said yes to what this tool would do. Turns writes it down with the reply, does it after the commit and
   * tells the outcome. `key` is the same however often it is tried; the run of the flow stands in set-flow-state.
   */
  | { kind: "do-tool"; flow: string; step: string; tool: string; input: Record<string, unknown>; key: string }
  | { kind: "request-ticket"; number: string; summary: string };

export type TurnDecision = {
  outcome: Outcome;
  /** True when it may be sent before the quiet window ends: an answer above the threshold, or a wish for a person. */
  isSendable: boolean;
  faq: string | null;
  confidence: number;
  actions: Action[];
  understanding: Understanding;
  trace: TraceEntry[];
  /** The pinned statement that is told with it. */
  incident?: string | undefined;
};

/** What `yingda ask --json` and "try it" print. */
export type AskReply = {
  outcome: Outcome;
  text: string;
  contents: Content[];
  faq: string | null;
  confidence: number;
  candidates: Candidate[];
  tookMs: number;
  trace: TraceEntry[];
};
