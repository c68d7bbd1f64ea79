// HTTP of the shop's words. Registered by the room's routes.

import { routes } from "@yingda/contract";
import { type HttpApp, register } from "../../../platform/http/index.ts";
import { changeWords, getWords } from "./shop-words.ts";

export function wordRoutes(app: HttpApp): void {
  register(app, routes.getWords, (ctx) => getWords(ctx));
  register(app, routes.changeWords, (ctx, { body }) => changeWords(ctx, body));
}
