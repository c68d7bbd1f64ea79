// The other side of child-process.ts: does one task, says a line of JSON when ready, and waits to be killed.
import type { EmbeddedOptions } from "../src/platform/db/embedded.ts";
import { startEmbedded } from "../src/platform/db/embedded.ts";
import type { MigrateOptions } from "../src/platform/db/migrate.ts";
import { migrate } from "../src/platform/db/migrate.ts";
import { StartupError } from "../src/platform/errors.ts";
import { silentLog } from "../src/platform/log.ts";

type Input<T> = Omit<T, "log">;

const tasks: Record<string, (input: unknown) => Promise<unknown>> = {
  /** Starts a database and keeps it. */
  async embedded(input) {
    const embedded = await startEmbedded({ ...(input as Input<EmbeddedOptions>), log: silentLog });
    return { pid: embedded.pid(), wasAdopted: embedded.wasAdopted, uid: process.getuid?.() };
  },
  /** Starts a database and leaves without stopping it. */
  async leaves(input) {
    const embedded = await startEmbedded({ ...(input as Input<EmbeddedOptions>), log: silentLog });
    say({ pid: embedded.pid() });
    process.exit(0);
  },
  async migrate(input) {
    return migrate({ ...(input as Input<MigrateOptions>), log: silentLog });
  },
};

function say(line: unknown): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

const [name = "", input = "null"] = process.argv.slice(2);
try {
  say(await tasks[name]?.(JSON.parse(input)));
} catch (error) {
  say(error instanceof StartupError ? { code: error.code, en: error.en } : { error: String(error) });
  process.exit(1);
}
