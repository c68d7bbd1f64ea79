// HTTP of the set-up's last touch and of the demo shop.
import { routes } from "@yingda/contract";
import { requirePermission } from "../accounts/index.ts";
import { type HttpApp, register } from "../platform/http/index.ts";
import { dressShop } from "./dress-shop.ts";
import { removeDemo } from "./remove-demo.ts";
import { seedDemo } from "./seed-demo.ts";

export function demoRoutes(app: HttpApp): void {
  register(app, routes.dressShop, (ctx) => dressShop(ctx));
  register(app, routes.startDemo, async (ctx) => {
    requirePermission(ctx, "settings-write");
    await seedDemo(ctx);
  });
  register(app, routes.removeDemo, async (ctx) => {
    requirePermission(ctx, "settings-write");
    await removeDemo(ctx);
  });
}
