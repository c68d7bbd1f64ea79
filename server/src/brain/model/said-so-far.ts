// Shows an answer while it is being written: the sentences that have ended, as far as they pass what the whole answer has to
// pass. The finished answer is judged anew and takes their place.

import { checkReply } from "./check-reply.ts";
import type { ModelSource } from "./gather-sources.ts";
import { readCited } from "./read-cited.ts";

/**
 * Takes all that is written so far, again and again, with the sources given by then. `say` is told what is new of what may
 * be said; a text that no longer begins with what was said is waited for.
 */
export function sayingSoFar(
  {
    customerWords,
    locale,
    mayBeSaid,
  }: { customerWords: readonly string[]; locale: string; mayBeSaid: (text: string) => boolean },
  say: (text: string) => void,
): (text: string, given: readonly ModelSource[]) => void {
  let said = "";
  return (text, given) => {
    const cited = readCited(text);
    if (cited === null) return;
    const sentences = cited.sentences.slice(0, -1); // the last may go on, and what it rests on stands behind it
    const checked = checkReply({ ...cited, sentences }, given, customerWords, locale);
    if (checked.kind === "nothing" || checked.text === said || !checked.text.startsWith(said)) return;
    if (!mayBeSaid(checked.text)) return;
    say(checked.text.slice(said.length));
    said = checked.text;
  };
}
