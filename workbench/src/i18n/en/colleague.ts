// What the bot asks its colleagues: the list in the inbox, the setting, the trace, errors.
export const colleague = {
  title: "Questions of the bot",
  open_one: "The bot asks one question",
  open_other: "The bot asks {{count}} questions",
  kept_one: "One reply to keep as knowledge",
  kept_other: "{{count}} replies to keep as knowledge",
  lead: "One line is enough: the bot says it to the customer, also when they have left. The first reply counts.",
  empty: "The bot has no question",
  emptyText: "When a fact is missing it asks here, and the customer hears your reply from it.",
  forMe: "Asks you",
  left: "{{span}} left",
  overdue: "Being handed over",
  missing: {
    blank: "Missing: {{blanks}}",
    blankUnnamed: "A blank of the answer is not filled",
    cell: "The cell of the table is empty",
    source: "No knowledge says it",
  },
  dialogue: "What was said",
  who: { contact: "Customer", bot: "Bot", agent: "Colleague" },
  replyLabel: "Your reply to “{{question}}”",
  replyHint: "Enter sends, Shift+Enter begins a new line",
  placeholder: "One line, as the customer is to read it",
  send: "Reply",
  sent: "Sent. The bot says it to the customer.",
  dontKnow: "I do not know, hand over",
  handedOver: "Handed over; the customer waits for a person.",
  take: "Take the conversation",
  see: "See the conversation",
  tooLate: "The bot does not wait for this any more. Your words are still here.",
  sendAsMe: "Send as my own message",
  sentAsMe: "Sent as your message; the conversation is yours.",
  answered: "Answered: keep it as knowledge?",
  answeredBy: "{{name}} replied:",
  answeredBySomebody: "A colleague replied:",
  saveFaq: "Save as FAQ",
  savedFaq: "Saved; the next customer is answered at once.",
  savedDraft: "Saved as a draft to be reviewed.",
  fillBlank: "Fill the blank",
  filled: "Filled; the next customer is answered at once.",
  keepNothing: "Not needed",
  keptNothing: "Nothing is made of it.",
  edit: "Change the words first",
  question: "Question",
  answer: "Answer",
};

export const colleagueSetting = {
  title: "Ask a colleague",
  label: "Ask a colleague when a fact is missing",
  hint: "For an unfilled blank, an empty cell, or a clear question that no knowledge answers. The question comes up in the inbox; the one-line reply is said by the bot.",
  minutes: "Hand over when nobody replies within",
  unit: "minutes",
};

export const colleagueBecause = {
  "no-colleague": "No empty cell to ask a colleague about",
  "colleague-blank": "The answer still has blanks: {{blanks}}; a colleague is asked",
  "colleague-cell": "The cell of the table is empty; a colleague is asked",
  "colleague-source": "No knowledge says it; a colleague is asked",
  "colleague-pending": "A colleague has been asked already; said once more",
  "colleague-replied": "Said by a colleague ({{name}})",
  "colleague-expired": "No colleague replied in time; handed over",
  "colleague-withdrawn": "The colleague did not know either; handed over",
};

export const colleagueErrors = {
  "colleague-question/not-found": "This question is gone; its conversation may have been erased.",
  "colleague-question/answered": "A colleague was faster: this question is answered already.",
  "colleague-question/expired": "Time is up: the conversation has been handed over to a person.",
  "colleague-question/withdrawn": "A person has taken the conversation, or it was handed over.",
  "colleague-question/word-refused": "The reply holds words that the bot never says. Put it another way.",
  "colleague-question/promise-refused": "The reply promises what your shop forbids. Put it another way.",
  "colleague-question/not-answered": "Nobody has replied to this question yet.",
  "colleague-question/kept": "Somebody has decided about this reply already.",
};

export const colleagueAudit = {
  "colleague-question-answered": "Replied to a question of the bot",
  "colleague-question-handed-over": "Handed over a question of the bot",
  "colleague-question-kept": "Decided what a reply to the bot becomes",
};
