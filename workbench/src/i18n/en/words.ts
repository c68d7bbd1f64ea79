export const words = {
  title: "Words",
  saved: "Saved; it counts at once",
  removed: "Removed “{{name}}”",
  none: "None yet",
  comma: ", ",
  leftOut_one:
    "{{count}} was not added: words have 2–40 characters, are there once, a line of synonyms has at least two, and a list holds 200.",
  leftOut_other:
    "{{count}} were not added: words have 2–40 characters, are there once, a line of synonyms has at least two, and a list holds 200.",
  does: { label: "When it is heard", alert: "To a person at once", note: "Only note it" },
  sensitive: {
    title: "Sensitive words of customers",
    lead: "When a customer says one, a person takes over at once and reads why; or the bot answers as usual and only notes it in the trace.",
    add: "Add sensitive words of customers, one a line",
    example: "For example: franchise",
  },
  neverSay: {
    title: "What the bot never says",
    lead: "A reply that holds one of these words is not sent; a person reads it instead. This goes for your own FAQs, too.",
    add: "Add words that the bot never says, one a line",
    example: "For example: the cheapest",
  },
  promises: {
    title: "Forbidden promises",
    lead: "Only your own FAQs may promise these. From a large model, a document or a flow they are not sent; a person reads the reply instead. “We do not offer …” is no promise.",
    add: "Add forbidden promises, one a line",
    example: "For example: lifetime warranty",
  },
  synonyms: {
    title: "Synonyms",
    lead: "A group a line; its first word is the one that your FAQs and documents use. When a customer says it another way and the bot is not sure, it looks again with the first word.",
    add: "Add synonyms, a group a line",
    example: "For example: steamer, garment iron, steam iron",
  },
};
