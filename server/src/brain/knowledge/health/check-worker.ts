// The worker of check-texts.ts: checks the FAQs it is given, tells the problems, ends.

import { parentPort, workerData } from "node:worker_threads";
import type { Faq } from "@yingda/language";
import { checkNow } from "./check-texts.ts";

parentPort?.postMessage(checkNow(workerData as Faq[]));
