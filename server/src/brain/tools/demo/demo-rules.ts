// What the demo's order system allows and answers, without a database: which orders may be changed, sizes in stock, free
// times. A plain function of the shipped orders, the input and the time.

import { loadDemoOrders } from "@yingda/templates";
import type { ToolAnswer } from "../../flows/run/flow-run.ts";

type Fields = Record<string, unknown>;
type Order = ReturnType<typeof loadDemoOrders>["orders"][number];

const stock = ["S", "M", "L", "XL"];
const tables = ["10:00", "14:00", "15:30", "18:00"];
const returnDays = 7;
const dayMs = 86_400_000;

/** What a tool of the demo that only reads answers, besides orders and parcels; null where it has none of that name. */
export function askDemoRules(tool: string, input: Fields, now: Date): ToolAnswer | null {
  switch (tool) {
    case "refunds.check":
      return withOrder(input, (order) => {
        const since = order.shippedDaysAgo ?? order.placedDaysAgo;
        const isAllowed = order.status === "delivered" ? since <= returnDays + 2 : order.status === "shipped";
        return result({
          isAllowed,
          item: order.item,
          amount: yuan(order),
          lastDay: dayFrom(now, returnDays),
        });
      });
    case "exchanges.sizes":
      return withOrder(input, ({ item, status }) => {
        const size = /\b(?:S|M|L|XL)(?= 码)/u.exec(item)?.[0];
        if (size === undefined || status === "cancelled") return failure("refused");
        const sizes = stock.filter((one) => one !== size).map((one) => ({ value: one, label: one }));
        return result({ item, size, sizes });
      });
    case "bookings.free-slots":
      return result({ times: tables.map((time) => ({ value: time, label: time })) });
    default:
      return null;
  }
}

/**
 * What a change would answer if it were made; `number` makes its own number. A failure changes nothing; null where the
 * demo cannot change that.
 */
export function planDemoChange(tool: string, input: Fields, number: number, now: Date): ToolAnswer | null {
  const requestNumber = `D${String(number).padStart(5, "0")}`;
  const onOrder = (states: readonly string[], fields: Fields) =>
    withOrder(input, ({ status }) => (states.includes(status) ? result(fields) : failure("refused")));
  switch (tool) {
    case "orders.change-address":
      return onOrder(["unpaid", "paid", "packed"], { address: wordOf(input.address) });
    case "orders.urge":
      return onOrder(["paid", "packed"], { expectedToShipAt: dayFrom(now, 1) });
    case "refunds.request":
    case "exchanges.request":
      return onOrder(["shipped", "delivered"], { requestNumber });
    case "invoices.request":
      return onOrder(["paid", "packed", "shipped", "delivered"], { requestNumber });
    case "bookings.make":
      return result({ bookingNumber: requestNumber });
    case "leads.save":
      return result({});
    default:
      return null;
  }
}

const changes = [
  "orders.change-address",
  "orders.urge",
  "refunds.request",
  "exchanges.request",
  "invoices.request",
  "bookings.make",
  "leads.save",
];

export function canDemoDo(tool: string): boolean {
  return changes.includes(tool);
}

function withOrder(input: Fields, then: (order: Order) => ToolAnswer): ToolAnswer {
  const number = wordOf(input.orderNumber).toUpperCase();
  const order = loadDemoOrders().orders.find((each) => each.number === number);
  return order === undefined ? failure("not-found") : then(order);
}

function yuan({ totalMinor }: Order): Fields {
  return { amountMinor: totalMinor, currency: "CNY" };
}

function result(fields: Fields): ToolAnswer {
  return { kind: "result", fields };
}

function failure(why: "not-found" | "refused"): ToolAnswer {
  return { kind: "failure", why };
}

/** The shop and its customers are in China. */
export function dayFrom(now: Date, days: number): string {
  return new Date(now.getTime() + days * dayMs).toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" });
}

export function wordOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
}
