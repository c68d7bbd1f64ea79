// A shop's own order system on a real socket: every tool that the shipped flows name, each at an address of its own name. It
// keeps what it was told to change, once per key, as a careful system would: that ledger is what journeys look at.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { ConnectionDraft, FlowToolShown, ToolDraft } from "@yingda/contract";

type Fields = Record<string, unknown>;

export interface Change {
  tool: string;
  key: string;
  input: Fields;
}

export interface OrderSystem {
  /** For YINGDA_ALLOW_PRIVATE. */
  exit: string;
  /** What was done, in order; a repeated key is no second entry. */
  changes: Change[];
  connection(tools: readonly FlowToolShown[]): { connection: ConnectionDraft; tools: ToolDraft[] };
  close(): Promise<void>;
}

interface Order {
  status: string;
  item: string;
  parcelNumber?: string;
}

const orders: Record<string, Order> = {
  "1001": { status: "shipped", item: "连帽卫衣", parcelNumber: "SF3202000010011" },
  "1002": { status: "paid", item: "格纹羊毛外套" },
  "1003": { status: "delivered", item: "真丝衬衫", parcelNumber: "SF3202000010038" },
  "1006": { status: "paid", item: "帆布包" },
};
const parcels: Record<string, Fields> = {
  SF3202000010011: { status: "in-transit", lastPlace: "杭州转运中心", lastAt: "2026-11-20T09:00:00+08:00" },
  SF3202000010038: { status: "delivered", lastPlace: "小区快递柜", lastAt: "2026-11-18T18:00:00+08:00" },
};
const faults: Record<string, Fields> = {
  K3: { meaning: "进水超时", steps: "打开水龙头，清洗进水滤网。", needsService: false },
  K5: { meaning: "电机过热", steps: "请断电。", needsService: true },
};

export async function openOrderSystem(): Promise<OrderSystem> {
  const changes: Change[] = [];
  const server = createServer(async (request, reply) => {
    const input = JSON.parse(
      Buffer.concat((await request.toArray()) as Buffer[]).toString() || "{}",
    ) as Fields;
    const tool = (request.url ?? "/").slice(1);
    const key = request.headers["idempotency-key"]?.toString();
    const answer = key === undefined ? lookUp(tool, input) : change(changes, { tool, key, input });
    reply.writeHead(answer === null ? 404 : 200, { "content-type": "application/json" });
    reply.end(JSON.stringify(answer ?? { error: "not found" }));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    exit: `tool=127.0.0.1:${port}`,
    changes,
    connection: (tools) => ({
      connection: {
        name: "订单系统",
        kind: "http",
        application: null,
        baseUrl: `http://127.0.0.1:${port}`,
        headers: {},
        auth: { kind: "none" },
        secrets: {},
      },
      tools: tools.map(draftOf),
    }),
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

function lookUp(tool: string, { orderNumber, parcelNumber, product }: Fields): Fields | null {
  const number = String(orderNumber);
  const order = orders[number];
  switch (tool) {
    case "orders.find":
      return order ? { number, ...order } : null;
    case "parcels.track": {
      const parcel = parcels[String(parcelNumber)];
      return parcel ? { number: parcelNumber, ...parcel } : null;
    }
    case "refunds.check":
      return order ? { isAllowed: order.status === "delivered", item: order.item, amount: "329.00" } : null;
    case "exchanges.sizes":
      return order ? { item: order.item, size: "S", sizes: ["M", "L"] } : null;
    case "bookings.free-slots":
      return { times: ["10:00", "15:30"] };
    case "faults.look-up":
      return faults[String(product)] ?? null;
    default:
      return null;
  }
}

function change(changes: Change[], asked: Change): Fields {
  const known = changes.findIndex(({ key }) => key === asked.key);
  if (known < 0) changes.push(asked);
  const number = `N${known < 0 ? changes.length : known + 1}`;
  const { address } = asked.input;
  return { requestNumber: number, bookingNumber: number, address, expectedToShipAt: "2026-11-30", ok: true };
}

const types: Record<string, ToolDraft["picks"][number]["type"]> = {
  amount: "money",
  times: "list",
  sizes: "list",
  isAllowed: "yes-no",
  needsService: "yes-no",
  lastAt: "time",
  expectedToShipAt: "time",
};

function draftOf({ name, effect, input, output }: FlowToolShown): ToolDraft {
  return {
    name,
    title: name,
    about: "",
    effect,
    isOn: true,
    call: { kind: "http", method: "POST", path: `/${name}`, bodyAs: "json", body: null },
    parameters: input.map((field) => {
      const given = field.replace(/\?$/u, "");
      return { name: given, in: "body", isRequired: given === field, input: given, type: "text", about: "" };
    }),
    picks: output.map((field) => ({ name: field, at: field, type: types[field] ?? "text", codes: {} })),
    flows: null,
    inboxes: null,
    timeoutMs: 8_000,
    idempotency: effect === "change" ? { in: "header", name: "Idempotency-Key" } : null,
    identity: "none",
    modelMayCall: false,
    redact: [],
  };
}
