// The door of insight: sums over what the line produced. Nobody but the wiring imports it.
export { insightRoutes } from "./routes.ts";
