// `npm run yingda -- COMMAND`: finds out who does the command (the running server over its socket, the data folder without a
// server, or neither for what needs no data), does it, and says the result. With --json only one line goes to standard output.
import type { AskReply } from "@yingda/contract";
import { type Config, readConfig } from "../platform/config.ts";
import { AppError, StartupError } from "../platform/errors.ts";
import { adminSocketPath, callAdminSocket } from "../roles/admin-socket.ts";
import { type Given, readArgs } from "./args.ts";
import { askAlone, knownPacks } from "./ask-alone.ts";
import { helpText } from "./help.ts";
import { type Locale, localeOf, say, type TextKey } from "./texts.ts";

interface Console {
  locale: Locale;
  isJson: boolean;
  print(text: string): void;
}

/** What a command ends with when it did not do what was asked; the exit code is 1. */
class CommandFailed extends Error {}

export async function runCommand(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const print = (text: string) => void process.stdout.write(`${text}\n`);
  const read = readArgs(argv);
  if (read.kind === "wrong") {
    const locale = localeOf(env);
    process.stderr.write(`${say(read.problem.key, locale, read.problem.values)}\n${helpText(locale)}`);
    return 2;
  }
  const { given } = read;
  const locale = given.lang === "en" || given.lang === "zh-CN" ? given.lang : localeOf(env);
  try {
    await dispatch(given, { locale, isJson: given.json, print }, env);
    return 0;
  } catch (error) {
    process.stderr.write(`${wordsOf(error, locale)}\n`);
    return 1;
  }
}

function wordsOf(error: unknown, locale: Locale): string {
  if (error instanceof CommandFailed) return error.message;
  if (error instanceof StartupError) return locale === "en" ? error.en : error.zh;
  if (error instanceof AppError) {
    const { zh, en } = error as { zh?: unknown; en?: unknown };
    const words = locale === "en" ? en : zh;
    return typeof words === "string" ? words : say("failed", locale, { code: error.code });
  }
  return String(error instanceof Error ? (error.stack ?? error.message) : error);
}

function dispatch(given: Given, out: Console, env: NodeJS.ProcessEnv): Promise<void> | void {
  switch (given.command) {
    case "help":
      return out.print(helpText(out.locale));
    case "ask":
      return ask(given, out, env);
    case "packs":
      return packs(out);
    case "service":
      return service(out, env);
    case "status":
      return status(out, readConfig(env));
    case "reset-owner":
      return resetOwner(out, readConfig(env));
    case "audit":
      return verifyAudit(out, readConfig(env));
    case "backup":
      return backup(out, readConfig(env));
    case "demo":
      return demo(out, readConfig(env));
    case "keys":
      return given.master ? rotateMaster(out, readConfig(env)) : rotateKeys(out, readConfig(env));
    case "restore":
      return restore(given, out, readConfig(env));
    case "migrate":
      return migrate(out, readConfig(env));
    default:
      return given.command satisfies never;
  }
}

function tell(
  out: Console,
  value: unknown,
  key: TextKey,
  values: Record<string, string | number> = {},
): void {
  out.print(out.isJson ? JSON.stringify(value) : say(key, out.locale, values));
}

/** By the running server, else on the data folder. */
async function administer<T>(config: Config, name: string, args: unknown = {}): Promise<T> {
  const answer = await callAdminSocket(adminSocketPath(config.dataFolder), name, args);
  if (answer.kind === "answered") return answer.result as T;
  if (answer.kind === "refused") throw new AppError(answer.code as AppError["code"]);
  const { hasDatabase, runWithoutServer } = await import("./without-server.ts");
  if (!hasDatabase(config))
    throw new CommandFailed(say("nothingThere", localeOf(process.env), { folder: config.dataFolder }));
  return (await runWithoutServer(config, name, args)) as T;
}

async function refuseWhileRunning(out: Console, config: Config): Promise<void> {
  const { kind } = await callAdminSocket(adminSocketPath(config.dataFolder), "status", {});
  if (kind !== "no-server") throw new CommandFailed(say("stopFirst", out.locale));
}

async function ask(
  { words, availability, pack, conversation }: Given,
  out: Console,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const question = { text: words.join(" "), availability, conversation, locale: out.locale };
  const reply = pack === null ? await askShop(readConfig(env), question) : null;
  const answer = reply ?? askAlone({ ...question, pack });
  if (!answer)
    throw new CommandFailed(
      say("unknownPack", out.locale, { slug: pack ?? "", known: knownPacks().join(", ") }),
    );
  if (out.isJson) return out.print(JSON.stringify(answer));
  const { explainTrace } = await import("../brain/explain.ts");
  const { outcome, text, faq, confidence, tookMs, trace } = answer;
  out.print(text);
  out.print(
    `\n${say("outcome", out.locale, { outcome, faq: faq ?? "-", confidence: confidence.toFixed(2), tookMs })}`,
  );
  out.print(explainTrace(trace, out.locale));
}

/** null where there is no shop yet: then the demo pack answers. */
async function askShop(config: Config, question: object): Promise<AskReply | null> {
  const answer = await callAdminSocket(adminSocketPath(config.dataFolder), "ask", question);
  if (answer.kind === "answered") return answer.result as AskReply | null;
  if (answer.kind === "refused") throw new AppError(answer.code as AppError["code"]);
  const { hasDatabase, runWithoutServer } = await import("./without-server.ts");
  return hasDatabase(config) ? ((await runWithoutServer(config, "ask", question)) as AskReply | null) : null;
}

async function packs(out: Console): Promise<void> {
  const { loadPack } = await import("@yingda/templates");
  const all = knownPacks().map((slug) => ({
    slug,
    faqs: (loadPack(slug)?.faqs ?? []).map((faq) => ({ slug: faq.slug, question: faq.question })),
  }));
  if (out.isJson) return out.print(JSON.stringify(all));
  for (const { slug, faqs } of all) {
    out.print(`${slug} (${faqs.length})`);
    for (const faq of faqs) out.print(`  ${faq.slug}  ${faq.question}`);
  }
}

async function status(out: Console, config: Config): Promise<void> {
  const answer = await callAdminSocket(adminSocketPath(config.dataFolder), "status", {});
  if (answer.kind !== "answered")
    return tell(out, { isRunning: false }, "notRunning", { folder: config.dataFolder });
  const { version, base, upMs } = answer.result as { version: string; base: string; upMs: number };
  tell(out, { isRunning: true, ...(answer.result as object) }, "running", {
    version,
    base,
    minutes: Math.floor(upMs / 60_000),
  });
}

async function resetOwner(out: Console, config: Config): Promise<void> {
  const made = await administer<{ account: string; password: string } | null>(config, "reset-owner");
  if (!made) throw new CommandFailed(say("noOwner", out.locale));
  tell(out, made, "ownerReset", made);
}

async function verifyAudit(out: Console, config: Config): Promise<void> {
  const verdicts = await administer<{ ok: boolean; entries: number; brokenAt: number | null }[]>(
    config,
    "audit-verify",
  );
  const broken = verdicts.find(({ ok }) => !ok);
  if (broken)
    throw new CommandFailed(
      out.isJson ? JSON.stringify(broken) : say("auditBroken", out.locale, { at: broken.brokenAt ?? 0 }),
    );
  const entries = verdicts.reduce((sum, verdict) => sum + verdict.entries, 0);
  tell(out, { ok: true, entries, brokenAt: null }, "auditGood", { entries });
}

async function backup(out: Console, config: Config): Promise<void> {
  const made = await administer<{ path: string; sizeBytes: number }>(config, "backup");
  tell(out, made, "backupDone", { path: made.path, size: `${(made.sizeBytes / 1e6).toFixed(1)} MB` });
}

async function demo(out: Console, config: Config): Promise<void> {
  const outcome = await administer<"seeded" | "already" | "owned">(config, "demo");
  const keys = { seeded: "demoSeeded", already: "demoAlready", owned: "demoOwned" } as const;
  tell(out, { outcome }, keys[outcome]);
}

async function rotateKeys(out: Console, config: Config): Promise<void> {
  tell(out, await administer(config, "keys-rotate"), "keysRotated");
}

async function rotateMaster(out: Console, config: Config): Promise<void> {
  await refuseWhileRunning(out, config);
  const { withGround } = await import("./without-server.ts");
  const { createVault, rotateMasterKey } = await import("../platform/crypto/index.ts");
  const { systemClock } = await import("../platform/clock.ts");
  const done = await withGround(config, async ({ db, masterKey }) => {
    const vault = createVault({ db, clock: systemClock, masterKey });
    const { keys } = await rotateMasterKey({ db, vault, keyFile: config.keyFile, masterKey });
    vault.close();
    return { keys };
  });
  tell(out, done, "masterRotated");
}

async function restore({ words }: Given, out: Console, config: Config): Promise<void> {
  await refuseWhileRunning(out, config);
  const { askHidden, restore: restoreFile } = await import("./restore.ts");
  const done = await restoreFile(config, words[0] ?? "", () => askHidden(say("askRecovery", out.locale)));
  const { rows, blobs, createdAt } = done;
  tell(out, done, "restored", { rows, blobs, at: createdAt.toISOString() });
}

async function migrate(out: Console, config: Config): Promise<void> {
  await refuseWhileRunning(out, config);
  const { withGround } = await import("./without-server.ts");
  await withGround(config, async () => {});
  tell(out, { ok: true }, "migrated");
}

async function service(out: Console, env: NodeJS.ProcessEnv): Promise<void> {
  const { installService } = await import("./service-install.ts");
  const done = installService(env);
  if (done.kind === "no-systemd") tell(out, done, "serviceNoSystemd", { command: done.command });
  else tell(out, done, "serviceWritten", { path: done.path, commands: done.commands.join("\n") });
}
