// Which Chinese characters a contact writes, for turns, which may not ask the language engine itself.
export { toSimplified, writesTraditional } from "@yingda/language";
