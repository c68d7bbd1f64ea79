// One queue: its name, who serves it, how long somebody waits; made the default one; deleted, with what waits moved away.
import { useQueryClient } from "@tanstack/react-query";
import { type Member, type Queue, type QueueDraft, queueBounds } from "@yingda/contract";
import { Button, Drawer, Input, InputNumber, Radio, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { ConfirmDanger } from "../../components/ConfirmWithUndo.tsx";
import { Field } from "../../components/Field.tsx";
import { showToast } from "../../components/toast.ts";
import { useAct } from "../../components/use-act.ts";
import { queryKeys } from "../../live/queries.ts";

type DrawerProps = {
  /** Null: a new one. */
  queue: Queue | null;
  /** Name of the default queue. */
  fallback: string;
  members: readonly Member[];
  onClose: () => void;
};

const usualPatience = 60;

export function QueueDrawer({ queue, fallback, members, onClose }: DrawerProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const act = useAct();
  const [draft, setDraft] = useState<QueueDraft>({
    name: queue?.name ?? "",
    isForEveryone: queue?.isForEveryone ?? true,
    memberIds: queue?.memberIds ?? [],
    patienceSeconds: queue?.patienceSeconds ?? usualPatience,
  });
  const [isTried, setTried] = useState(false);
  const [isDeleting, setDeleting] = useState(false);
  const set = (change: Partial<QueueDraft>) => setDraft({ ...draft, ...change });
  const isNamed = draft.name.trim() !== "";
  const isServed = draft.isForEveryone || draft.memberIds.length > 0;
  const refresh = () => queries.invalidateQueries({ queryKey: queryKeys.queues });
  const save = async () => {
    setTried(true);
    if (!isNamed || !isServed) return;
    const body = { ...draft, name: draft.name.trim() };
    const isDone = await act.run(
      async () => {
        await (queue
          ? call(routes.updateQueue, { params: { id: queue.id }, body })
          : call(routes.createQueue, { body }));
        await refresh();
      },
      queue ? t("queues.saved") : t("queues.added", { name: body.name }),
    );
    if (isDone) onClose();
  };
  return (
    <Drawer
      open
      title={queue ? t("queues.editTitle") : t("queues.add")}
      onClose={onClose}
      size={420}
      footer={
        <Button type="primary" loading={act.isBusy} onClick={() => void save()}>
          {t("common.save")}
        </Button>
      }
    >
      <Field label={t("queues.name")} problem={isTried && !isNamed ? t("queues.nameNeeded") : null}>
        {(control) => (
          <Input
            {...control}
            maxLength={queueBounds.name}
            value={draft.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("queues.who")}>
        {(control) => (
          <Radio.Group
            {...control}
            aria-label={t("queues.who")}
            value={draft.isForEveryone}
            onChange={(event) => set({ isForEveryone: event.target.value === true })}
            options={[
              { value: true, label: t("queues.whoEveryone") },
              { value: false, label: t("queues.whoChosen") },
            ]}
          />
        )}
      </Field>
      {draft.isForEveryone ? null : (
        <Field label={t("queues.members")} problem={isTried && !isServed ? t("queues.membersNeeded") : null}>
          {(control) => (
            <Select
              {...control}
              mode="multiple"
              showSearch={{ optionFilterProp: "label" }}
              value={draft.memberIds}
              onChange={(memberIds: QueueDraft["memberIds"]) => set({ memberIds })}
              options={members.map(({ id, name }) => ({ value: id, label: name }))}
              style={{ inlineSize: "100%" }}
            />
          )}
        </Field>
      )}
      <Field label={t("queues.patience")} hint={t("queues.patienceHint")}>
        {(control) => (
          <InputNumber
            {...control}
            min={0}
            max={queueBounds.patienceSeconds}
            value={draft.patienceSeconds}
            onChange={(next) => set({ patienceSeconds: Math.round(next ?? usualPatience) })}
          />
        )}
      </Field>
      {queue === null ? null : queue.isDefault ? (
        <p className="soft">{t("queues.defaultStays")}</p>
      ) : (
        <div className="row-line">
          <Button
            disabled={act.isBusy}
            onClick={() =>
              void act.run(
                async () => {
                  await call(routes.updateQueue, { params: { id: queue.id }, body: { isDefault: true } });
                  await refresh();
                },
                t("queues.madeDefault", { name: queue.name }),
              )
            }
          >
            {t("queues.makeDefault")}
          </Button>
          <Button danger onClick={() => setDeleting(true)}>
            {t("queues.remove")}
          </Button>
        </div>
      )}
      {queue === null ? null : (
        <ConfirmDanger
          isOpen={isDeleting}
          title={t("queues.removeTitle", { name: queue.name })}
          word={null}
          actText={queue.waitingCount > 0 ? t("queues.removeMoveAct") : t("queues.removeAct")}
          onClose={() => setDeleting(false)}
          act={async () => {
            const query = { movesWaiting: queue.waitingCount > 0 ? "true" : "false" };
            await call(routes.deleteQueue, { params: { id: queue.id }, query }).finally(refresh);
            showToast("success", t("queues.removed", { name: queue.name }));
            onClose();
          }}
        >
          <p>
            {queue.waitingCount > 0
              ? t("queues.removeMoves", { count: queue.waitingCount, to: fallback })
              : t("queues.removeText", { to: fallback })}
          </p>
        </ConfirmDanger>
      )}
    </Drawer>
  );
}
