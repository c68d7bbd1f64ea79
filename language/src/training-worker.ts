// What runs in a training thread: trains one shop and hands the saved model over. Started by train-in-worker.ts, never
// imported. Its entry data comes from there, too, so it is trusted.

import { parentPort, workerData } from "node:worker_threads";
import { shareWeights } from "./encoder.ts";
import { createMatcher } from "./matcher.ts";
import type { TrainingTask } from "./train-in-worker.ts";

const { items, options, weights } = workerData as TrainingTask;
shareWeights(weights); // the encoder's 30 MB are the other thread's
const saved = createMatcher(items, options).save();
parentPort?.postMessage(saved, [saved.buffer]);
