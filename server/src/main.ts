// The program: `node server/src/main.ts [--roles=web,worker,realtime]`. Kept tiny so that the compile cache is on before
// anything else is loaded: a later start then reads compiled code instead of sources.
import { enableCompileCache } from "node:module";
import { join } from "node:path";

enableCompileCache(
  process.env.NODE_COMPILE_CACHE ?? join(import.meta.dirname, "../../node_modules/.cache/yingda"),
);
const { runServer } = await import("./roles/server.ts");
await runServer(process.argv.slice(2), process.env);
