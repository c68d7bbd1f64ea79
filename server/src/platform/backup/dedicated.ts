/** A connection of its own for a long piece of work, ended afterwards. */
import type pg from "pg";
import type { BackupServices } from "./backup-services.ts";

/** Runs `work` as the owner role. A connection lost in the middle rejects the query in hand and nothing else. */
export async function asOwner<T>(
  { db }: Pick<BackupServices, "db">,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = await db.dedicated("owner");
  client.on("error", () => undefined); // unheard it would end the server; whoever waits on a query hears of it there
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
