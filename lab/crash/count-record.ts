// Counts in the record itself, after the server has stopped: the database is started alone, and read as its owner. Words stay
// encrypted; ids and kinds are enough.
import pg from "pg";
import { startEmbedded } from "../../server/src/platform/db/index.ts";
import { silentLog } from "../../server/src/platform/log.ts";

export interface Counted {
  /** Acknowledged lines that are not in the record. */
  missing: number;
  /** Acknowledged lines that stand there more than once. */
  doubled: number;
  /** Acknowledged lines in whose conversation the bot (or its hand-over) never answered. */
  unanswered: number;
  /** Conversations with more bot answers than lines. */
  answersDoubled: number;
}

export async function countRecord(dataFolder: string, acknowledged: string[]): Promise<Counted> {
  const database = await startEmbedded({ dataFolder, log: silentLog });
  const client = new pg.Client(database.clientConfig("postgres"));
  await client.connect();
  try {
    await client.query("create temp table acknowledged (id text primary key)");
    await client.query("insert into acknowledged select unnest($1::text[])", [acknowledged]);
    const { rows } = await client.query<Record<keyof Counted, string>>(`
      with line as (
        select a.id, count(m.id) as copies, min(m.conversation_id::text) as conversation_id
        from acknowledged a left join message m on m.external_id = a.id and m.kind = 'inbound' group by a.id),
      answered as (
        select conversation_id::text, count(*) filter (where kind = 'inbound') as said,
               count(*) filter (where kind = 'outbound' and author_kind = 'bot') as answers
        from message group by conversation_id)
      select count(*) filter (where l.copies = 0) as missing,
             count(*) filter (where l.copies > 1) as doubled,
             count(*) filter (where l.copies > 0 and coalesce(a.answers, 0) = 0) as unanswered,
             count(*) filter (where coalesce(a.answers, 0) > greatest(a.said, 1)) as "answersDoubled"
      from line l left join answered a on a.conversation_id = l.conversation_id`);
    const row = rows[0];
    if (!row) throw new Error("no count");
    return {
      missing: Number(row.missing),
      doubled: Number(row.doubled),
      unanswered: Number(row.unanswered),
      answersDoubled: Number(row.answersDoubled),
    };
  } finally {
    await client.end();
    await database.stop();
  }
}
