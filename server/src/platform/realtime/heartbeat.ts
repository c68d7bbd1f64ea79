// Finds lines that are dead without having said so, and keeps routers from forgetting quiet ones: each line is pinged every
// 25 s. One timer for all; a second's slot pings a 25th of them, so that ten thousand lines never wake together.

export interface Beating {
  /** Set by any sign of life, cleared by a ping. */
  isAlive: boolean;
  ping(): void;
  /** The second ping went unanswered. */
  die(): void;
}

export const heartbeatMs = 25_000;
const slotMs = 1_000;

export interface Heartbeat {
  add(line: Beating): () => void;
  stop(): void;
}

export function createHeartbeat(eachSlot: () => void): Heartbeat {
  const slots = Array.from({ length: heartbeatMs / slotMs }, () => new Set<Beating>());
  let hand = 0;
  let filling = 0;

  function beat(): void {
    hand = (hand + 1) % slots.length;
    for (const line of slots[hand] ?? []) {
      if (!line.isAlive) line.die();
      else {
        line.isAlive = false;
        line.ping();
      }
    }
    eachSlot();
  }

  const timer = setInterval(beat, slotMs);
  timer.unref();
  return {
    add(line) {
      filling = (filling + 1) % slots.length;
      const slot = slots[filling];
      slot?.add(line);
      return () => void slot?.delete(line);
    },
    stop() {
      clearInterval(timer);
    },
  };
}
