// The command line's entry. As in ../main.ts the compile cache goes on before anything else is loaded.
import { enableCompileCache } from "node:module";
import { join } from "node:path";

enableCompileCache(
  process.env.NODE_COMPILE_CACHE ?? join(import.meta.dirname, "../../../node_modules/.cache/yingda"),
);
const { runCommand } = await import("./run.ts");
process.exitCode = await runCommand(process.argv.slice(2), process.env);
