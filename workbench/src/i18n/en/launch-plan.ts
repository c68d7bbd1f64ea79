import type { LanguageWithSingular } from "../texts.ts";

export const launchPlan: LanguageWithSingular["launchPlan"] = {
  title: "Eight weeks to a bot for everybody",
  lead: "What is done ticks itself. Take it step by step.",
  go: "Go",
  phases: { week1: "Week 1: prepare", weeks2to4: "Weeks 2–4: pilot", weeks5to8: "Weeks 5–8: for everybody" },
  lines: {
    pack: "Switch a pack on, or write FAQs",
    blanks: "Fill the blanks in the answers",
    bot: "Switch the bot on",
    routing: "Set business hours",
    rehearsed: "Rehearse past chats once",
    trial: "Begin the pilot",
    drafts: "Look at enough drafts of the bot",
    right: "Right answers, right routes",
    seen: "See how the bot does",
    gaps: "Make FAQs of what it could not answer",
    everyone: "Let the bot take everybody",
    solved: "The bot solves more than half",
    guards: "Choose chats that must pass before publishing",
    weekly: "Clear the gaps every week",
  },
  texts: {
    pack: "The bot answers from this alone.",
    blanks: "For an unfilled blank the bot says that it will ask a colleague.",
    bot: "On the Bot page, channel by channel.",
    routing: "Out of hours the bot answers, or takes a message.",
    rehearsed: "See what it would say before customers meet it.",
    trial: "Drafts only, for one or two colleagues only, off hours only, or some per cent of conversations.",
    drafts:
      "Colleagues saw and dealt with {{drafts}} drafts; where the bot began with everybody, it served {{trial}} conversations.",
    right:
      "At most {{wrong}}% of the drafts are wrong answers or wrong routes; or customers disliked at most {{wrong}}% of the bot's conversations.",
    seen: "After {{trial}} conversations look at Bot · Pilot: solved, handed over, came back, beside people.",
    gaps: "Under Knowledge · Gaps: make an FAQ, merge or ignore with one click.",
    everyone: "On for everybody on all channels, and {{everyone}} conversations have ended.",
    solved: "Of the last 30 days, {{share}}% or more are solved (of at least {{everyone}} conversations).",
    guards: "Tick at least {{guards}} under Rehearsal; they are checked when FAQs change.",
    weekly: "Ticked while no gap is open.",
  },
};
