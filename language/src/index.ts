// The door of the language package: what a message says, without any model download. Everything else in src/ may
// change; these names and shapes stay.

export { fitCalibration, type JudgedEvidence } from "./calibration.ts";
export { toSimplified, unifyCharacters } from "./characters.ts";
export { detectLanguage, type Language, type LanguageGuess } from "./language.ts";
export type { Mask, MaskKind } from "./masks.ts";
export { createMatcher, createMatcherGently, type Matcher, strangersPerOwn } from "./matcher.ts";
export type { Match, MatcherItem, MatcherOptions, MatchOptions, MatchResult } from "./matcher-types.ts";
export { type Mood, readMood } from "./mood.ts";
export { type NormalisedText, normalise } from "./normalise.ts";
export { backgroundPool } from "./shop-texts.ts";
export { classifySmallTalk, type SmallTalk, type SmallTalkKind, smallTalkKinds } from "./small-talk.ts";
export { type PersonWish, wantsPerson } from "./wants-person.ts";
