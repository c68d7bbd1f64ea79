// One server process from start to end: configuration, database, keys, rooms, listening, and a clean stop on a signal. Called by
// main.ts. What an operator reads goes to standard output in both languages; the log goes to standard error.

import { hasOwner } from "../accounts/index.ts";
import { createApp } from "../app.ts";
import { systemClock } from "../platform/clock.ts";
import { type Config, parseConfig } from "../platform/config.ts";
import { guardDisk } from "../platform/db/index.ts";
import { StartupError } from "../platform/errors.ts";
import { createLog, type Log } from "../platform/log.ts";
import { openCertificate, type ServerCertificate } from "../platform/net/index.ts";
import { adminSocketPath, openAdminSocket } from "./admin-socket.ts";
import { awaitFirstOwner } from "./first-owner.ts";
import { diskFull, openGround } from "./ground.ts";
import { createListeners } from "./listeners.ts";
import { createServices } from "./services.ts";
import { tellDiskFull } from "./tell-disk.ts";
import { version } from "./version.ts";

const loopback = "127.0.0.1";
/** A stop that takes longer is cut: the database recovers by itself, the operator's patience does not. */
const stopMostMs = 4_800;

export interface RunningServer {
  port: number;
  stop(): Promise<void>;
}

/** @throws StartupError */
export async function startServer(
  config: Config,
  log: Log,
  say: (line: string) => void,
): Promise<RunningServer> {
  const clock = systemClock;
  const ground = await openGround({ config, clock, log });
  const { db, masterKey, backup } = ground;
  const services = await createServices({ config, clock, log, db, masterKey });
  const disk =
    config.databaseUrl === null
      ? await guardDisk(db, {
          path: config.dataFolder,
          log,
          onChange: ({ isLow }) => void (isLow && tellDiskFull(services)),
        })
      : null;
  const certificate = await openTls(config, log, masterKey.derive("certificate").toString("base64url"));
  const app = await createApp({
    services,
    masterKey,
    backup,
    version,
    disk,
    checksReplies: process.env.NODE_ENV === "development",
    ...(certificate
      ? {
          isTrustedFor: (host: string) => certificate.isTrustedFor(host),
          certificate: () => certificate.options.cert,
        }
      : {}),
  });
  const listeners = createListeners(app.http, certificate);
  await app.start();
  if (config.demo) {
    const { seedDemoAtStart } = await import("../operate/seed-demo.ts");
    await seedDemoAtStart(services);
  }
  // only pages need an owner; a node without them listens where it is told, for monitoring
  const isOwned = !config.roles.includes("web") || (await hasOwner(services));
  const port = await listeners.moveTo(isOwned ? config.host : loopback, config.port);
  const admin = await openAdminSocket(adminSocketPath(config.dataFolder), { ...app, version });
  const scheme = certificate ? "https" : "http";
  const base = config.publicUrl ?? `${scheme}://${hostToShow(isOwned ? config.host : loopback)}:${port}`;
  say(`应答已启动 Yingda is running: ${base}`);
  const warning = certificate?.warning();
  if (warning) say(`${warning.zh}\n${warning.en}`);
  const first = isOwned
    ? null
    : awaitFirstOwner(
        services,
        (token) =>
          say(
            `请打开此链接创建店主账号（30 分钟内有效）\nOpen this link to create the owner (valid for 30 minutes):\n${scheme}://${loopback}:${port}/setup#${token}`,
          ),
        () => {
          if (config.host === loopback) return;
          listeners.moveTo(config.host, port).then(
            () => say(`店主已创建，开始监听 The owner was created, now listening on: ${config.host}:${port}`),
            (error: unknown) => say(error instanceof StartupError ? sentenceOf(error) : String(error)),
          );
        },
      );
  return {
    port,
    async stop() {
      first?.stop();
      admin.close();
      // everybody is told, then what is being answered ends, then the rooms stop
      await services.realtime.hub.drain();
      await listeners.close();
      await app.stop();
      certificate?.close();
      disk?.close();
      await ground.close();
    },
  };
}

async function openTls(config: Config, log: Log, passphrase: string): Promise<ServerCertificate | null> {
  const { tls, dataFolder } = config;
  if (tls.mode === "off") return null;
  return openCertificate({ tls, folder: dataFolder, passphrase, clock: systemClock, log });
}

function hostToShow(host: string): string {
  if (host === "0.0.0.0" || host === "::") return loopback;
  return host.includes(":") ? `[${host}]` : host;
}

/** Runs until a signal; the exit code is 0 after a clean stop. */
export async function runServer(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  let server: RunningServer;
  const log = createLog({ destination: process.stderr });
  try {
    const config = configOf(args, env);
    log.level = config.logLevel;
    server = await startServer(config, log, say);
  } catch (error) {
    const shown = startupErrorOf(error);
    if (!shown) log.fatal({ err: error }, "start failed");
    process.stderr.write(
      `${shown ? sentenceOf(shown) : "启动失败，原因见上面的日志。\nThe start failed; the log above says why."}\n`,
    );
    process.exit(1);
  }
  let isStopping = false;
  const stop = (code: number) => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), stopMostMs).unref();
    server.stop().then(
      () => process.exit(code),
      (error: unknown) => {
        log.error({ err: error }, "stop failed");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", () => stop(0));
  process.on("SIGINT", () => stop(0));
  const crash = (error: unknown) => {
    log.fatal({ err: error }, "unexpected error");
    stop(1);
  };
  process.on("uncaughtException", crash);
  process.on("unhandledRejection", crash);
}

/** @throws StartupError config-invalid */
function configOf(args: readonly string[], env: NodeJS.ProcessEnv): Config {
  const given = args.find((arg) => arg.startsWith("--roles="))?.slice("--roles=".length);
  const unknown = args.filter((arg) => !arg.startsWith("--roles="));
  const parsed = parseConfig(given === undefined ? env : { ...env, YINGDA_ROLES: given });
  const problems = [
    ...(parsed.kind === "problems" ? parsed.problems : []),
    ...unknown.map((arg) => `${arg}: unknown / 未知参数`),
  ];
  if (parsed.kind === "config" && problems.length === 0) return parsed.config;
  throw new StartupError("config-invalid", {
    zh: `配置有误：\n${problems.join("\n")}`,
    en: `The configuration is wrong:\n${problems.join("\n")}`,
  });
}

function startupErrorOf(error: unknown): StartupError | null {
  if (error instanceof StartupError) return error;
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  return code === "ENOSPC" || code === "EDQUOT" ? diskFull("YINGDA_DATA", error) : null;
}

function sentenceOf({ zh, en }: StartupError): string {
  return zh === en ? zh : `${zh}\n${en}`;
}
