// Finds phrasings that probably stand in the wrong intent: half of the corpus is judged by an encoder that learnt from the
// other half, and the other way round. Prints `sureness, own share, where it stands, what it is taken for, the phrasing`, the
// surest first, to be read and put right by hand. `node lab/train-language/find-noise.ts > list`; some five minutes.

import { HashTable } from "@yingda/language/training";
import { say } from "../shared/figures.ts";
import { readTrainingTexts, type TrainingTexts } from "./texts.ts";
import { shippedPlan, type TrainedEncoder, trainEncoder } from "./train-encoder.ts";

const plan = { ...shippedPlan, epochs: 5, strangers: 30 };
/** As in alignment.ts: how boldly cosines become probabilities. */
const sharpness = 18;
const surely = 0.6;
const hardlyOwn = 0.03;

const all = readTrainingTexts(null);
const found = [0, 1].flatMap((fold) => {
  const learnt = { ...all, texts: all.texts.filter((_, at) => at % 2 !== fold) };
  const trained = trainEncoder(learnt, plan, (epoch, loss) =>
    say(`${fold} ${epoch + 1}: ${loss.toFixed(3)}`),
  );
  const judge = judgeBy(trained, all.groups);
  return all.texts.filter((_, at) => at % 2 === fold).flatMap(judge);
});
found.sort((a, b) => b.sureness - a.sureness);
for (const { sureness, own, stands, taken, text } of found)
  console.log([sureness.toFixed(2), own.toFixed(3), stands, taken, text].join("\t"));

interface Doubt {
  sureness: number;
  own: number;
  stands: string;
  taken: string;
  text: string;
}

/** Judges among the intents that would stand in the same shop: of its own group and of those for every trade. */
function judgeBy(
  { dims, keys, rows, labels, prototypes }: TrainedEncoder,
  groups: readonly string[],
): (text: TrainingTexts["texts"][number]) => Doubt[] {
  const table = new HashTable(keys);
  const everywhere = new Set(["0.common", "0.order", "0.membership"]);
  return ({ label, hashes, kinds, original }) => {
    const sense = new Float32Array(dims);
    hashes.forEach((hash, i) => {
      const row = table.find(hash);
      if (row < 0) return;
      for (let d = 0; d < dims; d += 1)
        sense[d] = (sense[d] as number) + (kinds[i] as number) * (rows[row * dims + d] as number);
    });
    const length = Math.sqrt(sense.reduce((sum, value) => sum + value * value, 1e-12));
    const own = groups[label] as string;
    const shares = labels.map((_, other) => {
      const group = groups[other] as string;
      if (group !== own && !everywhere.has(group)) return 0;
      let cosine = 0;
      for (let d = 0; d < dims; d += 1)
        cosine += (sense[d] as number) * (prototypes[other * dims + d] as number);
      return Math.exp((sharpness * cosine) / length);
    });
    const total = shares.reduce((sum, share) => sum + share, 0);
    const best = shares.indexOf(Math.max(...shares));
    const sureness = (shares[best] as number) / total;
    const ownShare = (shares[label] as number) / total;
    if (best === label || sureness < surely || ownShare > hardlyOwn) return [];
    const doubt = { sureness, own: ownShare, stands: labels[label] as string, taken: labels[best] as string };
    return [{ ...doubt, text: original }];
  };
}
