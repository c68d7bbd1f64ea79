// An empty product and an empty fault code, and what the server is sent.
import type { FaultCode, FaultStep, Product, ProductDraft } from "@yingda/contract";

export const emptyProduct: ProductDraft = {
  name: "",
  nameEn: "",
  models: [],
  aliases: [],
  barcodes: [],
  pictures: [],
  manualFile: null,
  manualDocument: null,
  manualUrl: "",
  videoFile: null,
  videoUrl: "",
  warranty: "",
  warrantyEn: "",
  faults: [],
  faqs: [],
  isOn: true,
};
export const emptyStep: FaultStep = { text: "", textEn: "", picture: null, videoFile: null, videoUrl: "" };
export const emptyFault: FaultCode = {
  code: "",
  meaning: "",
  meaningEn: "",
  steps: [emptyStep],
  ending: "person",
  faq: "",
};

export function draftOf({ id: _id, version: _version, updatedAt: _at, ...draft }: Product): ProductDraft {
  return draft;
}

/** Without steps and fault codes in which nothing was written. */
export function cleaned(draft: ProductDraft): ProductDraft {
  const faults = draft.faults
    .map((fault) => ({ ...fault, steps: fault.steps.filter(({ text }) => text.trim() !== "") }))
    .filter(({ code, meaning, steps }) => code.trim() !== "" || meaning.trim() !== "" || steps.length > 0);
  return { ...draft, name: draft.name.trim(), faults };
}

/** Null, or the fault code that cannot be kept yet: "" where the code itself is missing. */
export function unfinishedFault({ faults }: ProductDraft): string | null {
  const found = faults.find(({ code, meaning }) => code.trim() === "" || meaning.trim() === "");
  return found === undefined ? null : found.code;
}
