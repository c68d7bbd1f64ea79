// Answers by the shop's policies: the outcome is computed from what the contact said, told with the rule and the
// computation it rests on; an input without which it cannot be known is asked for. A step of decide.ts.

import type { Choice, Citation, FlowState } from "@yingda/contract";
import type { KnownPolicy } from "./knowledge/policies/known-policy.ts";
import {
  type DecidedPolicy,
  decidePolicy,
  type Given,
  inShopZone,
  type MissingInput,
  type Policy,
  policyAsked,
  readPolicyInputs,
} from "./policies/index.ts";
import { isUpset, type Turn, type Verdict } from "./turn.ts";
import type { Asked } from "./understanding/understand.ts";
import { awayBecause, words } from "./words.ts";

type OpenPolicy = Extract<FlowState, { kind: "policy" }>;

/** What is known so far of the policy in question. */
interface Matter {
  known: KnownPolicy;
  given: Given;
}

const freshMs = 30 * 60_000;
/** Longer than this, a line is no bare answer to what was asked. */
const longestAnswer = 60;
/** "那周五买的呢", "what about Hainan": goes on from what was decided before. */
const goesOn = /^(?:那|那么|如果|要是)|呢[?？。!！~]*$|^(?:what|how) about\b|^(?:and|if)\b/iu;
/** Asks whether, by when or how much; "how do I" is for an FAQ, though a day is named. */
const asksWhether =
  /能|可以|可不可|吗|么|还.*退|过期|过了|来得及|算不算|包不包|多少|几|多久|can\b|could|may i|still|is it|are you|am i|do you|will you|how (?:much|long|many)|eligible|free/iu;
const asksHow = /怎么|怎样|如何|流程|步骤|how (?:do|to|can|should)\b/iu;

/**
 * Null where no policy is meant. An FAQ of exactly these words goes first; an FAQ that is sure enough goes first too
 * unless the question asks whether and names what the policy decides by ("上周三买的还能退吗"). `wanted` "computed": only
 * what goes on from an open policy or names something to decide by, so that no flow begins in its place.
 */
export function answerFromPolicies(turn: Turn, asked: Asked, wanted: "computed" | "any"): Verdict | null {
  const { knowledge, heard, input } = turn;
  const best = asked.best.matches[0];
  const isFaqSure = best !== undefined && best.confidence >= input.thresholds.answer;
  if (knowledge.policies.length === 0 || heard.text === "" || (isFaqSure && best.why.isExact)) return null;
  const matter = openMatter(turn, isFaqSure) ?? newMatter(turn, isFaqSure);
  if (matter === null || (wanted === "computed" && Object.keys(matter.given).length === 0)) return null;
  const decided = decidePolicy(matter.known.policy, matter.given, nowOf(turn));
  if (decided.kind === "decided") return tell(turn, matter, decided);
  const [missing] = decided.inputs;
  return missing === undefined || isUpset(turn) ? null : askFor(turn, matter, missing);
}

/** The answer to what was asked, or "and if …": with what was known before. */
function openMatter(turn: Turn, isFaqSure: boolean): Matter | null {
  const { flowState } = turn.input;
  if (flowState?.kind !== "policy" || !isFresh(turn, flowState)) return null;
  const known = policyCalled(turn, flowState.policy);
  if (known === undefined) return null;
  const { text } = turn.heard;
  const isAnswer = flowState.asked !== null && [...text].length <= longestAnswer;
  const asks = policyAsked([known.policy], text).length > 0;
  if (!isAnswer && !asks && !(goesOn.test(text.trim()) && !isFaqSure)) return null;
  const read = readNow(turn, known.policy, flowState.asked ?? undefined);
  if (Object.keys(read).length === 0) return null;
  // what stands in the state was written by askFor or tell; decidePolicy asks again for what does not fit
  return { known, given: { ...(flowState.given as Given), ...read } };
}

function newMatter(turn: Turn, isFaqSure: boolean): Matter | null {
  const { heard, knowledge } = turn;
  if (!asksWhether.test(heard.text) || asksHow.test(heard.text)) return null;
  const [first] = policyAsked(
    knowledge.policies.map(({ policy }) => policy),
    heard.text,
  );
  const known = policyCalled(turn, first?.policy);
  if (known === undefined) return null;
  const given = readNow(turn, known.policy);
  return isFaqSure && Object.keys(given).length === 0 ? null : { known, given };
}

/** With the days of the shop, unless it names a zone of its own. */
function policyCalled({ knowledge, input }: Turn, key: string | undefined): KnownPolicy | undefined {
  const known = knowledge.policies.find(({ policy }) => policy.key === key);
  return known && { ...known, policy: inShopZone(known.policy, input.timeZone) };
}

function readNow(turn: Turn, policy: Policy, asked?: string): Given {
  const options = asked === undefined ? {} : { asked };
  return readPolicyInputs(policy, turn.heard.text, nowOf(turn), options).given;
}

function tell(turn: Turn, { known, given }: Matter, decided: DecidedPolicy): Verdict {
  const { policy, checkedOn } = known;
  const language = turn.heard.locale === "en" ? "en" : "zh";
  const title = `${policy.name[language]} · ${decided.cites[language]}`;
  const citation: Citation = { kind: "policy", policy: policy.key, rule: decided.rule, title, checkedOn };
  const text = [
    decided.words[language],
    words[turn.heard.locale].policyRule(decided.cites[language]),
    ...decided.computation.map((line) => words[turn.heard.locale].policyComputed(line.words[language])),
  ].join("\n");
  const citations = [citation];
  return {
    outcome: "answer",
    isSendable: true,
    faq: null,
    confidence: 1,
    actions: [{ kind: "reply", content: { kind: "text", text, citations }, faq: null, citations }],
    because: { code: "policy-decided", values: { policy: policy.name[language], outcome: decided.outcome } },
    state: state(turn, policy, given, null),
  };
}

function askFor(
  turn: Turn,
  { known: { policy }, given }: Matter,
  { input: key, question }: MissingInput,
): Verdict {
  const { heard, input, candidates } = turn;
  const language = heard.locale === "en" ? "en" : "zh";
  const wanted = policy.inputs.find((one) => one.key === key);
  const options = wanted !== undefined && "choices" in wanted ? wanted.choices.slice(0, 6) : [];
  const human: Choice = { id: "human", label: words[heard.locale].humanChoice, action: "human" };
  return {
    outcome: "ask-back",
    isSendable: false,
    faq: null,
    confidence: candidates[0]?.confidence ?? 0,
    actions: [
      {
        kind: "ask-back",
        text: question[language],
        choices: [
          ...options.map(
            (option): Choice => ({ id: option.key, label: option.called[language], action: "say" }),
          ),
          ...(awayBecause(input.handoffAvailability) === null ? [human] : []),
        ],
        candidates: [],
      },
    ],
    because: {
      code: "policy-asks",
      values: { policy: policy.name[language], input: wanted?.called[language] ?? key },
    },
    state: state(turn, policy, given, key),
  };
}

function state(turn: Turn, policy: Policy, given: Given, asked: string | null): FlowState {
  return { kind: "policy", policy: policy.key, given: { ...given }, asked, at: nowOf(turn).toISOString() };
}

function isFresh(turn: Turn, { at }: OpenPolicy): boolean {
  return nowOf(turn).getTime() - new Date(at).getTime() <= freshMs;
}

function nowOf({ input }: Turn): Date {
  return input.utterances.at(-1)?.at ?? new Date(0);
}
