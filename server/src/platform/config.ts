// Everything an operator may set, as one zod object over the environment: each field has a sentence in both
// languages, a unit where it has one, and a default. main.ts calls `readConfig` once; nobody else looks at
// process.env. `.env.example` is generated from the same object by config-example.ts.
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { z } from "zod";
import { StartupError } from "./errors.ts";
import { logLevels } from "./log.ts";

const isRoot = process.getuid?.() === 0;
export const serverRoles = ["web", "worker", "realtime", "voice"] as const;
export type ServerRole = (typeof serverRoles)[number];

/** One exception to the rule that the server never calls private addresses: for this purpose, exactly there. */
export interface PrivateExit {
  purpose: string;
  host: string;
  port: number;
}

/** What a reader of .env.example sees about a field. */
export interface About {
  en: string;
  zh: string;
  unit?: string;
  /** The default in words, where the value differs from machine to machine. */
  standard: string;
}

const absolutePath = z.string().refine(isAbsolute, "must be an absolute path / 必须是绝对路径");
const digits = z.string().regex(/^\d+$/, "must be a whole number / 必须是整数").transform(Number);
const postgresUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\/\S+$/, "must start with postgres:// / 必须以 postgres:// 开头");
const onOff = z
  .enum(["0", "1", "false", "true"], { error: "must be 0 or 1 / 必须是 0 或 1" })
  .transform((value) => value === "1" || value === "true");
const origin = z
  .url({ protocol: /^https?$/, error: "must be an http(s) address / 必须是 http(s) 地址" })
  .refine((value) => URL.canParse(value) && new URL(value).pathname === "/", {
    error: "must not have a path / 不能带路径",
  })
  .transform((value) => new URL(value).origin);
const privateExits = z.string().transform((value, check): PrivateExit[] =>
  value.split(",").flatMap((entry) => {
    const found = /^\s*([a-z0-9-]+)=(\[[0-9a-f:.]+\]|[^\s:=[\]]+):(\d{1,5})\s*$/i.exec(entry);
    const [, purpose, host, port] = found ?? [];
    if (purpose && host && port && Number(port) <= 65_535) return [{ purpose, host, port: Number(port) }];
    check.addIssue(`"${entry.trim()}" must be purpose=host:port / 必须写成 用途=主机:端口`);
    return [];
  }),
);
const roleList = z.string().transform((value, check): ServerRole[] => {
  const names = value.split(",").map((name) => name.trim());
  const known = serverRoles.filter((role) => names.includes(role));
  if (known.length === names.length) return known;
  check.addIssue(`must be some of ${serverRoles.join(",")} / 只能从中选取`);
  return [];
});

function about(en: string, zh: string, standard: string, unit?: string): { about: About } {
  return { about: unit === undefined ? { en, zh, standard } : { en, zh, standard, unit } };
}

/** The environment, field by field. Values are strings on the way in, parsed on the way out. */
export const environment = z.object({
  YINGDA_DATA: absolutePath
    .default(isRoot ? "/var/lib/yingda" : join(homedir(), ".local/share/yingda"))
    .meta(
      about(
        "Folder for the database and files; never inside the checkout.",
        "存放数据库和文件的目录，不要放在代码目录里。",
        "/var/lib/yingda as root, else ~/.local/share/yingda",
      ),
    ),
  YINGDA_HOST: z
    .string()
    .default("127.0.0.1")
    .meta(
      about(
        "Address to listen on; 0.0.0.0 for all. Only 127.0.0.1 is used until an owner exists.",
        "监听地址，0.0.0.0 表示全部。创建所有者之前只监听 127.0.0.1。",
        "127.0.0.1",
      ),
    ),
  YINGDA_PORT: digits
    .pipe(z.number().max(65_535))
    .default(8787)
    .meta(about("Port of the web server.", "网页服务的端口。", "8787")),
  YINGDA_PUBLIC_URL: origin
    .optional()
    .meta(
      about(
        "Address under which customers and platforms reach this server, such as https://kf.example.com.",
        "客户和各平台访问本服务的地址，例如 https://kf.example.com。",
        "none: derived from the host and port",
      ),
    ),
  YINGDA_TRUST_PROXY: digits
    .pipe(z.number().max(10))
    .default(0)
    .meta(
      about(
        "How many proxies in front may set X-Forwarded-For; 0 trusts none.",
        "前面有几层可信的反向代理，0 表示不信任任何代理。",
        "0",
        "proxies",
      ),
    ),
  YINGDA_TLS: z
    .enum(["off", "files", "self"])
    .default("off")
    .meta(
      about(
        "Encryption of the web server: off, files (a certificate of yours), self (one made here, for a trial).",
        "网页服务的加密：off 关闭，files 使用自备证书，self 自签证书（试用）。",
        "off",
      ),
    ),
  YINGDA_TLS_CERT: absolutePath
    .optional()
    .meta(about("Certificate chain in PEM, for files.", "PEM 格式的证书链，配合 files。", "none")),
  YINGDA_TLS_KEY: absolutePath
    .optional()
    .meta(about("Private key in PEM, for files.", "PEM 格式的私钥，配合 files。", "none")),
  YINGDA_KEY_FILE: absolutePath
    .default(isRoot ? "/etc/yingda/master.key" : join(homedir(), ".config/yingda/master.key"))
    .meta(
      about(
        "File of the master key (mode 0600), outside the data folder; made at the first start.",
        "主密钥文件（权限 0600），放在数据目录之外，首次启动时生成。",
        "/etc/yingda/master.key as root, else ~/.config/yingda/master.key",
      ),
    ),
  DATABASE_URL: postgresUrl
    .optional()
    .meta(
      about(
        "An own PostgreSQL 15 or newer, postgres://user:password@host/database?sslmode=verify-full.",
        "自备的 PostgreSQL 15 或更新版本的地址。",
        "none: the bundled PostgreSQL is started in the data folder",
      ),
    ),
  DATABASE_DIRECT_URL: postgresUrl
    .optional()
    .meta(
      about(
        "The same database without a connection pooler such as PgBouncer, for LISTEN and migrations.",
        "绕过 PgBouncer 等连接池直连同一数据库的地址，用于通知和升级。",
        "DATABASE_URL",
      ),
    ),
  YINGDA_POOL_SIZE: digits
    .pipe(z.number().min(2).max(50))
    .default(16)
    .meta(about("Database connections for requests.", "处理请求用的数据库连接数。", "16", "connections")),
  YINGDA_ROLES: roleList
    .default([...serverRoles])
    .meta(about("Parts of the server this process runs.", "本进程运行的部分。", serverRoles.join(","))),
  YINGDA_ALLOW_PRIVATE: privateExits
    .default([])
    .meta(
      about(
        "Private addresses the server may call, purpose=host:port, comma separated: llm=127.0.0.1:11434.",
        "允许服务器访问的内网地址，用途=主机:端口，逗号分隔。",
        "none",
      ),
    ),
  YINGDA_MODEL_MIRROR: origin
    .optional()
    .meta(
      about(
        "Own mirror for embedding models, laid out like huggingface.co; inside the own network also YINGDA_ALLOW_PRIVATE=model=host:port.",
        "自备的向量模型镜像，目录结构与 huggingface.co 相同；在内网时还需 YINGDA_ALLOW_PRIVATE=model=主机:端口。",
        "none: huggingface.co, hf-mirror.com and modelscope.cn can be chosen",
      ),
    ),
  YINGDA_NPM_REGISTRY: z
    .url({ protocol: /^https?$/, error: "must be an http(s) address / 必须是 http(s) 地址" })
    .optional()
    .meta(
      about(
        "Own npm registry for the engine that runs embedding models.",
        "自备的 npm 源，用于下载运行向量模型的引擎。",
        "none: registry.npmjs.org and registry.npmmirror.com",
      ),
    ),
  YINGDA_S3_ENDPOINT: origin
    .optional()
    .meta(
      about(
        "S3-compatible store for files.",
        "存放文件的 S3 兼容存储。",
        "none: files stay in the data folder",
      ),
    ),
  YINGDA_S3_BUCKET: z
    .string()
    .optional()
    .meta(about("Its bucket.", "存储桶。", "none")),
  YINGDA_S3_REGION: z
    .string()
    .default("us-east-1")
    .meta(about("Its region.", "区域。", "us-east-1")),
  YINGDA_S3_KEY: z
    .string()
    .optional()
    .meta(about("Its access key.", "访问密钥。", "none")),
  YINGDA_S3_SECRET: z
    .string()
    .optional()
    .meta(about("Its secret key.", "私有密钥。", "none")),
  YINGDA_SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/\S+$/, "must start with smtp:// or smtps:// / 必须以 smtp:// 或 smtps:// 开头")
    .optional()
    .meta(
      about(
        "Mail server for alerts to the owner, smtps://user:password@host:465.",
        "给店主发提醒邮件的服务器。",
        "none: no mail is sent; a group robot can tell the owner instead",
      ),
    ),
  YINGDA_SMTP_FROM: z
    .string()
    .optional()
    .meta(about("Sender of those mails.", "这些邮件的发件人。", "none")),
  YINGDA_DEMO: onOff
    .default(false)
    .meta(about("1 fills an empty server with a sample shop.", "1 表示为空服务器填入示例店铺。", "0")),
  YINGDA_LOG_LEVEL: z
    .enum(logLevels)
    .default("info")
    .meta(about(`One of ${logLevels.join(", ")}.`, "日志级别。", "info")),
});

export interface S3Config {
  endpoint: string;
  bucket: string;
  region: string;
  key: string;
  secret: string;
}

export interface Config {
  dataFolder: string;
  host: string;
  port: number;
  publicUrl: string | null;
  trustProxy: number;
  tls: { mode: "off" } | { mode: "self" } | { mode: "files"; certFile: string; keyFile: string };
  keyFile: string;
  /** Null: the bundled PostgreSQL. */
  databaseUrl: string | null;
  databaseDirectUrl: string | null;
  poolSize: number;
  roles: ServerRole[];
  allowPrivate: PrivateExit[];
  /** An operator's own, before the known ones. */
  modelMirror: string | null;
  npmRegistry: string | null;
  s3: S3Config | null;
  smtp: { url: string; from: string } | null;
  demo: boolean;
  logLevel: (typeof logLevels)[number];
}

type Environment = z.infer<typeof environment>;
export type ParsedConfig = { kind: "config"; config: Config } | { kind: "problems"; problems: string[] };

const checked = environment.superRefine((env, check) => {
  const miss = (name: keyof Environment, because: string) =>
    check.addIssue({
      code: "custom",
      path: [name],
      message: `is needed because of ${because} / 因 ${because} 而必填`,
    });
  const s3 = ["YINGDA_S3_ENDPOINT", "YINGDA_S3_BUCKET", "YINGDA_S3_KEY", "YINGDA_S3_SECRET"] as const;
  const given = s3.find((name) => env[name] !== undefined);
  if (given) for (const name of s3) if (env[name] === undefined) miss(name, given);
  if (env.YINGDA_TLS === "files" && !env.YINGDA_TLS_CERT) miss("YINGDA_TLS_CERT", "YINGDA_TLS=files");
  if (env.YINGDA_TLS === "files" && !env.YINGDA_TLS_KEY) miss("YINGDA_TLS_KEY", "YINGDA_TLS=files");
  if (env.YINGDA_SMTP_URL && !env.YINGDA_SMTP_FROM) miss("YINGDA_SMTP_FROM", "YINGDA_SMTP_URL");
  if (env.DATABASE_DIRECT_URL && !env.DATABASE_URL) miss("DATABASE_URL", "DATABASE_DIRECT_URL");
});

/** Reads the configuration out of an environment. An empty variable counts as not set. Reports every problem. */
export function parseConfig(source: Record<string, string | undefined>): ParsedConfig {
  const given = Object.entries(source).filter(([, value]) => value !== undefined && value !== "");
  const parsed = checked.safeParse(Object.fromEntries(given));
  if (parsed.success) return { kind: "config", config: present(parsed.data) };
  return {
    kind: "problems",
    problems: parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`),
  };
}

/** The configuration of this process; throws one StartupError that lists all problems. */
export function readConfig(source: Record<string, string | undefined> = process.env): Config {
  const parsed = parseConfig(source);
  if (parsed.kind === "config") return parsed.config;
  const list = parsed.problems.map((problem) => `  ${problem}`).join("\n");
  throw new StartupError("config-invalid", {
    zh: "配置有误：",
    en: `The configuration is not valid:\n${list}`,
  });
}

function present(env: Environment): Config {
  const { YINGDA_S3_ENDPOINT: endpoint, YINGDA_S3_BUCKET: bucket } = env;
  const { YINGDA_S3_KEY: key, YINGDA_S3_SECRET: secret, YINGDA_S3_REGION: region } = env;
  return {
    dataFolder: env.YINGDA_DATA,
    host: env.YINGDA_HOST,
    port: env.YINGDA_PORT,
    publicUrl: env.YINGDA_PUBLIC_URL ?? null,
    trustProxy: env.YINGDA_TRUST_PROXY,
    tls: presentTls(env),
    keyFile: env.YINGDA_KEY_FILE,
    databaseUrl: env.DATABASE_URL ?? null,
    databaseDirectUrl: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL ?? null,
    poolSize: env.YINGDA_POOL_SIZE,
    roles: env.YINGDA_ROLES,
    allowPrivate: env.YINGDA_ALLOW_PRIVATE,
    modelMirror: env.YINGDA_MODEL_MIRROR ?? null,
    npmRegistry: env.YINGDA_NPM_REGISTRY ?? null,
    s3: endpoint && bucket && key && secret ? { endpoint, bucket, region, key, secret } : null,
    smtp: env.YINGDA_SMTP_URL ? { url: env.YINGDA_SMTP_URL, from: env.YINGDA_SMTP_FROM ?? "" } : null,
    demo: env.YINGDA_DEMO,
    logLevel: env.YINGDA_LOG_LEVEL,
  };
}

function presentTls(env: Environment): Config["tls"] {
  const { YINGDA_TLS: mode, YINGDA_TLS_CERT: certFile, YINGDA_TLS_KEY: keyFile } = env;
  if (mode === "files" && certFile && keyFile) return { mode, certFile, keyFile };
  return { mode: mode === "self" ? "self" : "off" };
}
