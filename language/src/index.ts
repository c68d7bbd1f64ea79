// The door of the language package: what a message says, without any model download. Everything else in src/ may
// change; these names and shapes stay.

export { fitCalibration, fitCoefficients, type JudgedEvidence } from "./calibration.ts";
export { toSimplified, unifyCharacters } from "./characters.ts";
export { type MatcherInputCode, MatcherInputError, matcherInputCodes, matcherLimits } from "./check-items.ts";
export { type Completed, completeFromTopic } from "./complete-from-topic.ts";
export { type CorpusIntent, corpusIntent } from "./corpus.ts";
export {
  type DecisionThresholds,
  decideMatch,
  defaultThresholds,
  likelyOnes,
  type MatchDecision,
} from "./decision.ts";
export { EmbeddingScorer, type EmbedTexts, type JudgedText } from "./embedding-scorer.ts";
export { partsOfDay, wallClockOf } from "./entities/calendar.ts";
export {
  type Carrier,
  carriers,
  type Entity,
  type EntityKind,
  type Granularity,
  granularities,
} from "./entities/entity.ts";
export { type FindOptions, findEntities } from "./entities/find-entities.ts";
export { parseChineseNumber, parseEnglishNumber, readNumber } from "./entities/numerals.ts";
export type { CatalogueProduct } from "./entities/product-index.ts";
export { evidenceNames } from "./evidence.ts";
export { type CheckOptions, checkFaqs, type Faq, type FaqProblem } from "./faq-checks.ts";
export { surelyForeign } from "./foreign.ts";
export { strangersPerOwn } from "./judge-shop.ts";
export {
  detectLanguage,
  isChinese,
  type Language,
  type LanguageGuess,
  type LanguageShare,
  languageShares,
  languages,
} from "./language.ts";
export type { Mask, MaskKind } from "./masks.ts";
export { embedPhrasings, matchWithEmbedding, textToEmbed } from "./match-with-embedding.ts";
export {
  createMatcher,
  createMatcherGently,
  loadMatcher,
  loadMatcherGently,
  type Matcher,
} from "./matcher.ts";
export type {
  Borrowed,
  Match,
  MatcherItem,
  MatcherOptions,
  MatchOptions,
  MatchResult,
} from "./matcher-types.ts";
export { type Mood, readMood } from "./mood.ts";
export { type NormalisedText, normalise } from "./normalise.ts";
export {
  type ModelNearness,
  PassageIndex,
  type RankedPassage,
  type ReadQuestion,
  shareIn,
  termsIn,
} from "./passages/passage-index.ts";
export { mostPassagesOfSegment, PassageSegment, type SourcePassage } from "./passages/passage-segment.ts";
export { type SentenceSpan, splitSentences } from "./passages/split-sentences.ts";
export {
  findPersonal,
  maskPersonal,
  type Personal,
  type PersonalKind,
  personalKinds,
  standInFor,
} from "./personal.ts";
export { OutdatedModelError } from "./saved-model.ts";
export { backgroundPool } from "./shop-texts.ts";
export { classifySmallTalk, type SmallTalk, type SmallTalkKind, smallTalkKinds } from "./small-talk.ts";
export { type Cluster, clusterTexts, type Embed } from "./tools/clusters.ts";
export {
  type ConversationSummary,
  type Fact,
  type SpokenLine,
  summariseConversation,
} from "./tools/conversation-summary.ts";
export { type Grouped, groupQuestions, type KnownGroup } from "./tools/group-questions.ts";
export { findKeywords, type Keyword } from "./tools/keywords.ts";
export { findNearDuplicates, type NearDuplicate } from "./tools/near-duplicates.ts";
export { textSimilarity } from "./tools/shingles.ts";
export type { SummaryLocale } from "./tools/summary-texts.ts";
export { writesTraditional } from "./traditional.ts";
export { TrainingFailedError, trainInWorker, type WorkerTrainingOptions } from "./train-in-worker.ts";
export { type PersonWish, wantsPerson } from "./wants-person.ts";
export { DamagedModelError } from "./weights-file.ts";
