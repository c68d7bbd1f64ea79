// The visitor's socket: the realtime hub brings the frames, this answers them. Frames of one line are answered in order; an
// answer that fails is a `refused` with a code, never a closed line, unless the visitor is not who they say.
import type { ConversationId, WidgetServerFrame } from "@yingda/contract";
import { widgetProtocol } from "@yingda/contract";
import { recordContactRead, recordRating } from "../../conversations/index.ts";
import type { Services } from "../../platform/context.ts";
import { AppError } from "../../platform/errors.ts";
import { addressOf, ownOrigins } from "../../platform/http/index.ts";
import type { VisitorGateway, VisitorLine, VisitorPrincipal } from "../../platform/realtime/index.ts";
import type { RoutingForVisitors, VisitorLimiter } from "./doors.ts";
import { type ClientFrame, clientFrame, type HelloFrame, type LineFrame } from "./frames.ts";
import { visitLocale } from "./greeting.ts";
import { welcomeOf } from "./present.ts";
import { admit, prove, type Session, sessionCtx } from "./session.ts";
import { publicLimits, takeLine, type VisitorLimits } from "./take-line.ts";

export type GatewayOptions = {
  services: Services;
  routing: RoutingForVisitors;
  limiter: VisitorLimiter;
  /** Other limits than the public ones, for load tests. */
  limits?: VisitorLimits;
};

type LineState = { session: Session; answered: Promise<void>; waiting: number };
/** More unanswered frames than this is no person. */
const mostWaiting = 50;

export function createVisitorGateway(options: GatewayOptions): VisitorGateway {
  return {
    async allow(publicKey, origin, request) {
      const foreign = origin !== null && !ownOrigins(options.services.config, request).includes(origin);
      const admitted = await admit(
        options.services,
        publicKey,
        { origin, isForeign: foreign },
        addressOf(request),
      );
      if (admitted === "refused" || admitted === "not-found") return admitted;
      if (admitted === "off") return "not-found";
      const { session } = admitted;
      session.locale = visitLocale(request.headers["accept-language"], session.locale);
      const state: LineState = { session, answered: Promise.resolve(), waiting: 0 };
      return { tenantId: session.tenantId, inboxId: session.inboxId, state };
    },
    onFrame(line, given) {
      const state = line.state as LineState;
      if (state.waiting >= mostWaiting) return line.bye("limit");
      state.waiting += 1;
      state.answered = state.answered.then(async () => {
        state.waiting -= 1;
        if (line.isOpen) await answer(options, line, state.session, given);
      });
      return state.answered;
    },
    async prove(line, token, conversationId) {
      const { session } = line.state as LineState;
      const ctx = sessionCtx(options.services, session);
      try {
        // a JWT has dots, a visitor's token has none
        await prove(ctx, session, token.includes(".") ? { token: null, jwt: token } : { token }, false);
      } catch (error) {
        if (error instanceof AppError) return false;
        throw error;
      }
      if (conversationId !== null && conversationId !== session.conversationId) return false;
      line.principal = principalOf(session);
      return line.principal !== null;
    },
  };
}

function principalOf(session: Session): VisitorPrincipal | null {
  const { tenantId, inboxId, locale, visitor } = session;
  return visitor && { kind: "visitor", tenantId, inboxId, visitorId: visitor.key, locale };
}

async function answer(
  options: GatewayOptions,
  line: VisitorLine,
  session: Session,
  given: unknown,
): Promise<void> {
  const parsed = clientFrame.safeParse(given);
  const clientMessageId = parsed.success ? idOf(parsed.data) : idOf(given);
  try {
    if (!parsed.success) throw new AppError("request/invalid");
    await handle(options, line, session, parsed.data);
  } catch (error) {
    if (!(error instanceof AppError)) {
      options.services.log.error({ err: error, inboxId: session.inboxId }, "visitor frame failed");
      return line.send({ t: "refused", clientMessageId, code: "internal" });
    }
    if (error.code === "inbox/off") return line.bye("inbox-off");
    if (error.code === "auth/token-invalid") return line.bye("token");
    line.send(refusal(clientMessageId, error));
  }
}

/** What a failed frame is answered with; the text is the client's. */
export function refusal(
  clientMessageId: string | null,
  error: AppError,
): Extract<WidgetServerFrame, { t: "refused" }> {
  const { retryAfterMs } = error.details;
  return {
    t: "refused",
    clientMessageId,
    code: error.code,
    ...(typeof retryAfterMs === "number" ? { retryAfterMs } : {}),
  };
}

async function handle(
  options: GatewayOptions,
  line: VisitorLine,
  session: Session,
  frame: ClientFrame,
): Promise<void> {
  switch (frame.t) {
    case "ping":
      return line.send({ t: "pong" });
    case "hello":
      return greet(options, line, session, frame);
    case "say":
    case "choose":
    case "human":
    case "leave":
      return record(options, line, session, frame);
    case "stop-waiting":
      return stopWaiting(options, session);
    case "typing":
    case "read":
    case "rate":
      return handleBeside(options, session, frame);
    default:
      return frame satisfies never;
  }
}

async function greet(
  options: GatewayOptions,
  line: VisitorLine,
  session: Session,
  frame: HelloFrame,
): Promise<void> {
  if (frame.v !== widgetProtocol) return line.bye("protocol");
  noteVisit(session, frame);
  const ctx = sessionCtx(options.services, session);
  const { newToken } = await prove(ctx, session, { token: frame.token, jwt: frame.jwt }, true);
  const { conversationId } = session;
  line.principal = principalOf(session);
  const known = { conversationId: frame.conversationId, since: frame.since };
  const welcome = await welcomeOf(sessionCtx(options.services, session), options.routing, {
    conversationId,
    known,
    token: newToken,
  });
  line.send(welcome);
  if (welcome.conversationId) line.follow(welcome.conversationId as ConversationId, welcome.seq);
}

/** Page, referrer and link parameters are what the browser says: context for agents, never a proof. */
export function noteVisit(
  session: Session,
  frame: Pick<HelloFrame, "locale" | "page" | "referrer" | "params">,
): void {
  session.locale = visitLocale(frame.locale, session.locale);
  const { page, referrer } = frame;
  session.context = { ...frame.params, ...(page ? { page } : {}), ...(referrer ? { referrer } : {}) };
}

async function record(
  options: GatewayOptions,
  line: VisitorLine,
  session: Session,
  frame: LineFrame,
): Promise<void> {
  if (!line.principal) throw new AppError("auth/not-signed-in");
  const ctx = sessionCtx(options.services, session);
  const taken = await takeLine(ctx, session, frame, options.limiter, options.limits ?? publicLimits);
  const { messageId, seq, conversationId, duplicate } = taken;
  // two tabs may have spoken first at the same time: the visitor is the one whose row was made
  line.principal = principalOf(session);
  line.send({ t: "ack", clientMessageId: frame.clientMessageId, messageId, seq, conversationId, duplicate });
  if (line.conversationId !== conversationId) line.follow(conversationId, taken.eventSeq ?? 0);
}

async function stopWaiting({ services, routing }: GatewayOptions, session: Session): Promise<void> {
  const left = session.conversationId
    ? await routing.leaveQueue(sessionCtx(services, session), session.conversationId)
    : "not-waiting";
  if (left === "not-waiting") throw new AppError("conversation/transition-refused");
}

/** Typing, reading, rating: nothing of it makes a conversation. */
export async function handleBeside(
  { services }: Pick<GatewayOptions, "services">,
  session: Session,
  frame: Extract<ClientFrame, { t: "typing" | "read" | "rate" }>,
): Promise<void> {
  const { conversationId, tenantId } = session;
  if (!conversationId) {
    if (frame.t === "rate") throw new AppError("conversation/not-found");
    return;
  }
  const ctx = sessionCtx(services, session);
  switch (frame.t) {
    case "typing":
      services.realtime.now(
        tenantId,
        { to: "workbench" },
        {
          kind: "typing",
          conversationId,
          who: "contact",
          userId: null,
          name: "",
          isTyping: frame.isTyping,
        },
      );
      return;
    case "read":
      return recordContactRead(ctx, conversationId, frame.seq);
    case "rate": {
      const rated = await recordRating(ctx, { conversationId, score: frame.score, comment: frame.comment });
      if (rated.kind === "refused") throw new AppError("request/conflict");
      return;
    }
    default:
      return frame satisfies never;
  }
}

function idOf(frame: unknown): string | null {
  if (typeof frame !== "object" || frame === null || !("clientMessageId" in frame)) return null;
  return typeof frame.clientMessageId === "string" ? frame.clientMessageId.slice(0, 64) : null;
}
