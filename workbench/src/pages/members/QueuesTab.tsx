// Queues with who serves them and how many wait, and below them what each member can do.
import { useQuery } from "@tanstack/react-query";
import type { Member, Queue } from "@yingda/contract";
import { Button, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { Icon } from "../../components/Icon.tsx";
import { Section } from "../../components/Page.tsx";
import { EmptyState, ErrorState, RowSkeletons } from "../../components/states.tsx";
import { queryKeys } from "../../live/queries.ts";
import { QueueDrawer } from "./QueueDrawer.tsx";
import { SkillsSection } from "./SkillsSection.tsx";

export function QueuesTab({ members }: { members: readonly Member[] }) {
  const { t } = useTranslation();
  const queues = useQuery({
    queryKey: queryKeys.queues,
    queryFn: ({ signal }) => call(routes.listQueues, { signal }),
  });
  const [edited, setEdited] = useState<Queue | "new" | null>(null);
  const serving = members.filter(({ isActive, role }) => isActive && role !== "viewer");
  const addButton = (
    <Button icon={<Icon name="plus" size={16} />} onClick={() => setEdited("new")}>
      {t("queues.add")}
    </Button>
  );
  const all = queues.data ?? [];
  return (
    <>
      <Section title={t("queues.title")} lead={t("queues.lead")} actions={addButton}>
        {queues.isPending ? (
          <RowSkeletons count={2} />
        ) : queues.error ? (
          <ErrorState error={queues.error} onRetry={queues.refetch} />
        ) : (
          <>
            <ul className="plain-list" aria-label={t("queues.title")}>
              {all.map((queue) => (
                <QueueRow key={queue.id} queue={queue} members={serving} onEdit={() => setEdited(queue)} />
              ))}
            </ul>
            {all.length === 1 ? (
              <EmptyState
                isSmall
                icon="members"
                title={t("queues.onlyDefault")}
                text={t("queues.onlyDefaultText")}
              />
            ) : null}
          </>
        )}
      </Section>
      <SkillsSection members={serving} />
      {edited === null ? null : (
        <QueueDrawer
          queue={edited === "new" ? null : (all.find(({ id }) => id === edited.id) ?? edited)}
          fallback={all.find(({ isDefault }) => isDefault)?.name ?? ""}
          members={serving}
          onClose={() => setEdited(null)}
        />
      )}
    </>
  );
}

function QueueRow({
  queue,
  members,
  onEdit,
}: {
  queue: Queue;
  members: readonly Member[];
  onEdit: () => void;
}) {
  const { t } = useTranslation();
  const names = members.filter(({ id }) => queue.memberIds.includes(id)).map(({ name }) => name);
  return (
    <li className="step-line">
      <div>
        <strong>{queue.name}</strong> {queue.isDefault ? <Tag>{t("queues.isDefault")}</Tag> : null}
        <div className="soft">
          {queue.isForEveryone
            ? t("queues.everyone")
            : t("queues.served", { count: names.length, names: names.join(t("common.listComma")) })}
          {" · "}
          {queue.waitingCount === 0
            ? t("queues.nobodyWaiting")
            : t("queues.waiting", { count: queue.waitingCount })}
        </div>
      </div>
      <div className="row-line">
        <Button onClick={onEdit} aria-label={`${t("common.edit")} ${queue.name}`}>
          {t("common.edit")}
        </Button>
      </div>
    </li>
  );
}
