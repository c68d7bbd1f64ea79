// The tables of the shop, and the editor of one.
import type { TableId } from "@yingda/contract";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../../components/Icon.tsx";
import { TabActions, type TabProps } from "../tab.tsx";
import { TableEditor } from "./TableEditor.tsx";
import { TableList } from "./TableList.tsx";

export function TablesTab({ canWrite }: TabProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<{ id: TableId | null } | null>(null);
  const add = () => setOpen({ id: null });
  return (
    <>
      {canWrite ? (
        <TabActions>
          <Button type="primary" icon={<Icon name="plus" size={16} />} onClick={add}>
            {t("knowledge.tables.add")}
          </Button>
        </TabActions>
      ) : null}
      <TableList canWrite={canWrite} onOpen={(id) => setOpen({ id })} onAdd={add} />
      {open ? <TableEditor id={open.id} canWrite={canWrite} onClose={() => setOpen(null)} /> : null}
    </>
  );
}
