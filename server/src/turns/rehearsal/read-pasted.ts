// Reads past conversations out of text as people have it: chat logs with names before the lines, plain questions, or JSON
// lines as the lab writes them. Pure. Only the customer's lines are kept; what the shop answered is not judged.

import { type PasteReply, type RehearsalTurn, rehearsalBounds, rehearsalTurn } from "@yingda/contract";
import { z } from "zod";

export interface Pasted {
  conversations: RehearsalTurn[][];
  problems: PasteReply["problems"];
}

/** "2026-11-20 10:02", "10:02:33", "[10:02]" before a line. */
const time = String.raw`(?:\[?(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*)?\d{1,2}:\d{2}(?::\d{2})?\]?\s*)?`;
const customer = new RegExp(
  `^${time}(?:客户|顾客|买家|访客|用户|咨询者|问|customer|contact|visitor|client|user|q)\\s*[:：]\\s*(.*)$`,
  "iu",
);
const shop = new RegExp(
  `^${time}(?:客服|商家|卖家|店铺|店家|机器人|小二|答|agent|bot|shop|support|assistant|a)\\s*[:：]`,
  "iu",
);
const between = /^(?:-{3,}|={3,}|\*{3,}|#{3,})?\s*$/u;
const asJson = z.object({ turns: z.array(rehearsalTurn).min(1).max(rehearsalBounds.turns) });

/** Conversations in their order; a line that cannot be taken is named by its number, and the others are kept. */
export function readPasted(text: string): Pasted {
  const problems: Pasted["problems"] = [];
  const conversations: RehearsalTurn[][] = [];
  let open: { says: string; isNamed: boolean; line: number }[] = [];
  const close = () => {
    const isLog = open.some(({ isNamed }) => isNamed);
    const lines = open.filter(({ isNamed }) => isNamed || !isLog);
    open = [];
    const turns: RehearsalTurn[] = [];
    for (const { says, line } of lines) {
      if (says.length > rehearsalBounds.characters) problems.push({ line, code: "too-long" });
      else if (turns.length >= rehearsalBounds.turns) problems.push({ line, code: "too-many-lines" });
      else turns.push({ customer: says, expect: null });
    }
    if (turns.length > 0) conversations.push(turns);
  };
  for (const [at, raw] of text.split(/\r\n|\r|\n/u).entries()) {
    const line = at + 1;
    const said = raw.replace(/^\uFEFF/u, "").trim();
    if (between.test(said)) close();
    else if (said.startsWith("{")) {
      close();
      const read = asJson.safeParse(parseJson(said));
      if (read.success) conversations.push(read.data.turns);
      else problems.push({ line, code: "not-json" });
    } else if (shop.test(said)) open.push({ says: "", isNamed: true, line });
    else {
      const named = customer.exec(said)?.[1]?.trim();
      open.push({ says: named ?? said, isNamed: named !== undefined, line });
    }
  }
  close();
  return { conversations: conversations.map(spoken).filter((turns) => turns.length > 0), problems };
}

/** Without the shop's lines, which only showed that names stand before the lines. */
function spoken(turns: RehearsalTurn[]): RehearsalTurn[] {
  return turns.filter((turn) => turn.customer.trim() !== "");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
