// Clauses that say yes where a source says no: "pets are welcome" beside "pets are not allowed", 接送也包含 beside 不含接送. Such a
// clause may hold no number and no promise of a family, so nothing else would ask for it. Called by judge-reply.ts.

import { clausesOf, type Place, stemOf, tellingWords } from "./context.ts";
import { type Polarity, polarityOf } from "./denial.ts";
import type { ReadSource } from "./source-index.ts";

/** Words with which a reply grants something. What one has to do oneself (需要, must) grants nothing. */
const grants =
  /可以|[^不功技性职智潜万未]能(?![力量耗否])|^能|支持|接受|提供|允许|欢迎|[包内]?含|[带有配给会]|[都也](?!不|没)|没问题|[^不]是|用(?!不)|(?<![a-z])(?:can|may|will|'ll|includes?|including|included|comes?|with|accept|offer|allow(?:ed)?|welcome|available|possible|yes|sure|get|gets|have|has|ship|deliver|provide|covers?|takes?|fits?|works?|is|are|use)(?![a-z])/u;
const denies =
  /不(?![用需必论管仅只但限错])|没(?!问题|关系)|无法|未(?!成年)|别(?!人|的|处)|(?<![a-z])(?:not|no|never|cannot|unfortunately|sorry|without)(?![a-z])|n't/u;
const demands =
  /需要?|得[自先另]|请|麻烦|必须|应该|建议|自[己理备带]|(?<![a-z])(?:must|need(?:s|ed)?|have to|has to|please|should|yourself|your own)(?![a-z])|[?]|吗/u;

/** What a thing is said to contain. */
const contents = /(?:含有?|内有|(?<![a-z])contains?(?![a-z])|made with)\s?(?<what>[^,。;.\n]{1,40})/gu;
const containsNot =
  /[不无]含|(?:里面|其中|成分)?没有|(?<![a-z])(?:no|without|free (?:of|from)|(?:doesn't|don't|does not|do not) (?:contain|have))(?![a-z])/u;

/** "There are no nuts in it" where a source says that there are. */
function deniesContents(clause: string, said: Polarity, sources: readonly ReadSource[]): boolean {
  if (!containsNot.test(clause)) return false;
  return sources.some(({ text, isCustomer, polarity }) => {
    if (isCustomer) return false;
    const inside = [...text.matchAll(contents)].map(({ groups }) => groups?.what ?? "").join(" ");
    return [...tellingWords(inside)].some((word) => {
      const stem = stemOf(word);
      return said.denied.has(stem) && polarity.affirmed.has(stem);
    });
  });
}

/** Clauses of the folded text that grant what the sources only deny. Throws nothing; quick where no source denies. */
export function vetoedClauses(text: string, sources: readonly ReadSource[]): Place[] {
  const denied = deniedBy(sources);
  return clausesOf(text).filter((place) => {
    const clause = text.slice(place.start, place.end);
    if (demands.test(clause)) return false;
    if (denies.test(clause)) return deniesContents(clause, polarityOf(clause, "claims"), sources);
    return denied.size > 0 && grants.test(clause) && meets(polarityOf(clause, "claims"), denied);
  });
}

/** Words that some source denies and none says of what is so. */
function deniedBy(sources: readonly ReadSource[]): Set<string> {
  const telling = sources.filter(({ isCustomer }) => !isCustomer);
  const denied = new Set(telling.flatMap(({ polarity }) => [...polarity.denied]));
  for (const { polarity } of telling) for (const word of polarity.affirmed) denied.delete(word);
  return denied;
}

function meets({ affirmed }: Polarity, denied: ReadonlySet<string>): boolean {
  for (const word of affirmed) if (denied.has(word)) return true;
  return false;
}
