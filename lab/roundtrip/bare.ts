// The bare baseline: a WebSocket that inserts one row durably and echoes, on the same database engine with the same settings, and nothing
// else. What the product costs is read against this in the same run.
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { WebSocketServer } from "ws";
import { startEmbedded } from "../../server/src/platform/db/index.ts";
import { createLog } from "../../server/src/platform/log.ts";

const folder = mkdtempSync(join(tmpdir(), "yingda-bare-"));
const database = await startEmbedded({ dataFolder: folder, log: createLog({ level: "silent" }) });
const client = new pg.Client(database.clientConfig("yingda_owner"));
await client.connect();
await client.query(
  "create table line (id bigserial primary key, said text not null, at timestamptz not null default now())",
);
const http = createServer();
const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
sockets.on("connection", (socket) => {
  socket.on("message", (bytes) => {
    const text = String(bytes);
    client
      .query({ name: "insert_line", text: "insert into line (said) values ($1)", values: [text] })
      .then(() => socket.send(text))
      .catch((error: unknown) => socket.close(1011, String(error)));
  });
});
http.listen(0, "127.0.0.1", () => {
  const address = http.address();
  if (address !== null && typeof address !== "string") process.send?.(`ws://127.0.0.1:${address.port}`);
});
process.once("message", () => {
  void (async () => {
    http.closeAllConnections();
    http.close();
    await client.end();
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  })();
});
