// SQL of the bot's questions to colleagues. Owner: turns.
import type {
  ColleagueQuestionId,
  ColleagueQuestionState,
  ConversationId,
  FaqId,
  KeptAs,
  MissingFact,
  UserId,
} from "@yingda/contract";
import type { NamedStatement, Tx } from "../../platform/db/index.ts";

export interface QuestionRow {
  id: ColleagueQuestionId;
  conversationId: ConversationId;
  state: ColleagueQuestionState;
  missing: MissingFact;
  faqSlug: string | null;
  sealedQuestion: Buffer;
  askedUserIds: UserId[];
  askedAt: Date;
  dueAt: Date;
  endedAt: Date | null;
  endedBy: UserId | null;
  sealedReply: Buffer | null;
  sentAt: Date | null;
  keptAs: KeptAs | null;
  faqId: FaqId | null;
}

const columns = `id, conversation_id as "conversationId", state, missing, faq_slug as "faqSlug",
  sealed_question as "sealedQuestion", asked_user_ids as "askedUserIds", asked_at as "askedAt", due_at as "dueAt",
  ended_at as "endedAt", ended_by as "endedBy", sealed_reply as "sealedReply", sent_at as "sentAt",
  kept_as as "keptAs", faq_id as "faqId"`;

/** One row while a question of the conversation is open. */
export const findOpenQuestion: NamedStatement = {
  name: "turns-open-colleague-question",
  text: `select pending_told_at is not null as "wasTold" from colleague_question
    where tenant_id = $1 and conversation_id = $2 and state = 'open'`,
};

export async function isQuestionOpen(
  tx: Tx,
  tenantId: string,
  conversationId: ConversationId,
): Promise<boolean> {
  return (await tx.maybe(findOpenQuestion.text, [tenantId, conversationId])) !== undefined;
}

export type NewQuestion = Pick<
  QuestionRow,
  "id" | "conversationId" | "missing" | "faqSlug" | "sealedQuestion" | "askedUserIds" | "askedAt" | "dueAt"
>;

/** False when one of the conversation is open already. */
export async function insertQuestion(tx: Tx, tenantId: string, question: NewQuestion): Promise<boolean> {
  const { id, conversationId, missing, faqSlug, sealedQuestion, askedUserIds, askedAt, dueAt } = question;
  const written = await tx.run(
    `insert into colleague_question
       (tenant_id, id, conversation_id, missing, faq_slug, sealed_question, asked_user_ids, asked_at, due_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (tenant_id, conversation_id) where state = 'open' do nothing`,
    [tenantId, id, conversationId, missing, faqSlug, sealedQuestion, askedUserIds, askedAt, dueAt],
  );
  return written === 1;
}

/** The question that is open, once it is told of; undefined where none is, or it was told of before. */
export function markPendingTold(
  tx: Tx,
  tenantId: string,
  conversationId: ConversationId,
  at: Date,
): Promise<{ id: ColleagueQuestionId } | undefined> {
  return tx.maybe(
    `update colleague_question set pending_told_at = $3
     where tenant_id = $1 and conversation_id = $2 and state = 'open' and pending_told_at is null returning id`,
    [tenantId, conversationId, at],
  );
}

export function findQuestion(
  tx: Tx,
  tenantId: string,
  id: ColleagueQuestionId,
): Promise<QuestionRow | undefined> {
  return tx.maybe(`select ${columns} from colleague_question where tenant_id = $1 and id = $2`, [
    tenantId,
    id,
  ]);
}

export interface Ending {
  state: Exclude<ColleagueQuestionState, "open">;
  by: UserId | null;
  sealedReply: Buffer | null;
  at: Date;
}

/** False when it was not open any more: of all who try, one ends it. */
export async function endQuestion(
  tx: Tx,
  tenantId: string,
  id: ColleagueQuestionId,
  { state, by, sealedReply, at }: Ending,
): Promise<boolean> {
  const ended = await tx.run(
    `update colleague_question set state = $3, ended_by = $4, sealed_reply = $5, ended_at = $6
     where tenant_id = $1 and id = $2 and state = 'open'`,
    [tenantId, id, state, by, sealedReply, at],
  );
  return ended === 1;
}

export function withdrawOpen(
  tx: Tx,
  tenantId: string,
  conversationId: ConversationId,
  at: Date,
): Promise<{ id: ColleagueQuestionId } | undefined> {
  return tx.maybe(
    `update colleague_question set state = 'withdrawn', ended_at = $3
     where tenant_id = $1 and conversation_id = $2 and state = 'open' returning id`,
    [tenantId, conversationId, at],
  );
}

/** True for one of all who try. */
export async function markSent(
  tx: Tx,
  tenantId: string,
  id: ColleagueQuestionId,
  at: Date,
): Promise<boolean> {
  const marked = await tx.run(
    `update colleague_question set sent_at = $3
     where tenant_id = $1 and id = $2 and state = 'answered' and sent_at is null`,
    [tenantId, id, at],
  );
  return marked === 1;
}

/** False when something was made of it before. */
export async function markKept(
  tx: Tx,
  tenantId: string,
  id: ColleagueQuestionId,
  { as, faqId }: { as: KeptAs; faqId: FaqId | null },
): Promise<boolean> {
  const marked = await tx.run(
    `update colleague_question set kept_as = $3, faq_id = $4
     where tenant_id = $1 and id = $2 and state = 'answered' and kept_as is null`,
    [tenantId, id, as, faqId],
  );
  return marked === 1;
}

export function listOpenRows(tx: Tx, tenantId: string, limit: number): Promise<QuestionRow[]> {
  return tx.rows(
    `select ${columns} from colleague_question where tenant_id = $1 and state = 'open'
     order by due_at, id limit $2`,
    [tenantId, limit],
  );
}

export function listUnkeptRows(tx: Tx, tenantId: string, since: Date, limit: number): Promise<QuestionRow[]> {
  return tx.rows(
    `select ${columns} from colleague_question
     where tenant_id = $1 and state = 'answered' and kept_as is null and ended_at >= $2
     order by ended_at desc, id limit $3`,
    [tenantId, since, limit],
  );
}

type Due = { tenantId: string; id: ColleagueQuestionId; conversationId: ConversationId };

/** Open questions that have run out, of all tenants; system role. */
export function dueQuestions(tx: Tx, at: Date, limit: number): Promise<Due[]> {
  return tx.rows(
    `select tenant_id as "tenantId", id, conversation_id as "conversationId" from colleague_question
     where state = 'open' and due_at <= $1 order by due_at limit $2`,
    [at, limit],
  );
}

/** Replies from before this instant that have not gone out, of all tenants; system role. */
export function forgottenReplies(tx: Tx, before: Date, limit: number): Promise<Due[]> {
  return tx.rows(
    `select tenant_id as "tenantId", id, conversation_id as "conversationId" from colleague_question
     where state = 'answered' and sent_at is null and ended_at < $1 order by ended_at limit $2`,
    [before, limit],
  );
}
