// What is to be done with the contact's lines: buttons and forms by fixed rules, everything else by the brain.
// No writes here; run-turn.ts holds or applies what comes out.
import type { Content, TurnDecision } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import type { TurnEffects } from "./apply-decision.ts";
import { askBrain, type Brain } from "./ask-brain.ts";
import { leftForm, leftMessage } from "./leave-message.ts";
import { behaviourOf } from "./manner/behaviour-of.ts";
import type { Duty } from "./manner/duty.ts";
import { type OwnFacts, ownDecision, summaryOf } from "./own-decision.ts";
import { picturesFor } from "./pictures/pictures-for.ts";
import { texts } from "./texts.ts";
import { contentOf, pickedChoice, turnInput } from "./turn-input.ts";
import type { Situation } from "./turn-situation.ts";

/** Without duty to answer only buttons and forms are looked at, everything else goes to a person. */
export async function decideTurn(
  ctx: Ctx,
  brain: Brain,
  situation: Situation,
  duty: Duty,
  isDue: boolean,
  onDelta: (text: string) => void,
): Promise<TurnEffects> {
  const { material, locale } = situation;
  const facts = {
    lines: material.lines,
    availability: situation.availability,
    locale,
    timeZone: situation.timeZone,
  };
  const isBotOn = duty === "answers";
  const lastLine = material.lines.at(-1);
  const last = lastLine ? contentOf(lastLine) : null;
  // also below a word that came after it: a left message is never passed over
  const form = leftForm(material.lines);
  if (form) {
    const { waitsFor, ...thanks } = leftMessage(form, locale, situation.memory.flowState);
    // one that waits already keeps why it does
    return material.conversation.handler.kind === "queue" || !waitsFor ? thanks : { ...thanks, waitsFor };
  }
  const picked = last ? pickedChoice(last) : null;
  if (picked?.action === "solved")
    return { decision: { ...solved(situation), faq: answeredBefore(situation) }, tookMs: 0, resolves: true };
  // a step against a fault code did not help: the brain knows the next one
  const hasNextStep = isBotOn && situation.memory.flowState?.kind === "fault";
  if (picked?.action === "not-solved" && !hasNextStep)
    return { decision: { ...ownDecision("not-solved", facts), faq: answeredBefore(situation) }, tookMs: 0 };
  if (!isBotOn) return botOff(duty === "drafts" ? "bot-on-trial" : "bot-off", facts);

  const seen = await picturesFor(ctx, situation, isDue);
  const input = turnInput({
    tenantId: ctx.tenantId,
    material,
    channel: situation.inbox.channel,
    memory: situation.memory,
    locale,
    timeZone: situation.timeZone,
    availability: situation.availability,
    thresholds: situation.inbox.bot.thresholds,
    behaviour: behaviourOf(ctx, situation),
    isDue,
  });
  const asked = await askBrain(ctx, brain, { ...input, ...seen }, onDelta);
  if (asked.kind === "decided") return { decision: asked.decision, tookMs: asked.tookMs };
  return { decision: ownDecision("bot-failed", facts), tookMs: 0 };
}

/** While nobody is there either, the conversation waits for the opening instead of being told the same at every line. */
function botOff(reason: "bot-off" | "bot-on-trial", facts: OwnFacts): TurnEffects {
  const decision = ownDecision(reason, facts);
  if (decision.outcome === "handoff") return { decision, tookMs: 0, isBotOff: true };
  return {
    decision,
    tookMs: 0,
    isBotOff: true,
    waitsFor: { reason, summary: summaryOf(reason, facts) },
  };
}

/** The FAQ that "solved" and "not solved" are about: kept with the turn, so that figures need not read what was said. */
function answeredBefore({ material }: Situation): string | null {
  for (const { content, author } of material.history.toReversed()) {
    if (author.kind === "contact") return null;
    const citations = content.kind === "text" || content.kind === "choices" ? content.citations : undefined;
    const cited = citations?.find(({ kind }) => kind === "faq");
    if (cited?.kind === "faq") return cited.slug;
  }
  return null;
}

function solved({ locale }: Situation): TurnDecision {
  const content: Content = { kind: "text", text: texts[locale].solved };
  return {
    outcome: "small-talk",
    isSendable: true,
    faq: null,
    confidence: 1,
    actions: [{ kind: "reply", content, faq: null, citations: [] }],
    understanding: {
      language: locale,
      sentiment: "positive",
      urgency: "normal",
      wantsHuman: false,
      candidates: [],
    },
    trace: [{ step: "turn", saw: "", decided: "solved", because: { code: "solved", values: {} }, tookMs: 0 }],
  };
}
