// Days of the week as a sheet writes them: 周一, 星期一至五, 周六、周日, Mon-Fri, Sat & Sun, weekdays, 每天. Used for cells and
// headers of opening-times sheets. Monday is 1, Sunday 7.

const chinese: Record<string, number> = { 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 日: 7, 天: 7 };
const english: [RegExp, number][] = [
  [/^mon(?:day)?s?$/u, 1],
  [/^tue(?:s(?:day)?)?s?$/u, 2],
  [/^wed(?:nesday)?s?$/u, 3],
  [/^thu(?:r(?:s(?:day)?)?)?s?$/u, 4],
  [/^fri(?:day)?s?$/u, 5],
  [/^sat(?:urday)?s?$/u, 6],
  [/^sun(?:day)?s?$/u, 7],
];
const named: [RegExp, number[]][] = [
  [/^(?:工作日|平日|weekdays?|working days?|business days?)$/u, [1, 2, 3, 4, 5]],
  [/^(?:周末|星期末|weekends?)$/u, [6, 7]],
  [/^(?:每天|每日|天天|daily|every ?day|all week|周一至周日|全周)$/u, [1, 2, 3, 4, 5, 6, 7]],
];

/** In: a unified text. Out: its days in order, or null when it says anything besides days of the week. */
export function readWeekdays(text: string): number[] | null {
  const parts = text
    .replace(/\.(?=\s|$|-)/gu, "")
    .split(/\s?(?:,|、|;|&|\+|\/|和|及| and )\s?/u)
    .filter((part) => part !== "");
  if (parts.length === 0 || parts.length > 7) return null;
  const days = new Set<number>();
  for (const part of parts) {
    const read = readPart(part.trim());
    if (read === null) return null;
    for (const day of read) days.add(day);
  }
  return [...days].sort((a, b) => a - b);
}

function readPart(text: string): number[] | null {
  const known = named.find(([pattern]) => pattern.test(text));
  if (known !== undefined) return known[1];
  const one = dayOf(text);
  if (one !== null) return [one];
  const ends = text.split(/\s?(?:-|~|–|—|至|到| to | through )\s?/u);
  const [first = "", last = ""] = ends;
  if (ends.length !== 2) return null;
  const from = dayOf(first);
  const to = dayOf(last) ?? dayOf(`周${last}`);
  if (from === null || to === null) return null;
  const days: number[] = [];
  for (let day = from; ; day = (day % 7) + 1) {
    days.push(day);
    if (day === to) return days;
  }
}

function dayOf(text: string): number | null {
  const han = /^(?:周|星期|礼拜)([一二三四五六日天])$/u.exec(text);
  if (han !== null) return chinese[han[1] as string] ?? null;
  return english.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
