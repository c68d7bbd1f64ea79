// The door of turns: who answers now.
import type { SealedColumn } from "../platform/crypto/index.ts";

export type { Brain } from "./ask-brain.ts";
export { colleagueSubscriber } from "./ask-colleague/on-person-comes.ts";
export { collectAllGaps } from "./gaps/collect-gaps.ts";
export { gapSubscriber } from "./gaps/on-conversation-rated.ts";
export { getTrace } from "./get-trace.ts";
export { giveBack } from "./give-back.ts";
export { beginIncident, beginIncidentJob, incidentSubscriber } from "./incidents/tell-waiting.ts";
export { importRecord, recordImportJob } from "./rehearsal/import-record.ts";
export { rehearsalJob, runRehearsal } from "./rehearsal/runs.ts";
export { turnsRoutes } from "./routes.ts";
export type { TurnResult } from "./run-turn.ts";
export { settleQuiet } from "./settle-quiet.ts";
export { createTurns, type Turns } from "./turns.ts";

/** For key rotation. */
export const turnsSealedColumns: readonly SealedColumn[] = [
  { table: "bot_draft", column: "sealed_draft", rowFrom: ["id"] },
  { table: "bot_draft", column: "sealed_sent", rowFrom: ["id"] },
  { table: "turn_state", column: "sealed_flow_state", rowFrom: ["conversation_id"] },
  { table: "colleague_question", column: "sealed_question", rowFrom: ["id"] },
  { table: "colleague_question", column: "sealed_reply", rowFrom: ["id"] },
  { table: "tool_run", column: "sealed_answer", rowFrom: ["id"] },
  { table: "tool_run", column: "sealed_work", rowFrom: ["id"] },
  { table: "picture_reading", column: "sealed_reading", rowFrom: ["message_id"] },
  { table: "gap_question", column: "sealed_text", rowFrom: ["message_id"] },
  { table: "rehearsal_case", column: "sealed_turns", rowFrom: ["id"] },
  { table: "rehearsal_result", column: "sealed_lines", rowFrom: ["run_id", "case_id"] },
  { table: "rehearsal_run", column: "sealed_results", rowFrom: ["id"] },
  { table: "turn_trace", column: "sealed_trace", rowFrom: ["message_id"] },
];
