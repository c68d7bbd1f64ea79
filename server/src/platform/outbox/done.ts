// Makes the `done` that a handler writes its lane position with, and remembers whether that was committed.
import type { TenantId } from "@yingda/contract";
import type { Tx } from "../db/transact.ts";
import { isLaneMoved, LaneMoved } from "./lane-moved.ts";
import { writePositions } from "./outbox-store.ts";
import type { Done, LanePosition } from "./types.ts";

export interface Completion {
  done: Done;
  isWritten(): boolean;
  /** From now on `done` throws LaneMoved: the handler took too long and its event was given up. */
  cancel(): void;
}

/** For the positions of one subscriber within one tenant; all are written or none. */
export function completionOf(
  tenantId: TenantId,
  subscriber: string,
  positions: readonly LanePosition[],
): Completion {
  let isWritten = false;
  let isCancelled = false;
  const write = async (tx: Tx) => {
    if (isCancelled) throw new LaneMoved();
    try {
      await writePositions(tx, tenantId, subscriber, positions);
    } catch (error) {
      throw isLaneMoved(error) ? new LaneMoved(error) : error;
    }
    tx.afterCommit(() => {
      isWritten = true;
    });
  };
  const written = () => {
    isWritten = true;
  };
  return {
    done: Object.assign(write, { positions, written }),
    isWritten: () => isWritten,
    cancel: () => {
      isCancelled = true;
    },
  };
}
