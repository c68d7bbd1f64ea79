// Kills the product under load and counts: nothing acknowledged may be lost, nothing doubled, no answer given twice, the audit chain whole.
// The load speaks through the api channel (signed calls in, signed webhook out), at least 50 lines a second, each line from a contact of its
// own, so that every line must be answered exactly once. Kinds of round, in turn: the server; the database's postmaster; everything; during the
// first start and its migrations; during a backup.
// Usage: npm run lab -- crash --rounds 20
import { printResult } from "../shared/figures.ts";
import { crashRounds } from "./rounds.ts";

const at = process.argv.indexOf("--rounds");
const rounds = Number((at > 0 ? process.argv[at + 1] : undefined) ?? "20");
const result = await crashRounds(rounds, rounds >= 20 ? 10_000 : rounds * 120);
printResult(result);
process.exit(
  result.lost + result.doubled + result.unanswered + result.answersDoubled === 0 && result.auditOk ? 0 : 1,
);
