// SQL of the shard leases and of the nodes that hold them. The database's clock decides, so that nodes whose clocks differ
// agree on who holds what. Nothing here is worth waiting for the disk: a lease lost in a crash is taken again.
import type { Tx } from "../db/transact.ts";

export interface LeasedShard {
  shard: number;
  checkpointAt: Date | null;
}

/** Says that this node lives; resolves to how many live and how many of them work. */
export async function reportNode(
  tx: Tx,
  nodeId: string,
  roles: readonly string[],
  ttlMs: number,
): Promise<{ nodes: number; workers: number }> {
  await tx.run("select set_config('synchronous_commit', 'off', true)");
  await tx.run("delete from server_node where seen_at < now() - interval '1 hour'");
  await tx.run(
    `insert into server_node (id, started_at, seen_at, roles) values ($1, now(), now(), $2)
     on conflict (id) do update set seen_at = now()`,
    [nodeId, roles],
  );
  return tx.one(
    `select count(*) as nodes, count(*) filter (where 'worker' = any(roles)) as workers
     from server_node where seen_at > now() - $1 * interval '1 ms'`,
    [ttlMs],
  );
}

/** Keeps what this node holds, with how far it was handled; resolves to what is still its own. */
export function renewLeases(
  tx: Tx,
  nodeId: string,
  ttlMs: number,
  checkpoint: Date | null,
): Promise<LeasedShard[]> {
  return tx.rows(
    `update outbox_lease set leased_until = now() + $2 * interval '1 ms', checkpoint_at = coalesce($3, checkpoint_at)
     where owner = $1 returning shard, checkpoint_at as "checkpointAt"`,
    [nodeId, ttlMs, checkpoint],
  );
}

/** Takes the shards that nobody holds any more. */
export function takeLeases(tx: Tx, nodeId: string, ttlMs: number): Promise<LeasedShard[]> {
  return tx.rows(
    `update outbox_lease set owner = $1, leased_until = now() + $2 * interval '1 ms'
     where shard in (select shard from outbox_lease where owner is null or leased_until < now()
       order by shard for update skip locked)
     returning shard, checkpoint_at as "checkpointAt"`,
    [nodeId, ttlMs],
  );
}

/** For the only node there can be: takes every shard, whoever held it before a crash. */
export function takeAllLeases(tx: Tx, nodeId: string): Promise<LeasedShard[]> {
  return tx.rows(
    `update outbox_lease set owner = $1, leased_until = 'infinity' returning shard, checkpoint_at as "checkpointAt"`,
    [nodeId],
  );
}

export async function releaseLeases(
  tx: Tx,
  nodeId: string,
  shards: readonly number[],
  checkpoint: Date | null,
): Promise<void> {
  await tx.run(
    `update outbox_lease set owner = null, leased_until = null, checkpoint_at = coalesce($3, checkpoint_at)
     where owner = $1 and shard = any($2::int[])`,
    [nodeId, shards, checkpoint],
  );
}

export async function saveCheckpoint(tx: Tx, nodeId: string, checkpoint: Date): Promise<void> {
  await tx.run("select set_config('synchronous_commit', 'off', true)");
  await tx.run(
    "update outbox_lease set checkpoint_at = $2 where owner = $1 and checkpoint_at is distinct from $2",
    [nodeId, checkpoint],
  );
}

export async function removeNode(tx: Tx, nodeId: string): Promise<void> {
  await tx.run("delete from server_node where id = $1", [nodeId]);
}
