// The passwords of the bundled database: random, one per role, in a file of the data folder that only the server's
// user may read. They never leave the machine and are not part of a backup; a lost file is made anew.
import { open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { randomToken } from "../ids.ts";

export const embeddedRoles = ["postgres", "yingda_owner", "yingda_app", "yingda_system"] as const;
export type EmbeddedRole = (typeof embeddedRoles)[number];
export type Passwords = Record<EmbeddedRole, string>;

const shape = z.object({
  passwords: z.object({
    postgres: z.string(),
    yingda_owner: z.string(),
    yingda_app: z.string(),
    yingda_system: z.string(),
  }),
});
const fileName = "database.json";

/** Null when the file is missing or unreadable as what it should be. */
export async function readPasswords(dataFolder: string): Promise<Passwords | null> {
  try {
    return shape.parse(JSON.parse(await readFile(join(dataFolder, fileName), "utf8"))).passwords;
  } catch {
    return null;
  }
}

/** Makes new passwords and has them on disk before anybody uses them. */
export async function makePasswords(dataFolder: string): Promise<Passwords> {
  const passwords: Passwords = {
    postgres: randomToken(32),
    yingda_owner: randomToken(32),
    yingda_app: randomToken(32),
    yingda_system: randomToken(32),
  };
  const half = join(dataFolder, `${fileName}.half`);
  const file = await open(half, "w", 0o600);
  await file.chmod(0o600);
  await file.writeFile(JSON.stringify({ passwords }));
  await file.sync();
  await file.close();
  await rename(half, join(dataFolder, fileName));
  return passwords;
}
