// The shop's sensitive words, forbidden promises and synonyms.
import { defineRoutes } from "../route.ts";
import { shopWords } from "../shop-words.ts";

export const wordRoutes = defineRoutes({
  getWords: {
    method: "GET",
    path: "/api/words",
    access: "knowledge-read",
    apiKey: true,
    summary: "The words of the shop: sensitive words, what the bot never says or promises, synonyms.",
    reply: shopWords,
  },
  changeWords: {
    method: "PUT",
    path: "/api/words",
    access: "knowledge-write",
    apiKey: true,
    summary: "Writes them all, live at once (words/version-moved if someone else did).",
    body: shopWords,
    reply: shopWords,
  },
});
