// Products of vectors: where most of the engine's time goes. Used wherever one vector is compared with many rows.

/** A vector that is going to be compared with many: in doubles, which spares converting it at every product. */
export type Wide = Float64Array;

export function widen(vector: Float32Array): Wide {
  return new Float64Array(vector);
}

/** Sum of products of a vector with row `row` of a table. Four sums at a time: one would wait for itself at every step. */
export function dotRow(vector: Wide, table: Wide, row: number): number {
  const { length } = vector;
  const start = row * length;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = 0;
  for (; i + 3 < length; i += 4) {
    a += (vector[i] as number) * (table[start + i] as number);
    b += (vector[i + 1] as number) * (table[start + i + 1] as number);
    c += (vector[i + 2] as number) * (table[start + i + 2] as number);
    d += (vector[i + 3] as number) * (table[start + i + 3] as number);
  }
  for (; i < length; i += 1) a += (vector[i] as number) * (table[start + i] as number);
  return a + b + c + d;
}

/** The same with a vector in single precision, as texts keep theirs; a function of its own, since mixed types slow both down. */
export function dotNarrow(vector: Wide, other: Float32Array): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = 0;
  for (; i + 3 < vector.length; i += 4) {
    a += (vector[i] as number) * (other[i] as number);
    b += (vector[i + 1] as number) * (other[i + 1] as number);
    c += (vector[i + 2] as number) * (other[i + 2] as number);
    d += (vector[i + 3] as number) * (other[i + 3] as number);
  }
  for (; i < vector.length; i += 1) a += (vector[i] as number) * (other[i] as number);
  return a + b + c + d;
}
