// The demo shop's order system: a tool of this process with a few orders and parcels, so that flows can be tried without
// connecting anything: what ships with the product. Changes are in demo-changes.ts. Never goes through the network.

import { loadDemoOrders } from "@yingda/templates";
import type { ToolAnswer } from "../../flows/run/flow-run.ts";
import { dayFrom, wordOf } from "./demo-rules.ts";

const hourMs = 3_600_000;

/** Answers a tool by name as an order system would at `now`; "unavailable" for a tool that the demo does not have. */
export function askDemoOrders(tool: string, input: Record<string, unknown>, now: Date): ToolAnswer {
  if (tool === "orders.find") return findOrder(wordOf(input.orderNumber).toUpperCase(), now);
  if (tool === "parcels.track") return trackParcel(wordOf(input.parcelNumber).toUpperCase(), now);
  return { kind: "failure", why: "unavailable" };
}

function findOrder(number: string, now: Date): ToolAnswer {
  const order = loadDemoOrders().orders.find((each) => each.number === number);
  if (order === undefined) return { kind: "failure", why: "not-found" };
  const { status, item, totalMinor, placedDaysAgo, shippedDaysAgo, shipsInDays, parcelNumber } = order;
  return result({
    number,
    status,
    item,
    total: { amountMinor: totalMinor, currency: "CNY" },
    placedAt: dayFrom(now, -placedDaysAgo),
    shippedAt: shippedDaysAgo === undefined ? undefined : dayFrom(now, -shippedDaysAgo),
    expectedToShipAt: shipsInDays === undefined ? undefined : dayFrom(now, shipsInDays),
    parcelNumber,
  });
}

function trackParcel(number: string, now: Date): ToolAnswer {
  const parcel = loadDemoOrders().parcels.find((each) => each.number === number);
  if (parcel === undefined) return { kind: "failure", why: "not-found" };
  const { status, lastPlace, lastHoursAgo, expectedInDays } = parcel;
  return result({
    number,
    status,
    lastPlace,
    lastAt: new Date(now.getTime() - lastHoursAgo * hourMs).toISOString(),
    expectedAt: expectedInDays === undefined ? undefined : dayFrom(now, expectedInDays),
  });
}

function result(fields: Record<string, unknown>): ToolAnswer {
  const known = Object.entries(fields).filter(([, value]) => value !== undefined);
  return { kind: "result", fields: Object.fromEntries(known) };
}
