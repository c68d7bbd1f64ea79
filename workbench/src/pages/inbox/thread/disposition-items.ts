// The ways a conversation can end, as menu items.
import { type Disposition, dispositions } from "@yingda/contract";
import type { TFunction } from "i18next";
import type { MenuItem } from "../../../components/PopMenu.tsx";

export function dispositionItems(t: TFunction, resolve: (disposition: Disposition) => void): MenuItem[] {
  return dispositions.map((name) => ({
    kind: "item",
    key: `as-${name}`,
    label: t(`inbox.dispositions.${name}`),
    run: () => resolve(name),
  }));
}
