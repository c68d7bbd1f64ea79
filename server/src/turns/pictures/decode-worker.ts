// A thread of its own for reading codes in a picture: what a stranger sent is decoded in here, in a WebAssembly module with no way
// out, and the thread ends with its memory.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

const wasm = readFileSync(createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm"));
prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } });

const { bytes } = workerData as { bytes: Uint8Array<ArrayBuffer> };
const found = await readBarcodes(new Blob([bytes]), { tryHarder: true, maxNumberOfSymbols: 5 });
parentPort?.postMessage(
  found
    .filter(({ isValid, text }) => isValid && text !== "")
    .map(({ format, text }) => ({ format, text: text.slice(0, 500) })),
);
