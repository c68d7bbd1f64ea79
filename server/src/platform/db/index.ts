// The door of the database.
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
