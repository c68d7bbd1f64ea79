// Makes other people's text harmless for the machinery below the model: marks by which chat templates tell the roles apart
// ("<|im_start|>", "[INST]", "</s>") are real to some self-run services even inside a message, and invisible characters
// hide instructions from whoever reads the transcript. The words stay; open-model.ts sends every message through here.

/** ASCII and full-width bars: DeepSeek's marks have the latter. */
const templateMarks = /<(?=[|｜])|(?<=[|｜])>/g;
const bracketMarks =
  /\[(?=\/?(?:INST|SYS)\])|<(?=\/?s>|<\/?SYS>>)|<(?=\/?(?:think|start_of_turn|end_of_turn|bos|eos)>)/gi;
/** Controls but tab and line feeds, directions, invisible operators, tags, and variation selectors of the supplement. */
const invisible =
  /(?![\t\n\r])\p{Cc}|[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[\u{e0000}-\u{e01ef}]/gu;

/** Linear in the length; what it changes, it makes visible or leaves out. */
export function inertText(text: string): string {
  return text
    .replace(invisible, "")
    .replace(templateMarks, (mark) => (mark === "<" ? "‹" : "›"))
    .replace(bracketMarks, (mark) => (mark === "[" ? "［" : "‹"));
}
