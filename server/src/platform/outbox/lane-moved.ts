// The one expected failure of writing a lane's position: another process already did this work. The dispatcher
// reads the lane anew and goes on; everybody else lets it pass so that the transaction rolls back.

/** SQLSTATE raised by outbox_done(). */
export const laneMovedState = "YD001";

export class LaneMoved extends Error {
  constructor(cause?: unknown) {
    super("the lane was moved by another process", cause === undefined ? undefined : { cause });
    this.name = "LaneMoved";
  }
}

/** Also true for the database's own error, as a hot path that calls outbox_done() gets it. */
export function isLaneMoved(error: unknown): boolean {
  if (error instanceof LaneMoved) return true;
  if (!(error instanceof Error)) return false;
  return (error as { code?: unknown }).code === laneMovedState || isLaneMoved(error.cause);
}
