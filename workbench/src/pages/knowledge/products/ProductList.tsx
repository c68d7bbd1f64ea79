// The shop's products: picture, models, how many fault codes and printed codes; away with a way back.
import { useQuery } from "@tanstack/react-query";
import type { ProductSummary } from "@yingda/contract";
import { Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { ConfirmWithUndo } from "../../../components/ConfirmWithUndo.tsx";
import { Icon } from "../../../components/Icon.tsx";
import { Section } from "../../../components/Page.tsx";
import { EmptyState, ErrorState, RowSkeletons } from "../../../components/states.tsx";
import { queryClient, queryKeys } from "../../../live/queries.ts";
import { Thumb } from "./Thumb.tsx";

type ListProps = {
  canWrite: boolean;
  onOpen: (id: ProductSummary["id"]) => void;
  onCodes: (product: ProductSummary) => void;
  onAdd: () => void;
};

export const refreshProducts = () => queryClient.invalidateQueries({ queryKey: queryKeys.products });

export function ProductList({ canWrite, onOpen, onCodes, onAdd }: ListProps) {
  const { t } = useTranslation();
  const products = useQuery({
    queryKey: queryKeys.products,
    queryFn: ({ signal }) => call(routes.listProducts, { signal }),
  });
  return (
    <Section>
      {products.isPending ? (
        <RowSkeletons count={3} />
      ) : products.error ? (
        <ErrorState error={products.error} onRetry={products.refetch} />
      ) : products.data.length === 0 ? (
        <EmptyState
          icon="list"
          title={t("knowledge.products.empty")}
          text={t("knowledge.products.emptyText")}
          action={
            canWrite ? (
              <Button type="primary" onClick={onAdd}>
                {t("knowledge.products.add")}
              </Button>
            ) : null
          }
        />
      ) : (
        <ul className="plain-list">
          {products.data.map((product) => (
            <ProductLine
              key={product.id}
              product={product}
              canWrite={canWrite}
              onOpen={() => onOpen(product.id)}
              onCodes={() => onCodes(product)}
            />
          ))}
        </ul>
      )}
    </Section>
  );
}

type LineProps = { product: ProductSummary; canWrite: boolean; onOpen: () => void; onCodes: () => void };

function ProductLine({ product, canWrite, onOpen, onCodes }: LineProps) {
  const { t } = useTranslation();
  const { id, name, models, faultCount, codeCount, isOn, picture } = product;
  const facts = [
    models.slice(0, 4).join(" · "),
    t("knowledge.products.faultCount", { count: faultCount }),
    codeCount > 0 ? t("knowledge.products.codeCount", { count: codeCount }) : "",
  ];
  return (
    <li className="step-line">
      <Thumb file={picture} size={48} />
      <div>
        <button type="button" className="list-button" onClick={onOpen}>
          <span className="knowledge-row-words">
            <strong>{name}</strong> {isOn ? null : <Tag>{t("knowledge.products.off")}</Tag>}
            <span className="soft">{facts.filter(Boolean).join(" · ")}</span>
          </span>
        </button>
      </div>
      <Button aria-label={`${t("knowledge.products.codes")} ${name}`} onClick={onCodes}>
        {t("knowledge.products.codes")}
      </Button>
      {canWrite ? (
        <ConfirmWithUndo
          type="text"
          icon={<Icon name="trash" size={16} />}
          aria-label={`${t("common.remove")} ${name}`}
          doneText={t("knowledge.products.deleted", { name })}
          act={() => call(routes.deleteProduct, { params: { id } }).then(refreshProducts)}
          undo={() => call(routes.restoreProduct, { params: { id } }).then(refreshProducts)}
        >
          {null}
        </ConfirmWithUndo>
      ) : null}
    </li>
  );
}
