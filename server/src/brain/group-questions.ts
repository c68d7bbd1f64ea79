// Which questions ask the same: the language engine's own grouping, through the brain's door, since no other room sees it.

export { groupQuestions } from "@yingda/language";
