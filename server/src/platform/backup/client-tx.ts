/** A pg client in its own transaction, seen as the Tx that stores take. For the backup's long transactions only. */
import type pg from "pg";
import type { Tx } from "../db/transact.ts";

export function clientTx(client: pg.Client): Tx {
  const rows = async <R>(text: string, values: unknown[] = []): Promise<R[]> => {
    const result = await client.query(text, values);
    return result.rows as R[];
  };
  return {
    rows,
    one: async <R>(text: string, values?: unknown[]) => {
      const [first] = await rows<R>(text, values);
      if (first === undefined) throw new Error("a row was expected");
      return first;
    },
    maybe: async <R>(text: string, values?: unknown[]) => (await rows<R>(text, values))[0],
    run: async (text, values = []) => (await client.query(text, values)).rowCount ?? 0,
    afterCommit: () => {
      throw new Error("nothing waits for these rows");
    },
  };
}
