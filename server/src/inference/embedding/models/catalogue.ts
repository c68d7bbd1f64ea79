// The models that can be chosen by name, and where they can be fetched from. None is part of the installation; each is
// downloaded on the shop's own machine after a click, and runs there.
//
// Sizes, dimensions, licences and the two checksums were read on the pages of the models and of their ONNX exports on
// huggingface.co (Xenova/<name>, the file pages of onnx/model_quantized.onnx at the revision below). A file without a
// checksum here is checked against what the mirror itself publishes, and against our first download ever after (pins.ts).

export interface CatalogueModel {
  name: string;
  title: string;
  licence: string;
  /** Whose work it is, for the page. */
  source: string;
  /** BCP 47; "mul" for many. */
  languages: readonly string[];
  dimensions: number;
  /** Of everything that is fetched, about. */
  sizeBytes: number;
  /** The repository that holds the ONNX export, under the same name at each mirror. */
  repository: string;
  revision: string;
  files: readonly ModelFile[];
  /** How token vectors become one: their mean, or that of the first token. */
  pooling: Pooling;
  /** Put before each text, as the model was trained. */
  prefix: string;
  mostTokens: number;
}

export type Pooling = "mean" | "first";

export interface ModelFile {
  /** In the repository. */
  path: string;
  /** In the model's folder. */
  name: string;
  sha256: string | null;
}

const small: readonly ModelFile[] = ["tokenizer.json", "tokenizer_config.json", "config.json"].map(
  (name) => ({ path: name, name, sha256: null }),
);

function quantized(sha256: string | null): ModelFile {
  return { path: "onnx/model_quantized.onnx", name: "model.onnx", sha256 };
}

export const catalogue: readonly CatalogueModel[] = [
  {
    name: "bge-small-zh-v1.5",
    title: "BGE small zh v1.5",
    licence: "MIT",
    source: "BAAI/bge-small-zh-v1.5",
    languages: ["zh"],
    dimensions: 512,
    sizeBytes: 24_500_000,
    repository: "Xenova/bge-small-zh-v1.5",
    revision: "6aa54ba39ee19d52723c1defa9f7901a8e819e25",
    files: [quantized("15b717c382bcb518ba457b93ea6850ede7f4f1cd8937454aa06972366cd19bcc"), ...small],
    pooling: "first",
    prefix: "",
    mostTokens: 128,
  },
  {
    name: "multilingual-e5-small",
    title: "Multilingual E5 small",
    licence: "MIT",
    source: "intfloat/multilingual-e5-small",
    languages: ["zh", "en", "mul"],
    dimensions: 384,
    sizeBytes: 135_000_000,
    repository: "Xenova/multilingual-e5-small",
    revision: "97cb8f96eaed1a1f0dac821239943e854fce9c36",
    files: [quantized("f80102d3f2a1229f387d3c81909990d8945513e347b0eab049f7de3c6f98c193"), ...small],
    pooling: "mean",
    prefix: "query: ",
    mostTokens: 128,
  },
  {
    name: "paraphrase-multilingual-minilm-l12-v2",
    title: "Paraphrase Multilingual MiniLM L12 v2",
    licence: "Apache-2.0",
    source: "sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2",
    languages: ["zh", "en", "mul"],
    dimensions: 384,
    sizeBytes: 135_000_000,
    repository: "Xenova/paraphrase-multilingual-MiniLM-L12-v2",
    revision: "018218219718cc217663562b0a65b5ffd1339d47",
    files: [quantized(null), ...small],
    pooling: "mean",
    prefix: "",
    mostTokens: 128,
  },
];

export function catalogueModel(name: string): CatalogueModel | null {
  return catalogue.find((model) => model.name === name) ?? null;
}
