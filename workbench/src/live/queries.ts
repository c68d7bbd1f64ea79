/**
 * The query cache and the names of what is in it. A `stale` event of the live line makes one topic refetch
 * (live/line.ts); pages use `queryKeys` so that they are found.
 */
import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "../api.ts";

export const queryKeys = {
  me: ["me"] as const,
  setupState: ["setup-state"] as const,
  conversations: ["conversations"] as const,
  conversation: (id: string) => ["conversation", id] as const,
  pictureReadings: (conversationId: string, seq: number) =>
    ["picture-readings", conversationId, seq] as const,
  contact: (id: string) => ["contact", id] as const,
  contacts: ["contact"] as const,
  colleagueQuestions: ["colleague-questions"] as const,
  cannedReplies: ["canned-replies"] as const,
  tags: ["tags"] as const,
  queues: ["queues"] as const,
  skills: ["skills"] as const,
  members: ["members"] as const,
  faqs: ["faqs"] as const,
  gaps: ["gaps"] as const,
  tables: ["tables"] as const,
  tools: ["tools"] as const,
  products: ["products"] as const,
  help: ["help"] as const,
  policies: ["policies"] as const,
  usage: ["usage"] as const,
  rehearsal: ["rehearsal"] as const,
  incidents: ["incidents"] as const,
  words: ["words"] as const,
  flows: ["flows"] as const,
  documents: ["documents"] as const,
  blanks: ["blanks"] as const,
  packs: ["packs"] as const,
  inboxes: ["inboxes"] as const,
  hours: ["hours"] as const,
  embedding: ["embedding"] as const,
  languageModels: ["language-models"] as const,
  assist: ["assist"] as const,
  botDrafts: (conversationId: string) => ["bot-drafts", conversationId] as const,
  allBotDrafts: ["bot-drafts"] as const,
  pilot: ["pilot"] as const,
  audit: ["audit"] as const,
  health: ["health"] as const,
  keys: ["keys"] as const,
  backups: ["backups"] as const,
  apiKeys: ["api-keys"] as const,
  sessions: ["sessions"] as const,
  firstSteps: ["first-steps"] as const,
};

/** Which cached queries a `stale` topic concerns. */
export const keysOfTopic = {
  faqs: [queryKeys.faqs, queryKeys.packs, queryKeys.firstSteps],
  tables: [queryKeys.tables],
  tools: [queryKeys.tools],
  products: [queryKeys.products],
  help: [queryKeys.help],
  policies: [queryKeys.policies],
  incidents: [queryKeys.incidents],
  words: [queryKeys.words],
  flows: [queryKeys.flows],
  documents: [queryKeys.documents],
  blanks: [queryKeys.blanks, queryKeys.faqs, queryKeys.packs],
  "colleague-questions": [queryKeys.colleagueQuestions],
  members: [queryKeys.members, queryKeys.me, queryKeys.firstSteps],
  inboxes: [queryKeys.inboxes, queryKeys.firstSteps],
  hours: [queryKeys.hours, queryKeys.firstSteps],
  queues: [queryKeys.queues, queryKeys.skills],
  tenant: [queryKeys.me, queryKeys.firstSteps],
  audit: [queryKeys.audit],
  contact: [queryKeys.contacts],
  drafts: [queryKeys.allBotDrafts, queryKeys.pilot],
} as const;

/** Passing failures are tried three times; a refusal is an answer and is shown at once. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: true,
      networkMode: "always",
      retry: (failures, error) => failures < 3 && error instanceof ApiError && error.isPassing,
      retryDelay: (attempt) => Math.min(8_000, 500 * 2 ** attempt),
    },
    mutations: { networkMode: "always", retry: false },
  },
});
