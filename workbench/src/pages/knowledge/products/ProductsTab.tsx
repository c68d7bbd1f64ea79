// The products of the shop, the editor of one, its codes, and the way in and out as a sheet.
import type { ProductId, ProductSummary } from "@yingda/contract";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { download, routes } from "../../../api.ts";
import { Icon } from "../../../components/Icon.tsx";
import { useAct } from "../../../components/use-act.ts";
import { TabActions, type TabProps } from "../tab.tsx";
import { CodesDialog } from "./CodesDialog.tsx";
import { ProductEditor } from "./ProductEditor.tsx";
import { ProductImportDialog } from "./ProductImportDialog.tsx";
import { ProductList } from "./ProductList.tsx";
import "./products.css";

export function ProductsTab({ canWrite }: TabProps) {
  const { t } = useTranslation();
  const act = useAct();
  const [open, setOpen] = useState<{ id: ProductId | null } | null>(null);
  const [coded, setCoded] = useState<ProductSummary | null>(null);
  const [isImporting, setImporting] = useState(false);
  const add = () => setOpen({ id: null });
  return (
    <>
      <TabActions>
        <Button
          icon={<Icon name="download" size={16} />}
          loading={act.isBusy}
          onClick={() => void act.run(() => download(routes.exportProducts, "products.xlsx"))}
        >
          {t("knowledge.products.export")}
        </Button>
        {canWrite ? (
          <>
            <Button icon={<Icon name="upload" size={16} />} onClick={() => setImporting(true)}>
              {t("knowledge.products.import")}
            </Button>
            <Button type="primary" icon={<Icon name="plus" size={16} />} onClick={add}>
              {t("knowledge.products.add")}
            </Button>
          </>
        ) : null}
      </TabActions>
      <ProductList canWrite={canWrite} onOpen={(id) => setOpen({ id })} onCodes={setCoded} onAdd={add} />
      {open ? <ProductEditor id={open.id} canWrite={canWrite} onClose={() => setOpen(null)} /> : null}
      {coded ? <CodesDialog product={coded} canWrite={canWrite} onClose={() => setCoded(null)} /> : null}
      {isImporting ? <ProductImportDialog onClose={() => setImporting(false)} /> : null}
    </>
  );
}
