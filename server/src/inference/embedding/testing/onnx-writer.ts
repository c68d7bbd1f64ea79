// Writes the smallest ONNX file that a runtime takes for a sentence encoder: a table of token vectors and one Gather.
// ONNX is a protobuf message; these are the few fields of onnx.proto that it needs, by their numbers. For tests.

/** One protobuf field: numbers as varints, bytes and texts with their length before them. */
function field(number: number, value: number | string | Uint8Array): Buffer {
  if (typeof value === "number") return Buffer.concat([varint(number << 3), varint(value)]);
  const bytes = Buffer.from(value as Uint8Array);
  return Buffer.concat([varint((number << 3) | 2), varint(bytes.length), bytes]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  return Buffer.from([...bytes, rest]);
}

const float = 1;
const int64 = 7;

function valueInfo(name: string, type: number, sizes: readonly (number | string)[]): Buffer {
  const dims = sizes.map((size) => field(1, typeof size === "number" ? field(1, size) : field(2, size)));
  const tensor = Buffer.concat([field(1, type), field(2, Buffer.concat(dims))]);
  return Buffer.concat([field(1, name), field(2, field(1, tensor))]);
}

/** input_ids, attention_mask → last_hidden_state[text][token] = table[id]. All rows of `table` are equally long. */
export function lookUpModel(table: readonly Float32Array[]): Buffer {
  const size = table[0]?.length ?? 0;
  const initializer = Buffer.concat([
    field(1, table.length),
    field(1, size),
    field(2, float),
    field(8, "table"),
    field(9, Buffer.concat(table.map((row) => Buffer.from(row.buffer, row.byteOffset, row.byteLength)))),
  ]);
  const gather = Buffer.concat([
    field(1, "table"),
    field(1, "input_ids"),
    field(2, "last_hidden_state"),
    field(4, "Gather"),
  ]);
  const graph = Buffer.concat([
    field(1, gather),
    field(2, "tiny"),
    field(5, initializer),
    field(11, valueInfo("input_ids", int64, ["batch", "tokens"])),
    field(11, valueInfo("attention_mask", int64, ["batch", "tokens"])),
    field(12, valueInfo("last_hidden_state", float, ["batch", "tokens", size])),
  ]);
  const opset = Buffer.concat([field(1, ""), field(2, 13)]);
  return Buffer.concat([field(1, 8), field(2, "tests"), field(7, graph), field(8, opset)]);
}
