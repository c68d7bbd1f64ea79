import { expect, test } from "vitest";
import { silentLog } from "../log.ts";
import { type DiskSpace, type DiskState, diskState, isLowSpace, watchDisk } from "./disk.ts";

const gigabyte = 1_000_000_000;

test("low is below 1 GB or below 5 %", () => {
  expect(isLowSpace({ freeBytes: 0.99 * gigabyte, totalBytes: 10 * gigabyte })).toBe(true);
  expect(isLowSpace({ freeBytes: 1.01 * gigabyte, totalBytes: 10 * gigabyte })).toBe(false);
  expect(isLowSpace({ freeBytes: 4.9 * gigabyte, totalBytes: 100 * gigabyte })).toBe(true);
  expect(isLowSpace({ freeBytes: 5.1 * gigabyte, totalBytes: 100 * gigabyte })).toBe(false);
  expect(isLowSpace({ freeBytes: 5.1 * gigabyte, totalBytes: 100 * gigabyte }, true)).toBe(true);
});

test("tells each change once, and keeps its answer when the probe fails", async () => {
  let space: DiskSpace | Error = { freeBytes: 50 * gigabyte, totalBytes: 100 * gigabyte };
  const told: DiskState[] = [];
  const guard = await watchDisk({
    path: "/",
    log: silentLog,
    intervalMs: 3_600_000,
    onChange: (state) => told.push(state),
    probe: async () => {
      if (space instanceof Error) throw space;
      return space;
    },
  });
  const at = async (next: DiskSpace | Error) => {
    space = next;
    return (await guard.look()).isLow;
  };
  expect(await at({ freeBytes: 20 * gigabyte, totalBytes: 100 * gigabyte })).toBe(false);
  expect(await at({ freeBytes: 4 * gigabyte, totalBytes: 100 * gigabyte })).toBe(true);
  expect(await at(new Error("the disk is gone"))).toBe(true);
  expect(await at({ freeBytes: 5.1 * gigabyte, totalBytes: 100 * gigabyte })).toBe(true);
  expect(await at({ freeBytes: 6 * gigabyte, totalBytes: 100 * gigabyte })).toBe(false);
  expect(told.map((state) => state.isLow)).toEqual([true, false]);
  expect(guard.state().freeBytes).toBe(6 * gigabyte);
  guard.close();
});

test("a disk that is full at the start is told at once", async () => {
  const told: boolean[] = [];
  const probe = async () => ({ freeBytes: 0, totalBytes: gigabyte });
  const onChange = (state: DiskState) => told.push(state.isLow);
  const guard = await watchDisk({ path: "/", log: silentLog, probe, onChange });
  expect(told).toEqual([true]);
  guard.close();
});

test("reads a real file system", async () => {
  const state = await diskState(import.meta.dirname);
  expect(state.totalBytes).toBeGreaterThan(state.freeBytes);
  expect(state.freeBytes).toBeGreaterThan(0);
});
