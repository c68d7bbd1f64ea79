// The door of the outbox: events are written in the transaction that made them true and reach their subscribers from there.
export { refOf } from "./aggregates.ts";
export { standardBackOffMs } from "./attempt.ts";
export { emit } from "./emit.ts";
export { LaneMoved } from "./lane-moved.ts";
export { createOutbox, type OutboxOptions } from "./outbox.ts";
export { eventDays, trimEvents } from "./trim.ts";
export type {
  CommittedEvent,
  DeadLetter,
  Done,
  EventHints,
  EventRef,
  HeardEvent,
  LanePosition,
  Listener,
  Outbox,
  OutboxState,
  Subscriber,
} from "./types.ts";
