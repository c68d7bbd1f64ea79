// The abstract tools that flows name, with what goes in and what comes back. A shop connects each to its own system
// (brain/tools); a flow never knows which. Checked by check-flow.ts and shown in the editor's lists.
//
// Fields: text; number; money {amountMinor, currency}; day "2026-11-24" or instant RFC 3339; yes-no (boolean); list of
// {value, label} to choose from; one of a few codes, for conditions. A field ending in ? may be absent.

export type ToolField = "text" | "number" | "money" | "time" | "yes-no" | "list" | readonly string[];

export interface FlowTool {
  /** "read" may be asked any time; "change" acts on the world and only after the customer's yes. */
  effect: "read" | "change";
  about: { zh: string; en: string };
  input: Readonly<Record<string, ToolField>>;
  output: Readonly<Record<string, ToolField>>;
}
export type FlowTools = Readonly<Record<string, FlowTool>>;

export const flowTools: FlowTools = {
  "orders.find": {
    effect: "read",
    about: { zh: "按订单号查订单", en: "Find an order by its number" },
    input: { orderNumber: "text" },
    output: {
      number: "text",
      status: ["unpaid", "paid", "packed", "shipped", "delivered", "cancelled", "returned"],
      item: "text",
      total: "money",
      placedAt: "time",
      "shippedAt?": "time",
      "expectedToShipAt?": "time",
      "parcelNumber?": "text",
      "address?": "text",
    },
  },
  "orders.change-address": {
    effect: "change",
    about: { zh: "修改未发货订单的收货地址", en: "Change the address of an order not yet shipped" },
    input: { orderNumber: "text", address: "text" },
    output: { address: "text" },
  },
  "orders.urge": {
    effect: "change",
    about: { zh: "给仓库加急提醒", en: "Ask the warehouse to hurry an order" },
    input: { orderNumber: "text" },
    output: { "expectedToShipAt?": "time" },
  },
  "parcels.track": {
    effect: "read",
    about: { zh: "按快递单号查物流", en: "Track a parcel" },
    input: { parcelNumber: "text" },
    output: {
      number: "text",
      status: ["collected", "in-transit", "out-for-delivery", "at-pickup-point", "delivered", "problem"],
      lastPlace: "text",
      lastAt: "time",
      "expectedAt?": "time",
    },
  },
  "refunds.check": {
    effect: "read",
    about: { zh: "按规则查这笔订单能不能退", en: "Check an order against the return rules" },
    input: { orderNumber: "text", reason: "text" },
    output: { isAllowed: "yes-no", item: "text", amount: "money", "lastDay?": "time" },
  },
  "refunds.request": {
    effect: "change",
    about: { zh: "提交退货退款申请", en: "File a return or refund request" },
    input: { orderNumber: "text", way: "text", reason: "text", "photos?": "text" },
    output: { requestNumber: "text" },
  },
  "exchanges.sizes": {
    effect: "read",
    about: { zh: "查这笔订单可以换的尺码", en: "Sizes that an order can be exchanged for" },
    input: { orderNumber: "text" },
    output: { item: "text", size: "text", sizes: "list" },
  },
  "exchanges.request": {
    effect: "change",
    about: { zh: "提交换货申请", en: "File an exchange request" },
    input: { orderNumber: "text", size: "text" },
    output: { requestNumber: "text" },
  },
  "invoices.request": {
    effect: "change",
    about: { zh: "申请开票", en: "Request an invoice" },
    input: { orderNumber: "text", title: "text", "taxNumber?": "text", email: "text" },
    output: { requestNumber: "text" },
  },
  "bookings.free-slots": {
    effect: "read",
    about: { zh: "查某天可预约的时间", en: "Free times of a day" },
    input: { day: "text", people: "number" },
    output: { times: "list" },
  },
  "bookings.make": {
    effect: "change",
    about: { zh: "登记预约", en: "Make a booking" },
    input: { day: "text", time: "text", people: "number", name: "text", phone: "text" },
    output: { bookingNumber: "text" },
  },
  "faults.look-up": {
    effect: "read",
    about: { zh: "按型号和故障码查处理步骤", en: "Steps for a fault code or symptom of a product" },
    input: { product: "text", "code?": "text", "symptom?": "text" },
    output: { meaning: "text", steps: "text", needsService: "yes-no" },
  },
  "leads.save": {
    effect: "change",
    about: { zh: "保存客户留的联系方式", en: "Keep the contact details that a customer leaves" },
    input: { name: "text", phone: "text", need: "text", consent: "text" },
    output: {},
  },
};

/** The type of a tool's field, in or out; null where it has none of that name. */
export function fieldOf(
  fields: Readonly<Record<string, ToolField>>,
  name: string,
): { type: ToolField; isOptional: boolean } | null {
  if (Object.hasOwn(fields, name)) return { type: fields[name] as ToolField, isOptional: false };
  const optional = `${name}?`;
  return Object.hasOwn(fields, optional) ? { type: fields[optional] as ToolField, isOptional: true } : null;
}

/** A tool by name, or null. */
export function toolNamed(tools: FlowTools, name: string): FlowTool | null {
  return Object.hasOwn(tools, name) ? (tools[name] as FlowTool) : null;
}
