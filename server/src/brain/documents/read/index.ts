// The door of reading: a document into sections of text.
export {
  type ReadProblem,
  type ReadResult,
  type ReadSection,
  readBounds,
} from "./model.ts";
export { readDocument } from "./read-document.ts";
