// Questions of the bot to its colleagues.
import { z } from "zod";
import {
  colleagueQuestion,
  colleagueQuestionId,
  keepReply,
  longestColleagueReply,
} from "../colleague-questions.ts";
import { defineRoutes } from "../route.ts";

const byId = z.object({ id: colleagueQuestionId });

export const colleagueQuestionRoutes = defineRoutes({
  listColleagueQuestions: {
    method: "GET",
    path: "/api/colleague-questions",
    access: "conversations-read",
    summary:
      "Open ones, the most urgent first; answered ones of the last week of which nothing was made so far.",
    reply: z.object({ open: z.array(colleagueQuestion), answered: z.array(colleagueQuestion) }),
  },
  replyToColleagueQuestion: {
    method: "POST",
    path: "/api/colleague-questions/:id/reply",
    access: "conversations-reply",
    summary: "One line, which the bot says to the contact, also when they have left. The first reply counts.",
    params: byId,
    body: z.object({ text: z.string().trim().min(1).max(longestColleagueReply) }),
    reply: colleagueQuestion,
  },
  handOverColleagueQuestion: {
    method: "POST",
    path: "/api/colleague-questions/:id/hand-over",
    access: "conversations-reply",
    summary: "Nobody knows: the conversation goes to the queue at once, with a summary.",
    params: byId,
    reply: colleagueQuestion,
  },
  keepColleagueReply: {
    method: "POST",
    path: "/api/colleague-questions/:id/keep",
    access: "knowledge-write",
    summary: "Makes knowledge of a reply, or notes that nothing is to be made of it.",
    params: byId,
    body: keepReply,
    reply: colleagueQuestion,
  },
});
