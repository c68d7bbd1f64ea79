// The bundled PostgreSQL's settings, passed on its command line so that they always are the ones of this version of
// the program; postgresql.conf stays as initdb wrote it. Sized for a small machine: 2 cores, other work beside it.

export interface Endpoint {
  /** Folder of the unix socket, or the loopback address. */
  host: string;
  port: number;
  isSocket: boolean;
}

/** Durable, frugal, quiet about what is in the rows. */
const base: Record<string, string> = {
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  wal_level: "replica",
  max_wal_senders: "0",
  min_wal_size: "80MB",
  max_wal_size: "512MB",
  checkpoint_timeout: "15min",
  shared_buffers: "96MB",
  effective_cache_size: "512MB",
  work_mem: "8MB",
  maintenance_work_mem: "64MB",
  huge_pages: "off",
  // /dev/shm of a container may be tiny or missing; with no parallel queries hardly anything is put there
  dynamic_shared_memory_type: process.platform === "win32" ? "windows" : "mmap",
  max_connections: "80",
  max_worker_processes: "4",
  max_parallel_workers_per_gather: "0",
  max_parallel_maintenance_workers: "0",
  max_logical_replication_workers: "0",
  autovacuum_max_workers: "2",
  jit: "off",
  random_page_cost: "1.1",
  timezone: "UTC",
  log_timezone: "UTC",
  lc_messages: "C",
  password_encryption: "scram-sha-256",
  // statements, parameters and details can quote a customer
  log_min_messages: "warning",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_checkpoints: "off",
};

// a query whose client was killed ends soon, and with it the locks a migration held
const onLinux: Record<string, string> = { client_connection_check_interval: "2s" };
const since18: Record<string, string> = { io_method: "sync" }; // the default keeps three more processes

/** The arguments of `postgres`; later settings win, so `extra` may change any of the above (tests do). */
export function serverArguments(
  databaseFolder: string,
  major: string,
  endpoint: Endpoint,
  extra: Record<string, string> = {},
): string[] {
  const listening: Record<string, string> = endpoint.isSocket
    ? { listen_addresses: "", unix_socket_directories: endpoint.host, unix_socket_permissions: "0700" }
    : {
        listen_addresses: endpoint.host,
        ...(process.platform === "win32" ? {} : { unix_socket_directories: "" }),
      };
  const newer = Number(major) >= 18 ? since18 : {};
  const local = process.platform === "linux" ? onLinux : {};
  const settings = { ...base, ...local, ...newer, ...listening, port: String(endpoint.port), ...extra };
  return [
    "-D",
    databaseFolder,
    ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ];
}
