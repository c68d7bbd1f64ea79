// The door for whoever trains the shipped weights (lab/train-language): how texts become features, the corpus, and the
// shape of the weights. Nothing here is needed to use the engine.

export { toTraditional } from "./characters.ts";
export {
  type CorpusIntent,
  corpusGroups,
  outsideGroup,
  parseCorpus,
  readCorpus,
  readGroup,
} from "./corpus.ts";
export { Encoder, shareWeights, toUnit } from "./encoder.ts";
export { HashTable, hashFeature } from "./feature-hash.ts";
export { extractFeatures } from "./features.ts";
export { packIntentWords, wordPlaces } from "./intent-words.ts";
export { findMoodWords } from "./mood.ts";
export { moodFeatures } from "./mood-features.ts";
export { moodClasses, moodSharpness, sentiments, type Urgency, urgencies } from "./mood-model.ts";
export { normalise } from "./normalise.ts";
export { homophonesOf } from "./pinyin.ts";
export { hashedFeatures } from "./prepared-text.ts";
export { packWeights, unpackWeights, type Weights } from "./weights-file.ts";
