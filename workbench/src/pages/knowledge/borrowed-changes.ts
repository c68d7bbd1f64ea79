// What the owner did to borrowed wordings and the server has not confirmed yet: laid over what is known, and sent together.
// Pure. Names are intents' slugs and phrasings' texts.
import type { FaqHealth } from "@yingda/contract";

export type BorrowedChange = { refuse: string[]; takeBack: string[] };

/** Several changes as one; of two about the same name the later counts. */
export function mergeChanges(changes: readonly BorrowedChange[]): BorrowedChange {
  const isRefused = new Map<string, boolean>();
  for (const { refuse, takeBack } of changes) {
    for (const name of refuse) isRefused.set(name, true);
    for (const name of takeBack) isRefused.set(name, false);
  }
  const names = (wanted: boolean) => [...isRefused].flatMap(([name, is]) => (is === wanted ? [name] : []));
  return { refuse: names(true), takeBack: names(false) };
}

/** The health as it will be. An intent taken back shows its phrasings when the server has told them. */
export function withChange(health: FaqHealth, { refuse, takeBack }: BorrowedChange): FaqHealth {
  const isRefused = (name: string, was: boolean) =>
    (was || refuse.includes(name)) && !takeBack.includes(name);
  const borrowed = health.borrowed.map((intent) => ({
    ...intent,
    isRefused: isRefused(intent.slug, intent.isRefused),
    phrasings: intent.phrasings.map(({ text, isRefused: was }) => ({
      text,
      isRefused: isRefused(text, was),
    })),
  }));
  return { ...health, borrowed };
}
