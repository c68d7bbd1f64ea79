// What names a person in a text, for turns, which may not ask the language engine itself.
export { maskPersonal, standInFor } from "@yingda/language";
