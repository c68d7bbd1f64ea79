// The QR and bar codes in a picture, read on this machine, with limits on memory and time.
import { Worker } from "node:worker_threads";
import type { PictureCode } from "@yingda/contract";

const mostMs = 4_000;
const mostMb = 192;

/** [] where there is none, the picture cannot be read, or it takes too long. Never throws. */
export async function decodePicture(bytes: Uint8Array): Promise<PictureCode[]> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL("./decode-worker.ts", import.meta.url), {
      workerData: { bytes: new Uint8Array(bytes) },
      resourceLimits: { maxOldGenerationSizeMb: mostMb },
    });
    const end = (codes: PictureCode[]) => {
      clearTimeout(timer);
      resolve(codes);
      void worker.terminate();
    };
    const timer = setTimeout(() => end([]), mostMs);
    worker.once("message", (codes: PictureCode[]) => end(codes));
    worker.once("error", () => end([]));
    worker.once("exit", () => end([]));
  });
}
