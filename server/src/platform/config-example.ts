// Writes `.env.example` from the configuration's own description. Run it after changing config.ts:
//   node server/src/platform/config-example.ts > .env.example
// config.test.ts fails while the two differ.
import { type About, environment } from "./config.ts";

/** The text of `.env.example`: every field commented out, with its sentence, unit and default. */
export function renderEnvExample(): string {
  const blocks = Object.entries(environment.shape).map(([name, schema]) => {
    const { en, zh, unit, standard } = (schema.meta() as { about: About }).about;
    const measure = unit ? ` Unit: ${unit}.` : "";
    return [`# ${zh}`, `# ${en}${measure} Default: ${standard}.`, `#${name}=`].join("\n");
  });
  const head = "# Settings of the server, all optional. 服务器设置，全部可选。";
  return `${[head, ...blocks].join("\n\n")}\n`;
}

if (import.meta.main) process.stdout.write(renderEnvExample());
