// The scripted dialogues as YAML: a talk is added, one is taken away; comments stay. Pure.
import type { FlowTrialLine } from "@yingda/contract";
import { isMap, isSeq, parseDocument, stringify } from "yaml";

/** What the trial heard and said, in order. */
export type TalkLine =
  | { kind: "customer"; text: string }
  | { kind: "event"; event: "asked-for-human" | "asked-something-else" | "time-passes" }
  | FlowTrialLine;

type Script = Record<string, unknown>;

/** The lines of a script: what was said, what tools were asked and answered, how it ended. */
export function scriptOf(talk: readonly TalkLine[]): Script[] {
  return talk.flatMap((line, at): Script[] => {
    switch (line.kind) {
      case "customer":
        return [{ customer: line.text }];
      case "event":
        return [{ event: line.event }];
      case "said":
        // the words of a hand-over are its own; what it looks like is told by the next line
        return [{ bot: line.text }];
      case "tool": {
        if (line.answer === undefined && line.fails === undefined) return [];
        const asked = Object.keys(line.input).length > 0 ? line : (openCall(talk, at) ?? line);
        const how = line.fails === undefined ? { answer: line.answer ?? {} } : { fails: line.fails };
        return [{ tool: asked.tool, input: asked.input, ...how }];
      }
      case "hand-over":
        return [{ handsOver: line.reason }];
      case "ticket":
        return [{ ticket: line.summary.split("\n")[0] ?? "" }];
      case "ended":
        return [{ ends: line.outcome }];
      case "timer":
        return [];
      default:
        return line satisfies never;
    }
  });
}

/** The call that an answer given by hand belongs to. */
function openCall(
  talk: readonly TalkLine[],
  before: number,
): Extract<TalkLine, { kind: "tool" }> | undefined {
  return talk
    .slice(0, before)
    .filter((line): line is Extract<TalkLine, { kind: "tool" }> => line.kind === "tool")
    .findLast(({ answer, fails }) => answer === undefined && fails === undefined);
}

export interface Recorded {
  name: string;
  locale: "zh" | "en";
  /** RFC 3339: "tomorrow" is counted from it. */
  at: string;
  talk: readonly TalkLine[];
}

/** The text with one more dialogue at its end; null where the text cannot be read. */
export function addDialogue(text: string, flow: string, { name, locale, at, talk }: Recorded): string | null {
  const dialogue = { name, locale, at, lines: scriptOf(talk) };
  if (text.trim() === "") return stringify({ flow, dialogues: [dialogue] }, { lineWidth: 0 });
  const document = parseDocument(text);
  if (document.errors.length > 0 || !isMap(document.contents)) return null;
  const all = document.get("dialogues");
  if (isSeq(all)) all.items.push(document.createNode(dialogue));
  else document.set("dialogues", [dialogue]);
  return document.toString({ lineWidth: 0 });
}

/** Without the dialogue at that place; "" when it was the last. */
export function removeDialogue(text: string, at: number): string {
  const document = parseDocument(text);
  const all = document.get("dialogues");
  if (document.errors.length > 0 || !isSeq(all)) return text;
  all.items.splice(at, 1);
  return all.items.length === 0 ? "" : document.toString({ lineWidth: 0 });
}
