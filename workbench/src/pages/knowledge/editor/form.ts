// An FAQ while it is being edited: lists as the lines of a text area. Pure.
import { type Faq, type FaqDraft, type FaqExtras, type FaqVariant, noExtras } from "@yingda/contract";

export type FaqForm = Required<
  Omit<FaqDraft, "slug" | "phrasings" | "negatives" | "unborrowed" | "extras">
> & { phrasings: string; negatives: string; extras: FaqExtras };

export function formOf(given: Partial<FaqDraft> | Faq | null, question = ""): FaqForm {
  return {
    question: given?.question ?? question,
    answer: given?.answer ?? "",
    questionEn: given?.questionEn ?? "",
    answerEn: given?.answerEn ?? "",
    category: given?.category ?? "",
    tags: given?.tags ?? [],
    phrasings: (given?.phrasings ?? []).join("\n"),
    negatives: (given?.negatives ?? []).join("\n"),
    isOn: given?.isOn ?? true,
    extras: { ...noExtras, ...(given?.extras as Partial<FaqExtras> | undefined) },
  };
}

export function bodyOf(form: FaqForm): FaqDraft {
  return { ...form, phrasings: lines(form.phrasings), negatives: lines(form.negatives) };
}

/** The forbidden words that an answer, a variant or something below them would say, whatever the letters' case or width. */
export function unsaidIn({ answer, answerEn, extras }: FaqForm, words: readonly string[]): string[] {
  const plain = (text: string) => text.normalize("NFKC").toLowerCase();
  const said = plain([answer, answerEn, ...textsIn(extras)].join("\n"));
  return words.filter((word) => said.includes(plain(word)));
}

/** Every text of a value, however deep; addresses and ids do no harm. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Each line once, without spaces around it and empty ones. */
export function lines(text: string): string[] {
  return [
    ...new Set(
      text
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean),
    ),
  ];
}

export const newVariant: FaqVariant = {
  channels: [],
  languages: [],
  contactTags: [],
  window: null,
  answer: "",
  answerEn: "",
  contents: [],
  spoken: "",
  spokenEn: "",
};

/** A variant without an answer or a condition, or with half a time of day, cannot be saved. */
export function isWhole({ channels, languages, contactTags, window, answer }: FaqVariant): boolean {
  const hasCondition = channels.length + languages.length + contactTags.length > 0 || window !== null;
  const isTimeWhole = window === null || (window.fromMinute === null) === (window.untilMinute === null);
  return hasCondition && isTimeWhole && answer.trim() !== "";
}

export function isReady({ question, answer, extras }: FaqForm): boolean {
  return question.trim() !== "" && answer.trim() !== "" && extras.variants.every(isWhole);
}

/** "08:30" for minutes since midnight, "" for none; midnight at the end of a day is "00:00". */
export function clockOf(minute: number | null): string {
  if (minute === null) return "";
  const inDay = minute % 1_440;
  return `${String(Math.floor(inDay / 60)).padStart(2, "0")}:${String(inDay % 60).padStart(2, "0")}`;
}

/** The other way round; an end at "00:00" is the end of the day. */
export function minuteOf(clock: string, isEnd: boolean): number | null {
  const parts = /^(\d{1,2}):(\d{2})/.exec(clock);
  if (parts === null) return null;
  const minute = Number(parts[1]) * 60 + Number(parts[2]);
  return isEnd && minute === 0 ? 1_440 : minute;
}
