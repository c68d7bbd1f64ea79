/**
 * Lines of past chats into pairs of what a customer asked and what the shop answered. Who said it is dropped, and what names one
 * customer (telephones, orders, addresses, names …) is masked in both: the bot quotes the answers, and finds them by the
 * questions, which no customer is shown. Pure.
 */
import { maskPersonal, type Personal } from "@yingda/language";
import { askedHeading } from "../search/cite-passage.ts";
import type { Chat, ChatLine } from "./chat-lines.ts";
import type { ReadProblem, ReadSection } from "./model.ts";
import { Unreadable } from "./refusal.ts";

interface Pair {
  question: string;
  answer: string;
  /** Customers who spoke in this conversation, as the export calls them. */
  names: readonly string[];
}

const staffRole =
  /^(?:agent|assistant|bot|staff|seller|shop|support|operator|admin|out(?:bound|going)?|客服|坐席|商家|卖家|店铺|店主|机器人|发送|发出)/u;
const customerRole =
  /^(?:customer|user|visitor|contact|client|buyer|guest|in(?:bound|coming)?|客户|顾客|买家|访客|用户|接收)/u;
const staffName =
  /客服|客户服务|旗舰店|专卖店|官方|小店|店铺|商家|卖家|掌柜|机器人|助手|support|service|team|helpdesk|official|agent|assistant|\bbot\b/iu;

/** Said by everybody, asking and answering nothing. */
const small =
  /^(?:在吗|在么|在不在|有人吗|你好|您好|亲|hi|hello|hey|好的?|嗯+|哦+|ok|okay|谢谢|多谢|thanks?|thank you|收到|稍等|请稍等|\?+|？+|[\p{P}\p{S}\s]+)[\s\p{P}~～]*$/iu;

/** A number or address that this many pairs share is the shop's own (its hotline), not one customer's. */
const sharedBy = 3;
const mask = "***";
/** "***您好，": who was greeted is gone, and the next customer is somebody else. */
const greeting =
  /^(?:亲爱的|尊敬的|dear |hi |hello |hey )?\*\*\*[ \t]?(?:先生|女士|小姐|您好|你好)*[，,！!。:：~～][ \t]*/gimu;
/** Roles and made-up names of an export ("客户", "visitor 12"): nobody's. */
const nobody =
  /^(?:客户|顾客|买家|访客|用户|游客|匿名|customer|user|visitor|contact|client|buyer|guest)[\s\d_#*-]*$/iu;
/** By how much the shop must stand out among those who speak. */
const clearly = 0.3;
/** Looked for in each pair. */
const mostNames = 50;
const longest = 1_500;

/** Out: a section for each pair, the question below a heading that says what it is; and the problems met. */
export function pairsOf(chat: Chat): { sections: ReadSection[]; problems: ReadProblem[] } {
  const { isStaff, guessed } = staffOf(chat.lines);
  const { masked, counts } = maskPairs(askedAndAnswered(chat.lines, isStaff));
  const problems: ReadProblem[] = [];
  if (chat.leftOut > 0) problems.push({ code: "lines-left-out", values: { count: chat.leftOut } });
  if (Object.keys(counts).length > 0) problems.push({ code: "personal-masked", values: counts });
  if (guessed !== null && masked.length > 0)
    problems.push({ code: "shop-guessed", values: { name: guessed.slice(0, 80) } });
  const sections = masked.map(({ question, answer }) => ({
    page: null,
    heading: [askedHeading, question],
    text: answer,
  }));
  return { sections, problems };
}

function askedAndAnswered(lines: readonly ChatLine[], isStaff: (line: ChatLine) => boolean): Pair[] {
  const pairs: Pair[] = [];
  let asked: string[] = [];
  let answered: string[] = [];
  let conversation = lines[0]?.conversation;
  const customers = customersOf(lines, isStaff);
  const close = () => {
    const names = customers.get(conversation ?? "") ?? [];
    // masked before it is cut: half a number is a number, too
    if (asked.length > 0 && answered.length > 0)
      pairs.push({ question: asked.join(" "), answer: answered.join("\n"), names });
    if (answered.length > 0) asked = [];
    answered = [];
  };
  for (const line of lines) {
    if (line.conversation !== conversation) {
      close();
      asked = [];
      conversation = line.conversation;
    }
    if (small.test(line.text)) continue;
    if (isStaff(line)) {
      if (asked.length > 0) answered.push(line.text);
    } else {
      if (answered.length > 0) close();
      asked.push(line.text);
    }
  }
  close();
  return pairs;
}

function customersOf(
  lines: readonly ChatLine[],
  isStaff: (line: ChatLine) => boolean,
): ReadonlyMap<string, string[]> {
  const names = new Map<string, string[]>();
  for (const line of lines) {
    if (isStaff(line) || line.who.toLowerCase() === line.role || nobody.test(line.who)) continue;
    const known = names.get(line.conversation) ?? [];
    if (known.length < mostNames && !known.includes(line.who)) known.push(line.who);
    names.set(line.conversation, known);
  }
  return names;
}

/**
 * Who speaks for the shop: by the role the export gives, else by a name like a shop's, else by who begins: customers do, and they
 * ask, while the shop is in the most conversations. `guessed`: that one, for the owner to look at.
 * @throws Unreadable document/chat-unclear where nobody stands out: a customer taken for the shop would be quoted to others
 */
function staffOf(lines: readonly ChatLine[]): {
  isStaff: (line: ChatLine) => boolean;
  guessed: string | null;
} {
  if (lines.some(({ role }) => staffRole.test(role)) && lines.some(({ role }) => customerRole.test(role)))
    return { isStaff: ({ role }) => staffRole.test(role), guessed: null };
  const names = [...new Set(lines.map(({ who }) => who))];
  const byName = new Set(names.filter((name) => staffName.test(name)));
  if (byName.size > 0 && byName.size < names.length)
    return { isStaff: ({ who }) => byName.has(who), guessed: null };
  const begins = new Map<string, string>();
  for (const { conversation, who } of lines) if (!begins.has(conversation)) begins.set(conversation, who);
  const scored = names
    .map((name) => {
      const own = lines.filter(({ who }) => who === name);
      const asks = own.filter(({ text }) =>
        /[?？吗呢]\s*$|^(?:how|what|when|where|can|do|is)\b/iu.test(text),
      );
      const talks = new Set(own.map((line) => line.conversation)).size;
      const begun = [...begins.values()].filter((who) => who === name).length;
      return { name, score: (talks - begun) / begins.size - asks.length / own.length / 2 };
    })
    .sort((one, other) => other.score - one.score);
  const [best, next] = scored;
  if (best === undefined || next === undefined || best.score - next.score < clearly)
    throw new Unreadable("document/chat-unclear");
  return { isStaff: ({ who }) => who === best.name, guessed: best.name };
}

function maskPairs(pairs: readonly Pair[]): { masked: Pair[]; counts: Record<string, number> } {
  const seen = new Map<string, number>();
  const keyOf = ({ kind, text }: Personal) => `${kind} ${text}`;
  for (const { answer, names } of pairs) {
    const found = new Set<string>();
    maskPersonal(answer, names, (one) => {
      found.add(keyOf(one));
      return mask;
    });
    for (const key of found) seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  const counts: Record<string, number> = {};
  const cover = (words: string, names: readonly string[]) => {
    const { text, counts: more } = maskPersonal(words, names, (one) =>
      one.kind !== "name" && (seen.get(keyOf(one)) ?? 0) >= sharedBy ? one.text : mask,
    );
    for (const [kind, count] of Object.entries(more)) counts[kind] = (counts[kind] ?? 0) + count;
    return text;
  };
  const masked = pairs.map(({ question, answer, names }) => ({
    question: cover(question, names).slice(0, 200),
    answer: cover(answer, names).replace(greeting, "").slice(0, longest),
    names,
  }));
  return { masked, counts };
}
