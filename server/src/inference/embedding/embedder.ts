// What an embedding model is to the rest of the program, whatever runs it: texts in, vectors of length 1 out.
// Implemented by openai-compatible.ts and onnx-folder.ts; steady-embedder.ts puts limits around either.

export interface Embedder {
  /** Vectors are only comparable when this is equal: kind, address or folder, model, dimensions. */
  readonly key: string;
  /**
   * One vector per text, each of length 1 and all of the same dimension.
   * @throws ExternalError or AppError with an embedding/… code; the signal's reason when aborted.
   */
  embed(texts: readonly string[], options: EmbedOptions): Promise<Float32Array[]>;
  close(): Promise<void>;
}

export interface EmbedOptions {
  signal: AbortSignal;
  /** A contact waits: one try, before anything that is not urgent. */
  isUrgent: boolean;
}

/** The same direction with length 1; a vector of zeros stays as it is. Changes the argument. */
export function toUnitLength(vector: Float32Array): Float32Array {
  let sum = 0;
  for (const value of vector) sum += value * value;
  const length = Math.sqrt(sum);
  if (length > 0) for (let i = 0; i < vector.length; i += 1) vector[i] = (vector[i] as number) / length;
  return vector;
}
