// What turns asks of the language engine, which it may not enter itself: which Chinese characters a contact writes, and what in a
// text names a person.
export { maskPersonal, standInFor, toSimplified, writesTraditional } from "@yingda/language";
