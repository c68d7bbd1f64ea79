// The optional embedding model: choosing, trying, installing.
import { z } from "zod";
import {
  embeddingDraft,
  embeddingOverview,
  embeddingSetting,
  modelInstall,
  modelName,
} from "../embedding.ts";
import { defineRoutes } from "../route.ts";

const byName = z.object({ name: modelName });
export const embeddingRoutes = defineRoutes({
  getEmbedding: {
    method: "GET",
    path: "/api/embedding",
    access: "settings-read",
    summary: "What is chosen, what can be installed, how an installation goes.",
    reply: embeddingOverview,
  },
  setEmbedding: {
    method: "PUT",
    path: "/api/embedding",
    access: "settings-write",
    summary: "Chooses none, a service or an installed model; the shop's knowledge is trained anew.",
    body: embeddingDraft,
    reply: embeddingSetting,
  },
  tryEmbedding: {
    method: "POST",
    path: "/api/embedding/try",
    access: "settings-write",
    summary: "Embeds a sentence by a choice that need not be saved yet.",
    body: z.object({ text: z.string().trim().min(1).max(500), choice: embeddingDraft }),
    reply: z.object({ dimensions: z.int(), tookMs: z.number() }),
  },
  installModel: {
    method: "POST",
    path: "/api/embedding/models/:name",
    access: "settings-write",
    summary: "Downloads a model of the catalogue, and the engine that runs it, for the whole installation.",
    params: byName,
    body: z.object({ mirror: z.string().max(60).optional() }),
    reply: modelInstall,
  },
  removeModel: {
    method: "DELETE",
    path: "/api/embedding/models/:name",
    access: "settings-write",
    summary: "Deletes a model of the catalogue from the disk.",
    params: byName,
  },
  cancelInstall: {
    method: "DELETE",
    path: "/api/embedding/install",
    access: "settings-write",
    summary: "Stops the download that runs; what has come stays for the next time.",
  },
});
