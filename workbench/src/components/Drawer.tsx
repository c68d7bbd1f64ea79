// A drawer from the side (desk) or from below (phone). Use it through SideDrawer of lazy-antd.tsx.
import { Drawer as AntdDrawer } from "antd";
import type { SideDrawerProps } from "./lazy-antd.tsx";
import { useIsPhone } from "./use-media.ts";

export default function Drawer({ isOpen, title, onClose, width, children }: SideDrawerProps) {
  const isPhone = useIsPhone();
  return (
    <AntdDrawer
      open={isOpen}
      onClose={onClose}
      title={title}
      placement={isPhone ? "bottom" : "right"}
      size={isPhone ? "88dvh" : width}
    >
      {children}
    </AntdDrawer>
  );
}
