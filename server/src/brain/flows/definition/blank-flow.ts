// What a new flow begins with: one question and an end, so that there is something to try at once.

/** YAML without problems. */
export function blankFlow(id: string, name: { zh: string; en: string }): string {
  const quoted = (text: string) => JSON.stringify(text);
  return `id: ${id}
version: 1
name: { zh: ${quoted(name.zh)}, en: ${quoted(name.en)} }
starts:
  intents: []
  phrases:
    zh: []
    en: []
slots:
  - id: need
    type: text
    label: { zh: 需求, en: request }
    question: { zh: "请问需要什么帮助？", en: "What can I do for you?" }
    again: { zh: "请再说一遍。", en: "Please say that again." }
steps:
  - { id: ask-need, kind: ask, slot: need, next: finish }
  - id: finish
    kind: hand-over
    words: { zh: "好的，我请同事来帮您。", en: "All right, a colleague will help you." }
    summary: { zh: "{{need}}", en: "{{need}}" }
`;
}
