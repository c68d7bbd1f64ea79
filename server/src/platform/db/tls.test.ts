// TLS to PostgreSQL is verified: the certificate's authority and the host's name, both.
import { chmodSync, chownSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generate } from "selfsigned";
import { expect, test } from "vitest";
import { fleetingSettings } from "../../../test/global-setup.ts";
import { embeddedOptions, groundMigrations, scratchFolder, startScratch } from "../../../test/scratch.ts";
import { silentLog } from "../log.ts";
import { openDatabase } from "./open-database.ts";

const folder = scratchFolder("tls");
const { cert, private: key } = await generate([{ name: "commonName", value: "localhost" }], {
  keySize: 2048,
  extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: "localhost" }] }],
});
const certFile = join(folder, "server.crt");
const keyFile = join(folder, "server.key");
writeFileSync(certFile, cert);
writeFileSync(keyFile, key);
const plain = await startScratch({ ...embeddedOptions(join(folder, "data")), settings: fleetingSettings });
const { uid, gid } = statSync(join(folder, "data", "postgres"));
await plain.stop();
chownSync(keyFile, uid, gid);
chmodSync(keyFile, 0o600);
const embedded = await startScratch({
  ...embeddedOptions(join(folder, "data")),
  transport: "loopback",
  settings: { ...fleetingSettings, ssl: "on", ssl_cert_file: certFile, ssl_key_file: keyFile },
});
const { port, password } = embedded.clientConfig("postgres");

function opening(host: string, query: string) {
  const url = `postgres://postgres:${password}@${host}:${port}/yingda?${query}`;
  return openDatabase({ url }, { log: silentLog, migrationsFolder: groundMigrations() });
}

test("the named authority and the right host get through, encrypted", async () => {
  const db = await opening("localhost", `sslmode=verify-full&sslrootcert=${certFile}`);
  const shown = await db.transact(null, async (tx) => {
    await tx.run("select set_config('role', 'none', true)"); // the view hides its rows from the role that was taken
    return tx.rows("select ssl from pg_stat_ssl where pid = pg_backend_pid()");
  });
  expect(shown).toEqual([{ ssl: true }]);
  await db.close();
});

test("an unknown authority is refused, also when the address only says require", async () => {
  for (const mode of ["verify-full", "require", "prefer"])
    await expect(opening("localhost", `sslmode=${mode}`)).rejects.toMatchObject({
      code: "database-unreachable",
    });
});

test("a certificate for another host is refused", async () => {
  const query = `sslmode=verify-full&sslrootcert=${certFile}`;
  await expect(opening("127.0.0.1", query)).rejects.toMatchObject({ code: "database-unreachable" });
});
