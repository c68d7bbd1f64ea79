// A half-open line (the other side is gone without a word) is found and ended; one that answers is left alone.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Beating, createHeartbeat, type Heartbeat, heartbeatMs } from "./heartbeat.ts";

let heartbeat: Heartbeat;
let slots = 0;

beforeEach(() => {
  vi.useFakeTimers();
  slots = 0;
  heartbeat = createHeartbeat(() => {
    slots += 1;
  });
});
afterEach(() => {
  heartbeat.stop();
  vi.useRealTimers();
});

class Line implements Beating {
  isAlive = true;
  pings = 0;
  deaths = 0;
  readonly answers: boolean;
  constructor(answers: boolean) {
    this.answers = answers;
  }
  ping(): void {
    this.pings += 1;
    this.isAlive = this.answers;
  }
  die(): void {
    this.deaths += 1;
  }
}

test("a line that does not answer a ping is ended at the next one, never before; one that answers lives", () => {
  const [silent, lively] = [new Line(false), new Line(true)];
  const remove = heartbeat.add(silent);
  heartbeat.add(lively);
  vi.advanceTimersByTime(heartbeatMs);
  expect([silent.pings, silent.deaths]).toEqual([1, 0]);
  vi.advanceTimersByTime(heartbeatMs);
  expect([silent.pings, silent.deaths]).toEqual([1, 1]);
  remove();
  vi.advanceTimersByTime(10 * heartbeatMs);
  expect([silent.pings, silent.deaths]).toEqual([1, 1]);
  expect([lively.pings, lively.deaths]).toEqual([12, 0]);
});

test("ten thousand lines are spread: no moment wakes more than its share", () => {
  const lines = Array.from({ length: 10_000 }, () => new Line(true));
  for (const line of lines) heartbeat.add(line);
  let before = 0;
  for (let second = 0; second < 25; second += 1) {
    vi.advanceTimersByTime(1_000);
    const after = lines.reduce((sum, { pings }) => sum + pings, 0);
    expect(after - before).toBe(400);
    before = after;
  }
  expect(slots).toBe(25);
});
