// The door of reading: a document or a site into sections of text.
export {
  type CrawledPage,
  type CrawlOptions,
  crawlSite,
  type EarlierPage,
  type FailedPage,
  type ReadPage,
  type UnchangedPage,
} from "./crawl/crawl-site.ts";
export {
  type ReadProblem,
  type ReadResult,
  type ReadSection,
  readBounds,
} from "./model.ts";
export { readDocument } from "./read-document.ts";
