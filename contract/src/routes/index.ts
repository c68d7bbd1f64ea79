// Every HTTP route of the product; one table per room, one list for all.
import { accountRoutes } from "./accounts.ts";
import { assistRoutes } from "./assist.ts";
import { behaviourRoutes } from "./behaviour.ts";
import { colleagueQuestionRoutes } from "./colleague-questions.ts";
import { conversationRoutes } from "./conversations.ts";
import { documentRoutes } from "./documents.ts";
import { embeddingRoutes } from "./embedding.ts";
import { faqDraftRoutes } from "./faq-drafts.ts";
import { flowRoutes } from "./flows.ts";
import { gapRoutes } from "./gaps.ts";
import { incidentRoutes } from "./incidents.ts";
import { knowledgeRoutes } from "./knowledge.ts";
import { languageModelRoutes } from "./language-models.ts";
import { operationRoutes } from "./operations.ts";
import { pilotRoutes } from "./pilot.ts";
import { policyRoutes } from "./policies.ts";
import { productRoutes } from "./products.ts";
import { rehearsalRoutes } from "./rehearsal.ts";
import { tableRoutes } from "./tables.ts";
import { toolRoutes } from "./tools.ts";
import { usageRoutes } from "./usage.ts";
import { wordRoutes } from "./words.ts";

export { type AuditEntry, accountRoutes, auditEntry } from "./accounts.ts";
export { assistRoutes } from "./assist.ts";
export {
  behaviourRoutes,
  type Foreseen,
  foreseen,
  type PastQuestion,
  pastQuestion,
} from "./behaviour.ts";
export { colleagueQuestionRoutes } from "./colleague-questions.ts";
export { type CannedReply, cannedReply, conversationRoutes, searchHit } from "./conversations.ts";
export { documentRoutes } from "./documents.ts";
export { embeddingRoutes } from "./embedding.ts";
export { faqDraftRoutes } from "./faq-drafts.ts";
export { flowRoutes } from "./flows.ts";
export { gapRoutes } from "./gaps.ts";
export { incidentRoutes } from "./incidents.ts";
export { knowledgeRoutes } from "./knowledge.ts";
export { languageModelRoutes } from "./language-models.ts";
export { backupFile, deadLetter, healthCheck, operationRoutes, progress } from "./operations.ts";
export { pilotRoutes } from "./pilot.ts";
export { policyRoutes } from "./policies.ts";
export { productRoutes } from "./products.ts";
export { rehearsalRoutes } from "./rehearsal.ts";
export { tableRoutes } from "./tables.ts";
export { toolRoutes } from "./tools.ts";
export { usageRoutes } from "./usage.ts";
export { wordRoutes } from "./words.ts";

export const routes = {
  ...assistRoutes,
  ...accountRoutes,
  ...conversationRoutes,
  ...colleagueQuestionRoutes,
  ...knowledgeRoutes,
  ...faqDraftRoutes,
  ...gapRoutes,
  ...tableRoutes,
  ...usageRoutes,
  ...rehearsalRoutes,
  ...productRoutes,
  ...pilotRoutes,
  ...policyRoutes,
  ...documentRoutes,
  ...operationRoutes,
  ...embeddingRoutes,
  ...languageModelRoutes,
  ...flowRoutes,
  ...behaviourRoutes,
  ...toolRoutes,
  ...incidentRoutes,
  ...wordRoutes,
};
export type RouteName = keyof typeof routes;
