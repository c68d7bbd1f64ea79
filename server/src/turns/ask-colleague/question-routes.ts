// HTTP of the bot's questions to colleagues.
import { routes } from "@yingda/contract";
import { type HttpApp, register } from "../../platform/http/index.ts";
import { handOverQuestion } from "./end-without-reply.ts";
import { keepReply } from "./keep-reply.ts";
import { listQuestions } from "./list-questions.ts";
import { replyToQuestion } from "./reply-to-question.ts";

export function questionRoutes(app: HttpApp): void {
  register(app, routes.listColleagueQuestions, (ctx) => listQuestions(ctx));
  register(app, routes.replyToColleagueQuestion, (ctx, { params, body }) =>
    replyToQuestion(ctx, params.id, body.text),
  );
  register(app, routes.handOverColleagueQuestion, (ctx, { params }) => handOverQuestion(ctx, params.id));
  register(app, routes.keepColleagueReply, (ctx, { params, body }) => keepReply(ctx, params.id, body));
}
