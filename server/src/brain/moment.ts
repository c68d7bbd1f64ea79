// When, where and for whom a turn is answered: what an FAQ's variants and its expiry depend on. Pure; used by decide.ts and
// its steps.

import type { TurnInput } from "@yingda/contract";
import type { Moment } from "./knowledge/choose-variant.ts";
import type { Knowledge } from "./knowledge/knowledge.ts";
import type { Asked, Heard } from "./understanding/understand.ts";

const usualZone = "Asia/Shanghai";

export function momentOf(input: TurnInput, { language, locale }: Heard): Moment {
  return {
    at: input.utterances.at(-1)?.at ?? new Date(0),
    timeZone: input.timeZone ?? usualZone,
    channel: input.channel,
    contactTags: input.contactTags ?? [],
    languages: [...new Set([language, locale])],
    isSpoken: input.isSpoken === true,
  };
}

/** What was found without FAQs that have expired; `expired` names those that would have been the likeliest. */
export function withoutExpired(
  asked: Asked,
  knowledge: Knowledge,
  moment: Moment,
): { asked: Asked; expired: string[] } {
  const isTooOld = (id: string) => knowledge.isExpired(id, moment);
  const expired = [asked.best, ...asked.parts].flatMap(({ matches: [first] }) =>
    first !== undefined && isTooOld(first.id) ? [first.id] : [],
  );
  const results = [asked.best, ...asked.parts];
  if (!results.some(({ matches }) => matches.some(({ id }) => isTooOld(id)))) return { asked, expired };
  const kept = <T extends Asked["best"]>(result: T): T => ({
    ...result,
    matches: result.matches.filter(({ id }) => !isTooOld(id)),
  });
  const parts = asked.parts.map(kept);
  const surest = parts.reduce(
    (best, part) => (sureness(part) > sureness(best) ? part : best),
    kept(asked.best),
  );
  return { asked: { best: surest, parts }, expired: [...new Set(expired)] };
}

function sureness({ matches }: Asked["best"]): number {
  return matches[0]?.confidence ?? 0;
}
