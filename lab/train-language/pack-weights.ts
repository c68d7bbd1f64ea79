// Trained weights to what ships: int8 rows with one scale each, and the corpus intents' prototypes (labels of other
// sources were only there to teach the features).

import type { Weights } from "@yingda/language/training";
import type { TrainedEncoder } from "./train-encoder.ts";

/** `intents`: how many labels, from the first, are corpus intents. */
export function quantise(trained: TrainedEncoder, intents: number): Weights {
  const { dims, keys } = trained;
  const rows = new Int8Array(keys.length * dims);
  const scales = new Float32Array(keys.length);
  for (let row = 0; row < keys.length; row += 1) {
    let largest = 1e-9;
    for (let d = 0; d < dims; d += 1)
      largest = Math.max(largest, Math.abs(trained.rows[row * dims + d] as number));
    scales[row] = largest / 127;
    for (let d = 0; d < dims; d += 1)
      rows[row * dims + d] = Math.round(((trained.rows[row * dims + d] as number) / largest) * 127);
  }
  return {
    kind: "encoder",
    dims,
    keys,
    rows,
    scales,
    names: trained.labels.slice(0, intents),
    vectors: Int8Array.from(trained.prototypes.subarray(0, intents * dims), (value) =>
      Math.round(value * 127),
    ),
  };
}
