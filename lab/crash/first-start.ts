// The very first start, cut off at a random moment (while the database is made, while migrations run, while the demo is filled in); the
// next start must get through by itself.
import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { familyOf } from "../shared/processes.ts";
import { freePort, newDataFolder, removeDataFolder, startServer } from "../shared/server.ts";

const root = resolve(import.meta.dirname, "../..");
const longestMs = 4_000;

export async function interruptFirstStart(scratch: string): Promise<void> {
  const dataFolder = newDataFolder();
  const port = await freePort();
  const child = spawn(process.execPath, [join(root, "server/src/main.ts")], {
    cwd: scratch,
    stdio: "ignore",
    env: {
      ...process.env,
      YINGDA_DATA: join(dataFolder, "data"),
      YINGDA_KEY_FILE: join(dataFolder, "key/master.key"),
      YINGDA_PORT: String(port),
      YINGDA_HOST: "127.0.0.1",
      YINGDA_DEMO: "1",
    },
  });
  await new Promise((done) => setTimeout(done, Math.random() * longestMs));
  for (const pid of familyOf(child.pid ?? 0).toReversed()) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // gone already
    }
  }
  const server = await startServer({ dataFolder, port, env: { YINGDA_DEMO: "1" } });
  await server.stop();
  removeDataFolder(dataFolder);
}
