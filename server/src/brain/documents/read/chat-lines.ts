/**
 * Past chats as programs export them, into lines "who said what": text ("name time: text", or name and time on a line of
 * their own), rows of a sheet, JSON lines. Whether a text is a chat at all is judged here too. Pure.
 */
import { z } from "zod";

export interface ChatLine {
  who: string;
  text: string;
  /** What the export calls the sender's part, in lower case; "" where it does not say. */
  role: string;
  /** Which conversation it belongs to; "" where the export does not say. */
  conversation: string;
}

export interface Chat {
  lines: ChatLine[];
  /** Lines of the file that are no message. */
  leftOut: number;
}

const mostLines = 100_000;
const day = String.raw`\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?`;
const hour = String.raw`(?:[上下]午\s?)?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AaPp][Mm])?`;
const time = String.raw`[\[(（]?(?:${day}[T\s,，]*${hour}|${day}|${hour})[\])）]?`;
const who = String.raw`([^\s:：\[\]](?:[^\n:：\[\]]{0,38}[^\s:：\[\]])?)`;

/** A name is followed by the day as well as the hour, and runs on over the first where it can. */
const dayBehind = new RegExp(String.raw`\s+[\[(（]?${day}[\])）]?$`, "u");

/** "name time: text" and "[time] name: text"; the text may be on the next lines. */
const forms = [
  new RegExp(String.raw`^${who}\s+${time}\s*(?:[:：]\s*(.*))?$`, "u"),
  new RegExp(String.raw`^${time}\s*[-–]?\s*${who}\s*(?:[:：]\s*(.*))?$`, "u"),
];

/** @returns null when fewer than half of the lines belong to a chat, or fewer than four messages are found */
export function chatFromText(text: string): Chat | null {
  const lines: ChatLine[] = [];
  let leftOut = 0;
  let conversation = 0;
  let heads = 0;
  let gap = false;
  for (const raw of text.split("\n").slice(0, mostLines)) {
    const line = raw.trim();
    if (line === "") gap = true;
    else if (/^(?:[-=*_~—]{4,}.*|#{1,3}\s.*|会话\s?(?:编号|ID)?\s?[:：].*)$/iu.test(line)) conversation += 1;
    else {
      const head = headOf(line);
      const last = lines.at(-1);
      if (head !== null) {
        heads += 1;
        lines.push({ ...head, role: "", conversation: String(conversation) });
      } else if (last === undefined || (gap && last.text !== "")) leftOut += 1;
      else last.text = `${last.text}\n${line}`.trim();
      gap = false;
    }
  }
  const said = lines.filter((line) => line.text !== "");
  const names = new Set(said.map((line) => line.who));
  const isChat = said.length >= 4 && names.size >= 2 && heads > leftOut && names.size <= said.length / 2 + 1;
  return isChat ? { lines: said, leftOut } : null;
}

function headOf(line: string): { who: string; text: string } | null {
  if (line.length > 4_000) return null;
  for (const form of forms) {
    const found = form.exec(line.length > 200 ? line.slice(0, 200) : line);
    const name = found?.[1]?.replace(dayBehind, "").trim() ?? "";
    if (found !== null && name !== "" && !/^\d+$/u.test(name)) {
      const said = found[2] ?? "";
      return { who: name, text: line.length > 200 && said !== "" ? said + line.slice(200) : said };
    }
  }
  return null;
}

type Column = "who" | "text" | "role" | "conversation" | "time";
const columnNames: Record<Column, RegExp> = {
  who: /^(?:name|sender(?:[ _]?name)?|from|author|nick(?:name)?|发送人|发送者|发言人|昵称|姓名|发送方|用户名)$/iu,
  text: /^(?:text|content|message|body|utterance|内容|消息|消息内容|聊天内容|文本|发送内容)$/iu,
  role: /^(?:role|sender[ _]?type|type|direction|角色|身份|发送人类型|消息方向)$/iu,
  conversation:
    /^(?:conversation|conversation[ _]?id|session|session[ _]?id|chat[ _]?id|thread|会话|会话id|会话编号|对话id)$/iu,
  time: /^(?:time|date|at|timestamp|created[ _]?at|sent[ _]?at|时间|日期|发送时间|消息时间)$/iu,
};

/** A sheet with a column of words, one of who said them (or in which part), and one of times or conversations. */
export function chatFromRows(rows: readonly (readonly string[])[]): Chat | null {
  const header = (rows[0] ?? []).map((cell) => cell.trim());
  const at = (column: Column) => header.findIndex((cell) => columnNames[column].test(cell));
  const [whoAt, textAt, roleAt, conversationAt] = [at("who"), at("text"), at("role"), at("conversation")];
  if (textAt < 0 || (whoAt < 0 && roleAt < 0) || (at("time") < 0 && conversationAt < 0)) return null;
  const cell = (row: readonly string[], place: number) => (place < 0 ? "" : (row[place] ?? "").trim());
  const lines = rows.slice(1, mostLines).map((row) => ({
    who: cell(row, whoAt) || cell(row, roleAt),
    text: cell(row, textAt),
    role: cell(row, roleAt).toLowerCase(),
    conversation: cell(row, conversationAt),
  }));
  const said = lines.filter((line) => line.text !== "" && line.who !== "");
  return said.length >= 2 ? { lines: said, leftOut: lines.length - said.length } : null;
}

const scalar = z.union([z.string(), z.number()]).transform(String);
const said = z.looseObject({
  role: scalar.optional(),
  type: scalar.optional(),
  sender: z.union([scalar, z.looseObject({ name: scalar.optional(), type: scalar.optional() })]).optional(),
  from: scalar.optional(),
  name: scalar.optional(),
  author: scalar.optional(),
  content: z.unknown().optional(),
  text: z.unknown().optional(),
  message: z.unknown().optional(),
  body: z.unknown().optional(),
  conversation: scalar.optional(),
  conversation_id: scalar.optional(),
  conversationId: scalar.optional(),
  session_id: scalar.optional(),
  sessionId: scalar.optional(),
});

/** One JSON object a line: a message, or a whole conversation with its messages. @returns null when few lines are */
export function chatFromJsonLines(text: string): Chat | null {
  const lines: ChatLine[] = [];
  let leftOut = 0;
  let conversation = 0;
  for (const line of text.split("\n").slice(0, mostLines)) {
    if (line.trim() === "") continue;
    const value = jsonOf(line);
    const many = messagesOf(value);
    conversation += many === null ? 0 : 1;
    for (const one of many ?? [value]) {
      const read = messageOf(one, many === null ? "" : String(conversation));
      if (read === null) leftOut += 1;
      else lines.push(read);
    }
  }
  return lines.length >= 2 && lines.length > leftOut ? { lines, leftOut } : null;
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function messagesOf(value: unknown): unknown[] | null {
  if (typeof value !== "object" || value === null) return null;
  if (Array.isArray(value)) return value;
  const { messages, conversation, turns } = value as Record<string, unknown>;
  return [messages, conversation, turns].find((list) => Array.isArray(list)) ?? null;
}

function messageOf(value: unknown, conversation: string): ChatLine | null {
  const parsed = said.safeParse(value);
  if (!parsed.success) return null;
  const { data: one } = parsed;
  const words = [one.content, one.text, one.message, one.body].find((words) => typeof words === "string");
  const sender = typeof one.sender === "object" ? one.sender : { name: one.sender, type: undefined };
  const role = one.role ?? sender.type ?? one.type ?? "";
  const name = one.name ?? sender.name ?? one.from ?? one.author ?? role;
  if (typeof words !== "string" || words.trim() === "" || name === "") return null;
  const named =
    one.conversation ?? one.conversation_id ?? one.conversationId ?? one.session_id ?? one.sessionId;
  return { who: name, text: words.trim(), role: role.toLowerCase(), conversation: named ?? conversation };
}
