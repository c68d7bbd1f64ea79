// The door of inference: everything that calls a model. So far the optional embedding model.

export { closeEmbedders, embedderFor, forgetEmbedder } from "./embedding/embedder-for.ts";
export type { SteadyEmbedder } from "./embedding/steady-embedder.ts";
export { inferenceRoutes } from "./routes.ts";
export { inferenceSealedColumns } from "./sealed-columns.ts";
