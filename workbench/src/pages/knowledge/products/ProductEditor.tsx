// One product: names, pictures, manual, warranty, the FAQs of its page, fault codes. Saved at once live; whoever closes it with
// changes is asked first.
import { useQuery } from "@tanstack/react-query";
import type { Product, ProductDraft, ProductId } from "@yingda/contract";
import { Button, Drawer, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { BlockSkeleton, ErrorState } from "../../../components/states.tsx";
import { useAct } from "../../../components/use-act.ts";
import { queryKeys } from "../../../live/queries.ts";
import { useLeave } from "../editor/LeaveDialog.tsx";
import { cleaned, draftOf, emptyProduct, unfinishedFault } from "./draft.ts";
import { FaultList } from "./FaultList.tsx";
import { ProductFields } from "./ProductFields.tsx";
import { refreshProducts } from "./ProductList.tsx";

/** `id` null: a new product. */
export type EditorProps = { id: ProductId | null; canWrite: boolean; onClose: () => void };

export function ProductEditor({ id, canWrite, onClose }: EditorProps) {
  const { t } = useTranslation();
  const [isChanged, setChanged] = useState(false);
  const leave = useLeave(isChanged, onClose);
  const product = useQuery({
    queryKey: [...queryKeys.products, id],
    queryFn: ({ signal }) => (id === null ? null : call(routes.getProduct, { params: { id }, signal })),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  return (
    <Drawer
      open
      title={id === null ? t("knowledge.products.add") : t("knowledge.products.edit")}
      size={760}
      mask={{ closable: false }}
      onClose={leave.close}
    >
      {product.isPending ? (
        <BlockSkeleton />
      ) : product.error ? (
        <ErrorState error={product.error} onRetry={product.refetch} />
      ) : (
        <ProductForm product={product.data} canWrite={canWrite} onChanged={setChanged} />
      )}
      {leave.dialog}
    </Drawer>
  );
}

type FormProps = {
  product: Product | null;
  canWrite: boolean;
  onChanged: (isChanged: boolean) => void;
};

function ProductForm({ product: opened, canWrite, onChanged }: FormProps) {
  const { t } = useTranslation();
  const act = useAct();
  const [saved, setSaved] = useState(opened);
  const [draft, setDraft] = useState<ProductDraft>(opened === null ? emptyProduct : draftOf(opened));
  const change = (changes: Partial<ProductDraft>) => {
    setDraft((before) => ({ ...before, ...changes }));
    onChanged(true);
  };
  const body = cleaned(draft);
  const save = () =>
    act.run(async () => {
      const now =
        saved === null
          ? await call(routes.createProduct, { body })
          : await call(routes.updateProduct, {
              params: { id: saved.id },
              body: { ...body, version: saved.version },
            });
      setSaved(now);
      setDraft(draftOf(now));
      onChanged(false);
      await refreshProducts();
    }, t("knowledge.products.saved"));
  return (
    <fieldset className="stack product-form" disabled={!canWrite}>
      <ProductFields draft={draft} onChange={change} />
      <FaultList faults={draft.faults} onChange={(faults) => change({ faults })} />
      <div className="row-line">
        <Switch
          aria-label={t("knowledge.products.isOn")}
          checked={draft.isOn}
          disabled={!canWrite}
          onChange={(isOn) => change({ isOn })}
        />
        {t("knowledge.products.isOn")}
      </div>
      {canWrite ? (
        <div className="row-line">
          <Button
            type="primary"
            loading={act.isBusy}
            disabled={body.name === "" || unfinishedFault(body) !== null}
            onClick={() => void save()}
          >
            {t("common.save")}
          </Button>
        </div>
      ) : null}
    </fieldset>
  );
}
