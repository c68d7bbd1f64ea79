// The catalogue of business applications as it ships: one JSON file per family, read once when somebody first asks. Called
// by the tools page and by find-applications.ts.

import { readFileSync } from "node:fs";
import { z } from "zod";
import { type Application, applicationEntry, type Family, families } from "./application.ts";

export type CatalogueErrorCode = "file-unreadable" | "not-json" | "wrong-file" | "wrong-entry" | "doubled-id";

/** A catalogue file that cannot be used: which file, which entry (null: the file itself), what is wrong and where. */
export class CatalogueError extends Error {
  readonly code: CatalogueErrorCode;
  readonly file: string;
  readonly entry: string | null;

  constructor(
    code: CatalogueErrorCode,
    file: string,
    entry: string | null,
    problem: string,
    cause?: unknown,
  ) {
    const place = entry === null ? file : `${file}, entry ${entry}`;
    super(`${place}: ${problem}`, cause === undefined ? undefined : { cause });
    this.name = "CatalogueError";
    this.code = code;
    this.file = file;
    this.entry = entry;
  }
}

const familyFile = z.strictObject({
  family: z.enum(families),
  applications: z.array(z.record(z.string(), z.unknown())),
});

let shipped: readonly Application[] | null = null;

/** All applications by id, read on the first call. Throws CatalogueError: the files ship with the program, so it is a bug. */
export function readCatalogue(): readonly Application[] {
  shipped ??= joinFamilies(families.map((family) => readFamily(family, familyText(family))));
  return shipped;
}

/** One family's applications, in the file's order. `text`: the file. Throws CatalogueError. */
export function readFamily(family: Family, text: string): Application[] {
  const file = fileOf(family);
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (cause) {
    throw new CatalogueError("not-json", file, null, "is not JSON; check commas and quotes", cause);
  }
  const outer = familyFile.safeParse(raw);
  if (!outer.success) throw new CatalogueError("wrong-file", file, null, firstProblem(outer.error));
  if (outer.data.family !== family)
    throw new CatalogueError("wrong-file", file, null, `says family ${outer.data.family}; write ${family}`);
  return outer.data.applications.map((source, index) => {
    const entry = applicationEntry.safeParse(source);
    if (entry.success) return { ...entry.data, family };
    const name = typeof source.id === "string" ? source.id : `#${index + 1}`;
    throw new CatalogueError("wrong-entry", file, name, firstProblem(entry.error));
  });
}

/** Families as one list by id. Throws CatalogueError for an id that stands twice. */
export function joinFamilies(parts: readonly (readonly Application[])[]): Application[] {
  const byId = new Map<string, Application>();
  for (const application of parts.flat()) {
    const other = byId.get(application.id);
    if (other !== undefined)
      throw new CatalogueError(
        "doubled-id",
        fileOf(application.family),
        application.id,
        `the id stands in ${fileOf(other.family)} already; each application needs its own`,
      );
    byId.set(application.id, application);
  }
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function fileOf(family: Family): string {
  return `${family}.json`;
}

function familyText(family: Family): string {
  try {
    return readFileSync(new URL(`./families/${fileOf(family)}`, import.meta.url), "utf8");
  } catch (cause) {
    throw new CatalogueError(
      "file-unreadable",
      fileOf(family),
      null,
      "cannot be read; restore the file",
      cause,
    );
  }
}

function firstProblem(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return "does not fit the shape";
  return issue.path.length === 0 ? issue.message : `${issue.path.join(".")}: ${issue.message}`;
}
