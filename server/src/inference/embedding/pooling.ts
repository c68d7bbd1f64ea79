// From what a transformer gives for a batch, one vector per token, to one vector per text. Pure; used by onnx-worker.ts.

import { toUnitLength } from "./embedder.ts";
import type { Pooling } from "./models/catalogue.ts";

export interface TokenVectors {
  /** texts × tokens × dimensions, or texts × dimensions when the model pools by itself. */
  values: Float32Array;
  shape: readonly number[];
}

/**
 * One vector of length 1 per text. `mask[text][token]` is 0 for padding, which never counts.
 * Throws a plain Error for a shape that is neither of the two.
 */
export function poolTokens(
  { values, shape }: TokenVectors,
  mask: readonly (readonly number[])[],
  pooling: Pooling,
): Float32Array[] {
  const [texts = 0, second = 0, third] = shape;
  if (texts !== mask.length || values.length !== shape.reduce((product, size) => product * size, 1))
    throw new Error(`a model's output of shape ${shape.join("×")} for ${mask.length} texts`);
  if (shape.length === 2)
    return mask.map((_, text) => toUnitLength(values.slice(text * second, (text + 1) * second)));
  if (third === undefined || shape.length !== 3)
    throw new Error(`a model's output of shape ${shape.join("×")}`);
  return mask.map((tokens, text) => {
    const from = text * second * third;
    if (pooling === "first") return toUnitLength(values.slice(from, from + third));
    return toUnitLength(meanOf(values, from, third, tokens));
  });
}

/** The sum is as good as the mean: only the direction is kept. */
function meanOf(values: Float32Array, from: number, size: number, tokens: readonly number[]): Float32Array {
  const sum = new Float32Array(size);
  for (const [token, counts] of tokens.entries()) {
    if (counts === 0) continue;
    for (let i = 0; i < size; i += 1)
      sum[i] = (sum[i] as number) + (values[from + token * size + i] as number);
  }
  return sum;
}
