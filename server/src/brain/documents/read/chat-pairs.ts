/**
 * Lines of past chats into pairs of what a customer asked and what the shop answered. Names are dropped, and numbers that
 * belong to one customer (phone, order, parcel, e-mail) are masked: the bot quotes what it keeps. Pure.
 */
import type { Chat, ChatLine } from "./chat-lines.ts";
import type { ReadProblem, ReadSection } from "./model.ts";

interface Pair {
  question: string;
  answer: string;
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

/** A number this many pairs share is the shop's own (its hotline), not one customer's. */
const sharedBy = 3;
const longest = 1_500;

/** Out: a section for each pair, the question as its heading; and the problems met. */
export function pairsOf(chat: Chat): { sections: ReadSection[]; problems: ReadProblem[] } {
  const isStaff = staffOf(chat.lines);
  const pairs = askedAndAnswered(chat.lines, isStaff);
  const { masked, count } = mask(pairs);
  const problems: ReadProblem[] = [];
  if (chat.leftOut > 0) problems.push({ code: "lines-left-out", values: { count: chat.leftOut } });
  if (count > 0) problems.push({ code: "numbers-masked", values: { count } });
  const sections = masked.map(({ question, answer }) => ({ page: null, heading: [question], text: answer }));
  return { sections, problems };
}

function askedAndAnswered(lines: readonly ChatLine[], isStaff: (line: ChatLine) => boolean): Pair[] {
  const pairs: Pair[] = [];
  let asked: string[] = [];
  let answered: string[] = [];
  let conversation = lines[0]?.conversation;
  const close = () => {
    if (asked.length > 0 && answered.length > 0)
      pairs.push({ question: asked.join(" ").slice(0, 200), answer: answered.join("\n").slice(0, longest) });
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

/**
 * Who speaks for the shop: by the role the export gives, else by a name like a shop's, else the one who asks the smaller
 * share of questions and speaks in the most conversations.
 */
function staffOf(lines: readonly ChatLine[]): (line: ChatLine) => boolean {
  if (lines.some(({ role }) => staffRole.test(role)) && lines.some(({ role }) => customerRole.test(role)))
    return ({ role }) => staffRole.test(role);
  const names = [...new Set(lines.map(({ who }) => who))];
  const byName = new Set(names.filter((name) => staffName.test(name)));
  if (byName.size > 0 && byName.size < names.length) return ({ who }) => byName.has(who);
  const scored = names.map((name) => {
    const own = lines.filter(({ who }) => who === name);
    const asks = own.filter(({ text }) => /[?？吗呢]\s*$|^(?:how|what|when|where|can|do|is)\b/iu.test(text));
    const talks = new Set(own.map((line) => line.conversation)).size;
    return { name, score: talks - asks.length / own.length };
  });
  const staff = scored.reduce((best, one) => (one.score > best.score ? one : best)).name;
  return ({ who }) => who === staff;
}

const personal =
  /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,24}){1,4}|(?<![\p{L}\d])[A-Z]{0,4}\d[\d-]{5,24}\d[Xx]?(?![\p{L}\d])|\d{7,}/gu;

function mask(pairs: readonly Pair[]): { masked: Pair[]; count: number } {
  const seen = new Map<string, number>();
  for (const { answer } of pairs)
    for (const number of new Set(answer.match(personal) ?? [])) seen.set(number, (seen.get(number) ?? 0) + 1);
  let count = 0;
  const cover = (number: string): string => {
    if ((seen.get(number) ?? 0) >= sharedBy) return number;
    count += 1;
    return "***";
  };
  const masked = pairs.map(({ question, answer }) => ({
    question: question.replace(personal, cover),
    answer: answer.replace(personal, cover),
  }));
  return { masked, count };
}
