// Judges what a bot said in a rehearsal against what was wanted, and adds a run up. Pure.

import type {
  AskReply,
  Expectation,
  Expected,
  RehearsalChange,
  RehearsalLine,
  RehearsalResult,
  RehearsalSums,
} from "@yingda/contract";

const longestText = 300;

/** What a customer would call it. With candidates it offered questions to choose from, without any it did not understand. */
export function expectationOf({
  outcome,
  candidates,
  text,
}: Pick<AskReply, "outcome" | "candidates" | "text">): Expectation {
  switch (outcome) {
    case "answer":
    case "flow":
      return "answered";
    case "small-talk":
      return "small-talk";
    case "ask-back":
      return candidates.length > 0 && /\n1\. .+\n2\. /u.test(text) ? "asked-back" : "refused";
    case "handoff":
    case "leave-message":
    case "held":
      return "handed-over";
    default:
      return outcome satisfies never;
  }
}

export function judgeLine(customer: string, reply: AskReply, wanted: Expected | null): RehearsalLine {
  const got = expectationOf(reply);
  const isRightFaq = got !== "answered" || wanted?.faq === undefined || wanted.faq === reply.faq;
  const isExpected = wanted === null ? null : [wanted.outcome].flat().includes(got) && isRightFaq;
  return {
    customer,
    got,
    faq: reply.faq,
    text: reply.text.slice(0, longestText),
    isExpected,
    isWrong: got === "answered" && isExpected === false,
  };
}

export function addUp(results: readonly RehearsalResult[], yuan: number): RehearsalSums {
  const lines = results.flatMap((result) => result.lines);
  const lastly = (is: (line: RehearsalLine) => boolean) =>
    results.filter((result) => result.lines.some(is)).length;
  const handedOver = lastly(({ got }) => got === "handed-over");
  return {
    cases: results.length,
    lines: lines.length,
    solved: results.filter(({ lines: said }) =>
      said.every(({ got, isWrong }) => !isWrong && (got === "answered" || got === "small-talk")),
    ).length,
    askedBack: results.filter(
      ({ lines: said }) =>
        !said.some(({ got }) => got === "handed-over") &&
        said.some(({ got }) => got === "asked-back" || got === "refused"),
    ).length,
    handedOver,
    checked: lines.filter(({ isExpected }) => isExpected !== null).length,
    asExpected: lines.filter(({ isExpected }) => isExpected === true).length,
    wrong: lines.filter(({ isWrong }) => isWrong).length,
    yuan,
  };
}

/** Lines that came out otherwise: another outcome, or an answer from elsewhere. Cases of one run only are left out. */
export function compare(
  before: readonly RehearsalResult[],
  after: readonly RehearsalResult[],
): RehearsalChange[] {
  const old = new Map(before.map((result) => [result.caseId, result.lines]));
  return after.flatMap(({ caseId, lines }) =>
    lines.flatMap((line, at): RehearsalChange[] => {
      const was = old.get(caseId)?.[at];
      if (was === undefined || was.customer !== line.customer) return [];
      const isSame = was.got === line.got && was.faq === line.faq;
      return isSame ? [] : [{ caseId, at, before: was, after: line }];
    }),
  );
}
