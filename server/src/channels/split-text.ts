// Cuts a text that is too long for a channel into several bubbles, never through a character a person sees as one
// (a family emoji, an accented letter). Called by deliver.ts. Joining the parts gives the text back exactly.

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/** Better places for a cut, best first: after a blank line, a line, a sentence, a comma or a space. */
const cuts = [/\n\n$/, /\n$/, /[。！？!?…]\s*$|[.!?]\s$/, /[，；、,;：:\s]$/];
/** A cut earlier than this share of the room would leave a bubble that looks torn off. */
const earliestShare = 0.5;

/**
 * Parts of at most `maxGraphemes` grapheme clusters each, in order; a text that fits comes back as it is.
 * An empty text gives no parts.
 */
export function splitText(text: string, maxGraphemes: number): string[] {
  if (text.length === 0) return [];
  if (text.length <= maxGraphemes) return [text]; // a cluster has at least one code unit
  const clusters = Array.from(graphemes.segment(text), ({ segment }) => segment);
  const parts: string[] = [];
  let from = 0;
  while (clusters.length - from > maxGraphemes) {
    const length = bestCut(clusters, from, maxGraphemes);
    parts.push(clusters.slice(from, from + length).join(""));
    from += length;
  }
  parts.push(clusters.slice(from).join(""));
  return parts;
}

function bestCut(clusters: readonly string[], from: number, room: number): number {
  const earliest = Math.max(1, Math.ceil(room * earliestShare));
  for (const cut of cuts) {
    for (let length = room; length >= earliest; length -= 1) {
      const ending = clusters.slice(Math.max(from, from + length - 3), from + length).join("");
      if (cut.test(ending)) return length;
    }
  }
  return room;
}
