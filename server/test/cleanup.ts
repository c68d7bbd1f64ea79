// What a test file leaves behind is put away when the file has ended. Registered once, when this module is loaded with
// the file: an afterAll that is called inside a running test would never run.
import { afterAll } from "vitest";

const actions: (() => unknown)[] = [];

/** Runs after the file's last test; the last registered first. */
export function whenFileEnds(action: () => unknown): void {
  actions.push(action);
}

afterAll(async () => {
  for (const action of actions.reverse()) await action();
});
