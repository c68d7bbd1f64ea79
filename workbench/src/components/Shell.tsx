// The signed-in frame: rail or bottom tabs, banners, the page.
import { Outlet } from "@tanstack/react-router";

export function Shell() {
  return <Outlet />;
}
