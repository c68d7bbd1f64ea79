// What the line to the server is doing, for the dot in the rail and the offline banner. Set by live/line.ts only.
import { useSyncExternalStore } from "react";

/** "fallback": events come by plain HTTP because sockets do not get through. */
export type Connection = "connecting" | "live" | "fallback" | "offline";

let connection: Connection = "connecting";
const listeners = new Set<() => void>();

export function setConnection(next: Connection): void {
  if (next === connection) return;
  connection = next;
  for (const tell of listeners) tell();
}

export function getConnection(): Connection {
  return connection;
}

export function onConnection(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useConnection(): Connection {
  return useSyncExternalStore(onConnection, getConnection);
}
