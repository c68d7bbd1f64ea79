// The policies of the shop: what each decides, on or off, away with a way back; and those to begin with.
import { useQuery } from "@tanstack/react-query";
import type { PolicySource, ShopPolicy } from "@yingda/contract";
import { Button, Drawer, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { ConfirmWithUndo } from "../../../components/ConfirmWithUndo.tsx";
import { Icon } from "../../../components/Icon.tsx";
import { Section } from "../../../components/Page.tsx";
import { EmptyState, ErrorState, RowSkeletons } from "../../../components/states.tsx";
import { useAct } from "../../../components/use-act.ts";
import { queryClient, queryKeys } from "../../../live/queries.ts";
import { TabActions, type TabProps } from "../tab.tsx";
import { PolicyEditor } from "./PolicyEditor.tsx";
import { useLanguage } from "./use-language.ts";

export const refreshPolicies = () => queryClient.invalidateQueries({ queryKey: queryKeys.policies });

/** A kept policy, or the beginning of a new one. */
type Open = { policy: ShopPolicy | null; source: PolicySource; yaml: string };

export function PoliciesTab({ canWrite }: TabProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Open | null>(null);
  const [isChoosing, setChoosing] = useState(false);
  const language = useLanguage();
  const list = useQuery({
    queryKey: queryKeys.policies,
    queryFn: ({ signal }) => call(routes.listPolicies, { signal }),
  });
  const add = (
    <Button type="primary" icon={<Icon name="plus" size={16} />} onClick={() => setChoosing(true)}>
      {t("knowledge.policies.add")}
    </Button>
  );
  const taken = new Set(list.data?.policies.map(({ key }) => key));
  return (
    <>
      {canWrite ? <TabActions>{add}</TabActions> : null}
      <Section>
        {list.isPending ? (
          <RowSkeletons count={3} />
        ) : list.error ? (
          <ErrorState error={list.error} onRetry={list.refetch} />
        ) : list.data.policies.length === 0 ? (
          <EmptyState
            icon="list"
            title={t("knowledge.policies.empty")}
            text={t("knowledge.policies.emptyText")}
            action={canWrite ? add : null}
          />
        ) : (
          <ul className="plain-list">
            {list.data.policies.map((policy) => (
              <PolicyLine
                key={policy.id}
                policy={policy}
                canWrite={canWrite}
                onOpen={() => setOpen({ policy, source: policy.source, yaml: policy.yaml })}
              />
            ))}
          </ul>
        )}
      </Section>
      <Drawer
        open={isChoosing}
        title={t("knowledge.policies.choose")}
        size={480}
        onClose={() => setChoosing(false)}
      >
        <p className="soft">{t("knowledge.policies.chooseText")}</p>
        <ul className="plain-list">
          {list.data?.shipped.map(({ key, source, yaml }) => (
            <li className="step-line" key={key}>
              <div>
                <strong>{source.name[language]}</strong>
                <div className="soft">{source.decides[language]}</div>
              </div>
              <Button
                disabled={taken.has(key)}
                onClick={() => {
                  setChoosing(false);
                  setOpen({ policy: null, source, yaml });
                }}
              >
                {t(taken.has(key) ? "knowledge.policies.taken" : "common.add")}
              </Button>
            </li>
          ))}
        </ul>
      </Drawer>
      {open ? (
        <PolicyEditor
          key={open.policy?.id ?? "new"}
          {...open}
          canWrite={canWrite}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </>
  );
}

type LineProps = { policy: ShopPolicy; canWrite: boolean; onOpen: () => void };

function PolicyLine({ policy, canWrite, onOpen }: LineProps) {
  const { t } = useTranslation();
  const act = useAct();
  const language = useLanguage();
  const { id, source, isOn, version } = policy;
  const name = source.name[language];
  const setOn = (next: boolean) =>
    act.run(async () => {
      await call(routes.updatePolicy, { params: { id }, body: { source, version, isOn: next } });
      await refreshPolicies();
    });
  return (
    <li className="step-line">
      <div>
        <button type="button" className="list-button" onClick={onOpen}>
          <span className="knowledge-row-words">
            <strong>{name}</strong>{" "}
            <span className="soft">
              {source.decides[language]} · {t("knowledge.policies.ruleCount", { count: source.rules.length })}
            </span>
          </span>
        </button>
      </div>
      <Switch
        checked={isOn}
        disabled={!canWrite}
        loading={act.isBusy}
        aria-label={t("knowledge.policies.switch", { name })}
        onChange={(next) => void setOn(next)}
      />
      {canWrite ? (
        <ConfirmWithUndo
          type="text"
          icon={<Icon name="trash" size={16} />}
          aria-label={`${t("common.remove")} ${name}`}
          doneText={t("knowledge.policies.deleted", { name })}
          act={() => call(routes.deletePolicy, { params: { id } }).then(refreshPolicies)}
          undo={() => call(routes.restorePolicy, { params: { id } }).then(refreshPolicies)}
        >
          {null}
        </ConfirmWithUndo>
      ) : null}
    </li>
  );
}
