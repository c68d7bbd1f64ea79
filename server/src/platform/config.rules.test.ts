import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { environment, parseConfig, readConfig } from "./config.ts";
import { renderEnvExample } from "./config-example.ts";
import { StartupError } from "./errors.ts";

function configOf(source: Record<string, string>) {
  const parsed = parseConfig(source);
  if (parsed.kind !== "config") throw new Error(parsed.problems.join("; "));
  return parsed.config;
}

function problemsOf(source: Record<string, string>): string[] {
  const parsed = parseConfig(source);
  return parsed.kind === "problems" ? parsed.problems : [];
}

test("an empty environment gives a server on loopback with the bundled database", () => {
  const config = configOf({ YINGDA_PUBLIC_URL: "", PATH: "/bin" });
  expect(config).toMatchObject({
    host: "127.0.0.1",
    port: 8787,
    publicUrl: null,
    databaseUrl: null,
    databaseDirectUrl: null,
    tls: { mode: "off" },
    trustProxy: 0,
    poolSize: 16,
    roles: ["web", "worker", "realtime", "voice"],
    allowPrivate: [],
    s3: null,
    smtp: null,
    demo: false,
    logLevel: "info",
  });
  expect(config.keyFile.startsWith(config.dataFolder)).toBe(false);
});

test("every field is read", () => {
  const config = configOf({
    YINGDA_DATA: "/srv/yingda",
    YINGDA_HOST: "0.0.0.0",
    YINGDA_PORT: "443",
    YINGDA_PUBLIC_URL: "https://kf.example.com/",
    YINGDA_TRUST_PROXY: "2",
    YINGDA_TLS: "files",
    YINGDA_TLS_CERT: "/etc/cert.pem",
    YINGDA_TLS_KEY: "/etc/key.pem",
    YINGDA_KEY_FILE: "/etc/other.key",
    DATABASE_URL: "postgres://u:p@pooler/yingda",
    DATABASE_DIRECT_URL: "postgresql://u:p@db/yingda?sslmode=verify-full",
    YINGDA_POOL_SIZE: "8",
    YINGDA_ROLES: "worker, web",
    YINGDA_ALLOW_PRIVATE: "llm=127.0.0.1:11434, s3=[::1]:9000",
    YINGDA_MODEL_MIRROR: "https://models.example.com/",
    YINGDA_NPM_REGISTRY: "https://npm.example.com/group/",
    YINGDA_S3_ENDPOINT: "http://minio.local:9000",
    YINGDA_S3_BUCKET: "b",
    YINGDA_S3_KEY: "k",
    YINGDA_S3_SECRET: "s",
    YINGDA_SMTP_URL: "smtps://u:p@mail.example.com:465",
    YINGDA_SMTP_FROM: "kf@example.com",
    YINGDA_DEMO: "1",
    YINGDA_LOG_LEVEL: "debug",
  });
  expect(config).toEqual({
    dataFolder: "/srv/yingda",
    host: "0.0.0.0",
    port: 443,
    publicUrl: "https://kf.example.com",
    trustProxy: 2,
    tls: { mode: "files", certFile: "/etc/cert.pem", keyFile: "/etc/key.pem" },
    keyFile: "/etc/other.key",
    databaseUrl: "postgres://u:p@pooler/yingda",
    databaseDirectUrl: "postgresql://u:p@db/yingda?sslmode=verify-full",
    poolSize: 8,
    roles: ["web", "worker"],
    allowPrivate: [
      { purpose: "llm", host: "127.0.0.1", port: 11_434 },
      { purpose: "s3", host: "[::1]", port: 9000 },
    ],
    modelMirror: "https://models.example.com",
    npmRegistry: "https://npm.example.com/group/",
    s3: { endpoint: "http://minio.local:9000", bucket: "b", region: "us-east-1", key: "k", secret: "s" },
    smtp: { url: "smtps://u:p@mail.example.com:465", from: "kf@example.com" },
    demo: true,
    logLevel: "debug",
  });
});

test("all problems are told at once", () => {
  const problems = problemsOf({
    YINGDA_PORT: "http",
    YINGDA_PUBLIC_URL: "https://kf.example.com/sub",
    DATABASE_URL: "mysql://x",
    YINGDA_ROLES: "web,cook",
    YINGDA_ALLOW_PRIVATE: "127.0.0.1:80",
    YINGDA_DATA: "data",
  });
  const names = problems.map((problem) => problem.split(":")[0]);
  expect(new Set(names)).toEqual(
    new Set([
      "YINGDA_PORT",
      "YINGDA_PUBLIC_URL",
      "DATABASE_URL",
      "YINGDA_ROLES",
      "YINGDA_ALLOW_PRIVATE",
      "YINGDA_DATA",
    ]),
  );
  expect(() => readConfig({ YINGDA_PORT: "http" })).toThrow(StartupError);
});

test("fields that need each other are asked for together", () => {
  expect(problemsOf({ YINGDA_TLS: "files" })).toHaveLength(2);
  expect(problemsOf({ YINGDA_S3_BUCKET: "b" })).toHaveLength(3);
  expect(problemsOf({ YINGDA_SMTP_URL: "smtp://h" })).toHaveLength(1);
  expect(problemsOf({ DATABASE_DIRECT_URL: "postgres://h/d" })).toHaveLength(1);
});

test(".env.example says what config.ts says", () => {
  const file = readFileSync(new URL("../../../.env.example", import.meta.url), "utf8");
  expect(file).toBe(renderEnvExample());
  for (const name of Object.keys(environment.shape)) expect(file).toContain(`#${name}=`);
});
