// The worker thread that runs one model folder: tokenizer and ONNX model by the engine's files (models/engine.ts), which
// are loaded by path from the data folder because they are not part of the installation. Started by onnx-folder.ts; one
// batch at a time, so that a message never waits for more than the batch that runs.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import type { Recipe } from "./models/model-folder.ts";
import { poolTokens } from "./pooling.ts";
import { wordPieceTokenizer } from "./word-pieces.ts";

export interface WorkerInput {
  engineFolder: string;
  modelFolder: string;
  recipe: Recipe;
}
export type WorkerRequest = { id: number; texts: string[] };
export type WorkerReply =
  | { kind: "ready"; dimensions: number }
  | { kind: "vectors"; id: number; vectors: Float32Array[] }
  | { kind: "failed"; id: number | null; because: string };

/** The parts of the two libraries that are used here. */
interface Tensor {
  readonly data: unknown;
  readonly dims: readonly number[];
}
interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(inputs: Record<string, Tensor>): Promise<Record<string, Tensor>>;
}
interface Engine {
  env: { wasm: { numThreads?: number }; logLevel?: string };
  Tensor: new (type: "int64", data: BigInt64Array, dims: readonly number[]) => Tensor;
  InferenceSession: { create(model: Uint8Array, options: object): Promise<Session> };
}
interface Tokenizer {
  encode(text: string): { ids: number[] };
  token_to_id(token: string): number | undefined;
}
interface Tokenizers {
  Tokenizer: new (tokenizer: object, config: object) => Tokenizer;
}

const ownOutputs = ["sentence_embedding", "pooler_output_normalized"];
const tokenOutputs = ["last_hidden_state", "token_embeddings"];
const padTokens = ["[PAD]", "<pad>"];

async function open({ engineFolder, modelFolder, recipe }: WorkerInput) {
  // by path and not by name: it lies in the data folder, outside of every node_modules that Node would look into
  const load = createRequire(join(engineFolder, "package.json"));
  const packages = join(engineFolder, "node_modules");
  const engine = load(join(packages, "onnxruntime-web/dist/ort.node.min.mjs")) as Engine;
  const { Tokenizer } = load(join(packages, "@huggingface/tokenizers/dist/tokenizers.mjs")) as Tokenizers;
  engine.env.wasm.numThreads = 1; // threads of a thread are not to be had in Node
  engine.env.logLevel = "error";
  const [description, settings] = await readTokenizer(modelFolder);
  const tokenizer = new Tokenizer(description, settings);
  const session = await engine.InferenceSession.create(await readFile(join(modelFolder, "model.onnx")), {
    executionProviders: ["wasm"],
  });
  const pad = padTokens.map((token) => tokenizer.token_to_id(token)).find((id) => id !== undefined) ?? 0;

  return async (texts: readonly string[]): Promise<Float32Array[]> => {
    const rows = texts.map((text) => shorten(tokenizer.encode(recipe.prefix + text).ids, recipe.mostTokens));
    const length = Math.max(1, ...rows.map((row) => row.length));
    const mask = rows.map((row) => Array.from({ length }, (_, at) => (at < row.length ? 1 : 0)));
    const shape = [rows.length, length];
    const tensor = (values: (row: number, at: number) => number) =>
      new engine.Tensor(
        "int64",
        BigInt64Array.from({ length: rows.length * length }, (_, i) =>
          BigInt(values(Math.floor(i / length), i % length)),
        ),
        shape,
      );
    const inputs: Record<string, Tensor> = {};
    for (const name of session.inputNames) {
      if (name === "input_ids") inputs[name] = tensor((row, at) => rows[row]?.[at] ?? pad);
      else if (name === "attention_mask") inputs[name] = tensor((row, at) => mask[row]?.[at] ?? 0);
      else if (name === "token_type_ids") inputs[name] = tensor(() => 0);
      else throw new Error(`the model wants an input called ${name}`);
    }
    const outputs = await session.run(inputs);
    const name =
      [...ownOutputs, ...tokenOutputs].find((wanted) => wanted in outputs) ?? session.outputNames[0];
    const output = name === undefined ? undefined : outputs[name];
    if (!(output?.data instanceof Float32Array)) throw new Error("the model gives no float32 output");
    return poolTokens({ values: output.data, shape: output.dims }, mask, recipe.pooling);
  };
}

/** tokenizer.json as it is, or made of vocab.txt; and tokenizer_config.json if there is one. */
async function readTokenizer(folder: string): Promise<[object, object]> {
  const read = (name: string) => readFile(join(folder, name), "utf8").catch(() => null);
  const [whole, vocab, settings] = await Promise.all(
    ["tokenizer.json", "vocab.txt", "tokenizer_config.json"].map(read),
  );
  const config = settings == null ? {} : (JSON.parse(settings) as { do_lower_case?: boolean });
  if (whole != null) return [JSON.parse(whole) as object, config];
  return [wordPieceTokenizer(vocab ?? "", config.do_lower_case !== false), config];
}

/** Keeps the first tokens and the last, which closes the sentence. */
function shorten(ids: number[], most: number): number[] {
  return ids.length <= most ? ids : [...ids.slice(0, most - 1), ids.at(-1) as number];
}

const port = parentPort;
if (port !== null) {
  const say = (reply: WorkerReply, moved: ArrayBuffer[] = []) => port.postMessage(reply, moved);
  const because = (error: unknown) => (error instanceof Error ? error.message : String(error));
  try {
    const embed = await open(workerData as WorkerInput);
    const [sample] = await embed(["你好 hello"]);
    let queue: Promise<void> = Promise.resolve();
    port.on("message", ({ id, texts }: WorkerRequest) => {
      queue = queue.then(() =>
        embed(texts).then(
          (vectors) =>
            say(
              { kind: "vectors", id, vectors },
              vectors.map(({ buffer }) => buffer as ArrayBuffer),
            ),
          (error: unknown) => say({ kind: "failed", id, because: because(error) }),
        ),
      );
    });
    say({ kind: "ready", dimensions: sample?.length ?? 0 });
  } catch (error) {
    say({ kind: "failed", id: null, because: because(error) });
    port.close();
  }
}
