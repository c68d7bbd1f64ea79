// The door of realtime: numbered events for the workbench, conversation events for visitors, and what is never stored.
export { createRealtime, type RealtimeOptions } from "./realtime.ts";
export type {
  AttachedLine,
  EphemeralVisitorFrame,
  Hub,
  NowTarget,
  Pipe,
  Projector,
  Realtime,
  VisitorAdmission,
  VisitorGateway,
  VisitorHandlers,
  VisitorLine,
  VisitorPrincipal,
  WorkbenchPrincipal,
} from "./types.ts";
export { visitorLineRoutes } from "./visitor-routes.ts";
export { workbenchLineRoutes } from "./workbench-routes.ts";
