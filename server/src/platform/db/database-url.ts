// Turns a postgres:// address into what the driver wants. Done here and not by the driver because its rules for
// TLS change with its version: ours are fixed. Any sslmode but `disable`, and ssl=true, means TLS with the
// certificate and the host name verified; an address that asks for TLS without verification is refused.
import { readFileSync } from "node:fs";
import type { ConnectionOptions } from "node:tls";
import type pg from "pg";
import { StartupError } from "../errors.ts";
import { postgresTypes } from "./postgres-types.ts";

const verifying = ["verify-full", "verify-ca", "require", "prefer", "allow"];
const known = [
  "sslmode",
  "ssl",
  "sslrootcert",
  "sslcert",
  "sslkey",
  "host",
  "application_name",
  "connect_timeout",
];

/**
 * @param url postgres://user:password@host:port/database?sslmode=…; `host=/folder` for a unix socket.
 * @returns settings for a pg.Client or pg.Pool, value parsers included.
 * @throws StartupError database-url-invalid
 */
export function parseDatabaseUrl(url: string): pg.ClientConfig {
  if (!URL.canParse(url)) throw invalid("不是有效的地址", "it is not a URL");
  const address = new URL(url);
  const query = address.searchParams;
  const unknown = [...query.keys()].find((name) => !known.includes(name));
  if (unknown) throw invalid(`不支持参数 ${unknown}`, `the parameter ${unknown} is not supported`);
  const database = decodeURIComponent(address.pathname.slice(1));
  const host = query.get("host") ?? decodeURIComponent(address.hostname).replace(/^\[|\]$/g, "");
  if (!database || !host) throw invalid("缺少主机或数据库名", "the host or the database is missing");
  return {
    host,
    port: address.port === "" ? 5432 : Number(address.port),
    database,
    user: decodeURIComponent(address.username) || "postgres",
    password: decodeURIComponent(address.password),
    application_name: query.get("application_name") ?? "yingda",
    ssl: readTls(query),
    keepAlive: true,
    types: postgresTypes,
  };
}

function readTls(query: URLSearchParams): ConnectionOptions | false {
  const mode = query.get("sslmode") ?? (isOn(query.get("ssl")) ? "verify-full" : "disable");
  if (mode === "disable") return false;
  if (!verifying.includes(mode))
    throw invalid(
      `不支持 sslmode=${mode}：自签证书请用 sslrootcert 指定`,
      `sslmode=${mode} is not supported: name a private certificate authority with sslrootcert`,
    );
  return {
    rejectUnauthorized: true,
    ...readPem(query, "sslrootcert", "ca"),
    ...readPem(query, "sslcert", "cert"),
    ...readPem(query, "sslkey", "key"),
  };
}

function readPem(query: URLSearchParams, parameter: string, field: "ca" | "cert" | "key"): ConnectionOptions {
  const file = query.get(parameter);
  if (file === null) return {};
  try {
    return { [field]: readFileSync(file, "utf8") };
  } catch (error) {
    throw invalid(`读不到 ${parameter} 指定的文件`, `the file of ${parameter} cannot be read`, error);
  }
}

function isOn(value: string | null): boolean {
  return value === "true" || value === "1";
}

function invalid(zh: string, en: string, cause?: unknown): StartupError {
  return new StartupError(
    "database-url-invalid",
    { zh: `DATABASE_URL 有误：${zh}。`, en: `DATABASE_URL is not valid: ${en}.` },
    cause,
  );
}
