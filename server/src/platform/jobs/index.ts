// The door of the job queue: work for later, on a schedule, or too slow for a request.
export { createJobs, type JobsOptions } from "./jobs.ts";
export type { JobHandler, JobPayload, Jobs, SendOptions } from "./types.ts";
