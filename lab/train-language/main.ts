// Builds the weights that ship from our corpus and openly licensed sets: `npm run lab -- train-language [--open DIR]`.
// Deterministic; some minutes on one core. Writes encoder.bin and mood.bin (to language/data, or --out DIR) and prints one
// line of JSON. `--plan JSON` changes parts of `shippedPlan`, for trying things out.

import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { packWeights, shareWeights, unpackWeights } from "@yingda/language/training";
import { printResult, say } from "../shared/figures.ts";
import { quantise } from "./pack-weights.ts";
import { readTrainingTexts } from "./texts.ts";
import { shippedPlan, trainEncoder } from "./train-encoder.ts";
import { moodTrainingTexts, trainMood } from "./train-mood.ts";

const { values } = parseArgs({
  options: { open: { type: "string" }, out: { type: "string" }, plan: { type: "string", default: "{}" } },
});
const began = performance.now();
const texts = readTrainingTexts(values.open ?? null);
const intents = texts.sources.filter((source) => source === 0).length;
const plan = { ...shippedPlan, ...(JSON.parse(values.plan) as Partial<typeof shippedPlan>) };
const trained = trainEncoder(texts, plan, (epoch, loss, right) =>
  say(`epoch ${epoch + 1}/${plan.epochs}: loss ${loss.toFixed(3)}, right ${(right * 100).toFixed(1)}%`),
);
const packed = packWeights(quantise(trained, intents));
const data = values.out ?? fileURLToPath(new URL("../../language/data", import.meta.url));
writeFileSync(join(data, "encoder.bin"), packed);
shareWeights(unpackWeights(packed, "encoder")); // the mood model reads the vectors that ship with it
const moods = moodTrainingTexts();
const packedMood = packWeights(trainMood(moods));
writeFileSync(join(data, "mood.bin"), packedMood);
const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
printResult({
  texts: texts.counts,
  moods: moods.length,
  leftOut: texts.leftOut,
  intents,
  features: trained.keys.length,
  dims: plan.dims,
  bytes: packed.length + packedMood.length,
  sha256: sha256(packed),
  moodSha256: sha256(packedMood),
  seconds: Math.round((performance.now() - began) / 1000),
});
