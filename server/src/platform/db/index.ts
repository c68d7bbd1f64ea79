// The door of the database: what use cases work with, and what main, app and commands start it by.
export { type DiskGuard, type DiskState, diskState, guardDisk } from "./disk.ts";
export { type EmbeddedOptions, type EmbeddedPostgres, startEmbedded } from "./embedded.ts";
export { type FolderLock, lockFolder } from "./folder-lock.ts";
export { readMigrations } from "./migrate.ts";
export { type DatabaseSource, type MigrationTools, type OpenOptions, openDatabase } from "./open-database.ts";
export {
  type Db,
  type DbCtx,
  type NamedStatement,
  once,
  type PoolStats,
  type Subscription,
  type Tx,
  transact,
} from "./transact.ts";
