import { expect, test } from "vitest";
import { StartupError } from "../errors.ts";
import { parseDatabaseUrl } from "./database-url.ts";

function codeOf(url: string): string {
  try {
    parseDatabaseUrl(url);
    return "accepted";
  } catch (error) {
    return error instanceof StartupError ? error.code : String(error);
  }
}

test("reads the parts of an address", () => {
  expect(parseDatabaseUrl("postgres://shop:p%40ss%2Fword@db.example.com:6543/kf")).toMatchObject({
    host: "db.example.com",
    port: 6543,
    user: "shop",
    password: "p@ss/word",
    database: "kf",
    ssl: false,
  });
  expect(parseDatabaseUrl("postgresql://[::1]/kf")).toMatchObject({
    host: "::1",
    port: 5432,
    user: "postgres",
  });
  const socket = parseDatabaseUrl("postgres://u@localhost/kf?host=%2Fvar%2Frun%2Fpostgresql");
  expect(socket.host).toBe("/var/run/postgresql");
});

test("whatever asks for TLS gets it verified", () => {
  for (const query of [
    "sslmode=verify-full",
    "sslmode=require",
    "sslmode=prefer",
    "sslmode=verify-ca",
    "ssl=true",
    "ssl=1",
  ])
    expect(parseDatabaseUrl(`postgres://u:p@db/kf?${query}`).ssl).toEqual({ rejectUnauthorized: true });
  for (const query of ["", "?sslmode=disable", "?ssl=false"])
    expect(parseDatabaseUrl(`postgres://u:p@db/kf${query}`).ssl).toBe(false);
});

test("refuses what it cannot honour", () => {
  expect(codeOf("postgres://u:p@db/kf?sslmode=no-verify")).toBe("database-url-invalid");
  expect(codeOf("postgres://u:p@db/kf?sslrootcert=/no/such/file&sslmode=verify-full")).toBe(
    "database-url-invalid",
  );
  expect(codeOf("postgres://u:p@db/kf?options=-c%20fsync=off")).toBe("database-url-invalid");
  expect(codeOf("postgres://u:p@db")).toBe("database-url-invalid");
  expect(codeOf("not an address")).toBe("database-url-invalid");
});
