/**
 * Who may import whom: the table of ARCHITECTURE.md as data, read by import-rules.ts. Change both together.
 */

/** Rooms of server/src (row) and the rooms whose door they may enter. A room that is not listed may not exist. */
export const rooms: Record<string, string[]> = {
  platform: [],
  accounts: ["platform"],
  inference: ["platform", "accounts"],
  conversations: ["platform", "accounts"],
  channels: ["platform", "accounts", "conversations"],
  commerce: ["platform", "accounts", "conversations"],
  brain: ["platform", "accounts", "inference"],
  routing: ["platform", "accounts", "conversations"],
  turns: ["platform", "accounts", "inference", "conversations", "commerce", "brain", "routing"],
  voice: ["platform", "accounts", "inference", "conversations", "routing", "turns"],
  tickets: ["platform", "accounts", "conversations", "routing"],
  outreach: ["platform", "accounts", "inference", "conversations", "commerce"],
  insight: ["platform", "accounts", "inference", "conversations"],
};

/** Parts of server/src that put the rooms together and therefore see them all, past their doors. */
export const wiring = ["main.ts", "app.ts", "roles", "cli", "operate"];

/** Libraries that only these rooms may use. */
export const librariesOfRooms: Record<string, string[]> = {
  language: ["brain"],
  telephony: ["voice"],
  templates: ["brain"],
};

/**
 * Top-level folders and the others they may import. typesOnly: `import type` and nothing else, so that not a byte of it reaches
 * the visitor's browser. npm: the only packages allowed, where that is a promise of ARCHITECTURE.md.
 */
export const folders: Record<string, { may: string[]; typesOnly?: true; npm?: string[] }> = {
  contract: { may: [], npm: ["zod"] },
  language: { may: [] },
  telephony: { may: [] },
  server: { may: ["contract", "language", "telephony", "templates"] },
  workbench: { may: ["contract"] },
  widget: { may: ["contract"], typesOnly: true },
  templates: { may: ["contract", "language"] },
  lab: { may: ["contract", "language", "telephony", "templates", "server", "tools"] },
  e2e: { may: ["contract", "templates", "server", "tools"] },
  tools: { may: ["contract", "language", "templates", "server"] },
};

/**
 * Doors of a room beside its index.ts. The ground floor has one door per part (platform/db/index.ts) and its six
 * single files: one door for all of it would load the database to make an id.
 */
export const moreDoors: Record<string, RegExp> = {
  platform: /^(?:[\w-]+\/index|context|config|errors|ids|clock|log)\.ts$/,
};

/** Files of channels/ that know every channel, each by its adapter.ts. */
export const channelLists = ["index.ts", "registry.ts"];

/** Files of a room that others may enter besides its index.ts: fakes, for tests and labs only. */
export const testingWindow = /^server\/src\/\w+\/(?:.+\/)?testing\//;

/** A list without code that the house checks read. */
export const openToTools = ["server/src/platform/db/table-owners.ts"];
