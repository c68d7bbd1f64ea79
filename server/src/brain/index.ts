// The door of the brain: deciding a turn, and what the shop knows. Knows no conversation.
export { decideAfterTime } from "./after-time.ts";
export { decideAfterTool, type ToolDone } from "./after-tool.ts";
export type { TurnModel } from "./answer-model.ts";
export { ask, askWith, type Memory, type Question, standardThresholds, textOfAction, tryIt } from "./ask.ts";
export { type DecideDeps, decide, decideNow } from "./decide.ts";
export { registerDocumentJobs } from "./documents/shop/document-jobs.ts";
export { explainTrace } from "./explain.ts";
export { doConfirmed, flowListener, flowsFor, mayRepeat } from "./flows/shop/flow-cache.ts";
export { listFlows, switchFlow } from "./flows/shop/flows.ts";
export { groupQuestions } from "./group-questions.ts";
export { countAnswer, flushAnswerCounts } from "./knowledge/answer-counts.ts";
export { saveFaqDraft } from "./knowledge/drafts/faq-drafts.ts";
export { getFaqPolicy } from "./knowledge/drafts/faq-policy.ts";
export { testAreaFor } from "./knowledge/drafts/test-area.ts";
export { createFaq, getFaq, listFaqs, matterOfFaq, updateFaq } from "./knowledge/faqs.ts";
export { findHelpFaults, helpPageOf, isHelpFile } from "./knowledge/help/help-page.ts";
export { type KnownIncident, recordIncidentTold, textOfIncident } from "./knowledge/incidents/tell.ts";
export { keepChangedFaqs } from "./knowledge/keep-changed-faqs.ts";
export { type Answer, type Knowledge, type KnownFaq, ShopKnowledge } from "./knowledge/knowledge.ts";
export {
  knowledgeFor,
  knowledgeListener,
  reloadKnowledge,
  warmKnowledge,
} from "./knowledge/knowledge-cache.ts";
export { packKnowledge } from "./knowledge/pack-knowledge.ts";
export { demoShop, type PackMaterial, packMaterial } from "./knowledge/pack-material.ts";
export { fillBlanks, listBlanks, listPacks, switchPack } from "./knowledge/packs.ts";
export { purgeKnowledge } from "./knowledge/purge-knowledge.ts";
export { draftReply } from "./model/draft-reply.ts";
export { modelFor } from "./model/shop-model.ts";
export { summariseDialogue } from "./model/summarise-dialogue.ts";
export { describePicture } from "./pictures/describe-picture.ts";
export { brainRoutes } from "./routes.ts";
export { brainSealedColumns } from "./sealed-columns.ts";
export { addConnection } from "./tools/shop/manage-connections.ts";
export { maskPersonal, standInFor, toSimplified, writesTraditional } from "./understanding/words-of.ts";
