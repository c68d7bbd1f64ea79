import { describe, expect, test } from "vitest";
import { CatalogueError, joinFamilies, readCatalogue, readFamily } from "./read-catalogue.ts";

function refusal(read: () => unknown): CatalogueError {
  try {
    read();
  } catch (error) {
    if (error instanceof CatalogueError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

const stripe = readCatalogue().find(({ id }) => id === "stripe");
if (stripe === undefined) throw new Error("stripe is the sample of these tests");
const { family: _, ...entry } = stripe;
const text = (applications: unknown[]) => JSON.stringify({ family: "payment", applications });

describe("reading one family", () => {
  test("gives its applications with the family they came from", () => {
    expect(readFamily("payment", text([entry]))).toEqual([stripe]);
  });

  test("names the file that is not JSON", () => {
    const error = refusal(() => readFamily("payment", "{"));
    expect([error.code, error.file, error.entry]).toEqual(["not-json", "payment.json", null]);
  });

  test("names the file that says another family or has another shape", () => {
    expect(refusal(() => readFamily("storage", text([])))).toMatchObject({
      code: "wrong-file",
      file: "storage.json",
    });
    expect(refusal(() => readFamily("payment", "[]"))).toMatchObject({ code: "wrong-file", entry: null });
  });

  test("names the entry, and where in it the mistake is", () => {
    const error = refusal(() =>
      readFamily("payment", text([entry, { ...entry, id: "stripe-two", region: "mars" }])),
    );
    expect([error.code, error.file, error.entry]).toEqual(["wrong-entry", "payment.json", "stripe-two"]);
    expect(error.message).toContain("region");
  });

  test("counts the entry that has no name of its own", () => {
    const error = refusal(() => readFamily("payment", text([entry, { region: "cn" }])));
    expect(error.entry).toBe("#2");
  });
});

describe("joining the families", () => {
  test("puts all in the order of ids", () => {
    const early = { ...stripe, id: "aaa", family: "storage" as const };
    expect(joinFamilies([[stripe], [early]]).map(({ id }) => id)).toEqual(["aaa", "stripe"]);
  });

  test("refuses an id that stands in two files and names both", () => {
    const error = refusal(() => joinFamilies([[stripe], [{ ...stripe, family: "storage" }]]));
    expect([error.code, error.file, error.entry]).toEqual(["doubled-id", "storage.json", "stripe"]);
    expect(error.message).toContain("payment.json");
  });
});
