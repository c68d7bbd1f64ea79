// Members: who serves, with which role and how many at once; invitations by link, also for demo agents.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import type { Member, Role } from "@yingda/contract";
import { Button, Drawer, Input, InputNumber, Modal, Select, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { Avatar } from "../../components/Avatar.tsx";
import { ConfirmWithUndo } from "../../components/ConfirmWithUndo.tsx";
import { CopyField } from "../../components/CopyField.tsx";
import { Field } from "../../components/Field.tsx";
import { Icon } from "../../components/Icon.tsx";
import { Page, Section } from "../../components/Page.tsx";
import { ErrorState, RowSkeletons } from "../../components/states.tsx";
import { TabStrip } from "../../components/TabStrip.tsx";
import { Time } from "../../components/Time.tsx";
import { useAct } from "../../components/use-act.ts";
import { queryKeys } from "../../live/queries.ts";
import { useMe } from "../../live/session.ts";
import { QueuesTab } from "./QueuesTab.tsx";
import "./members.css";

const roleNames: readonly Role[] = ["owner", "admin", "supervisor", "agent", "viewer"];

function RoleSelect({ id, value, onChange }: { id: string; value: Role; onChange: (role: Role) => void }) {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <Select
      id={id}
      value={value}
      onChange={onChange}
      style={{ inlineSize: "100%" }}
      options={roleNames
        .filter((role) => role !== "owner" || me.user.role === "owner")
        .map((role) => ({ value: role, label: `${t(`roles.${role}`)} · ${t(`members.roleHint.${role}`)}` }))}
    />
  );
}

const tabNames = ["members", "queues"] as const;
type TabName = (typeof tabNames)[number];

function useTab() {
  const navigate = useNavigate();
  const splat = (useParams({ strict: false }) as { _splat?: string })._splat;
  const tab = tabNames.find((name) => name === splat) ?? "members";
  const setTab = (next: TabName) =>
    void navigate({ to: next === "members" ? "/members" : `/members/${next}` });
  return { tab, setTab };
}

export default function MembersPage() {
  const { t } = useTranslation();
  const me = useMe();
  const members = useQuery({ queryKey: queryKeys.members, queryFn: () => call(routes.listMembers) });
  const [edited, setEdited] = useState<Member | null>(null);
  const [invited, setInvited] = useState<{ member: Member | null } | null>(null);
  const { tab, setTab } = useTab();
  return (
    <Page
      title={t("members.title")}
      lead={t("members.lead")}
      actions={
        <Button
          type="primary"
          icon={<Icon name="plus" size={16} />}
          onClick={() => setInvited({ member: null })}
        >
          {t("members.invite")}
        </Button>
      }
    >
      <TabStrip
        label={t("members.title")}
        tabs={tabNames.map((key) => ({ key, label: t(`queues.tabs.${key}`) }))}
        chosen={tab}
        controls="members-shown"
        onChoose={setTab}
      />
      <div id="members-shown">
        {tab === "queues" ? (
          members.isPending ? (
            <RowSkeletons count={3} />
          ) : members.error ? (
            <ErrorState error={members.error} onRetry={members.refetch} />
          ) : (
            <QueuesTab members={members.data} />
          )
        ) : (
          <Section>
            {members.isPending ? (
              <RowSkeletons count={3} />
            ) : members.error ? (
              <ErrorState error={members.error} onRetry={members.refetch} />
            ) : (
              <ul className="plain-list">
                {members.data.map((member) => (
                  <li key={member.id} className="step-line">
                    <Avatar name={member.name} />
                    <div>
                      <strong>{member.name}</strong> <Tag>{t(`roles.${member.role}`)}</Tag>
                      {member.id === me.user.id ? <Tag>{t("members.you")}</Tag> : null}
                      {member.isDemo ? <Tag>{t("members.demoTag")}</Tag> : null}
                      {member.hasTotp ? <Tag>{t("members.totp")}</Tag> : null}
                      {member.isActive ? null : <Tag color="error">{t("members.inactive")}</Tag>}
                      <div className="soft">
                        {member.isDemo ? (
                          t("members.demoHint")
                        ) : (
                          <>
                            {t(`presence.${member.presence}`)} · {t("members.capacity")} {member.openCount}/
                            {member.capacity} ·{" "}
                            {member.lastSeenAt ? (
                              <>
                                {t("members.lastSeen")} <Time at={member.lastSeenAt} />
                              </>
                            ) : (
                              t("members.never")
                            )}
                          </>
                        )}
                      </div>
                    </div>
                    <div className="row-line">
                      {member.isDemo ? (
                        <Button onClick={() => setInvited({ member })}>{t("members.giveLink")}</Button>
                      ) : (
                        <Button
                          onClick={() => setEdited(member)}
                          aria-label={`${t("common.edit")} ${member.name}`}
                        >
                          {t("common.edit")}
                        </Button>
                      )}
                    </div>
                  </li>
                ))}
              </ul>
            )}
          </Section>
        )}
      </div>
      <MemberDrawer key={edited?.id ?? "none"} member={edited} onClose={() => setEdited(null)} />
      <InviteDialog
        key={invited?.member?.id ?? String(invited !== null)}
        wish={invited}
        onClose={() => setInvited(null)}
      />
    </Page>
  );
}

function MemberDrawer({ member, onClose }: { member: Member | null; onClose: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const queries = useQueryClient();
  const act = useAct();
  const [name, setName] = useState(member?.name ?? "");
  const [role, setRole] = useState<Role>(member?.role ?? "agent");
  const [capacity, setCapacity] = useState(member?.capacity ?? 8);
  if (!member) return null;
  const change = async (body: { name?: string; role?: Role; capacity?: number; isActive?: boolean }) => {
    await call(routes.updateMember, { params: { id: member.id }, body });
    await queries.invalidateQueries({ queryKey: queryKeys.members });
  };
  const save = async () => {
    const body = { name: name.trim() || member.name, capacity, ...(role === member.role ? {} : { role }) };
    if (await act.run(() => change(body), t("members.saved"))) onClose();
  };
  return (
    <Drawer open title={t("members.edit", { name: member.name })} onClose={onClose} size={400}>
      <Field label={t("common.name")}>
        {(control) => (
          <Input {...control} maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      <Field label={t("members.role")}>
        {(control) => <RoleSelect id={control.id} value={role} onChange={setRole} />}
      </Field>
      <Field label={t("members.capacity")} hint={t("members.capacityHint")}>
        {(control) => (
          <InputNumber
            {...control}
            min={1}
            max={100}
            value={capacity}
            onChange={(next) => setCapacity(next ?? 1)}
          />
        )}
      </Field>
      <div className="spread">
        <Button type="primary" loading={act.isBusy} onClick={() => void save()}>
          {t("common.save")}
        </Button>
        {member.id === me.user.id ? null : member.isActive ? (
          <ConfirmWithUndo
            danger
            act={() => change({ isActive: false }).then(onClose)}
            undo={() => change({ isActive: true })}
            doneText={t("members.deactivated", { name: member.name })}
          >
            {t("members.deactivate")}
          </ConfirmWithUndo>
        ) : (
          <Button
            onClick={() => void act.run(() => change({ isActive: true }), t("members.saved")).then(onClose)}
          >
            {t("members.activate")}
          </Button>
        )}
      </div>
    </Drawer>
  );
}

function InviteDialog({ wish, onClose }: { wish: { member: Member | null } | null; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const act = useAct();
  const [name, setName] = useState(wish?.member?.name ?? "");
  const [role, setRole] = useState<Role>(wish?.member?.role ?? "agent");
  const [link, setLink] = useState<{ url: string; expiresAt: string } | null>(null);
  if (!wish) return null;
  const make = () =>
    act.run(async () => {
      const { member } = wish;
      setLink(
        await call(routes.invite, {
          body: { name: name.trim(), role, ...(member ? { userId: member.id } : {}) },
        }),
      );
    });
  return (
    <Modal
      open
      title={t("members.inviteTitle")}
      onCancel={onClose}
      onOk={link ? onClose : () => void make()}
      okText={link ? t("common.done") : t("members.inviteMake")}
      cancelText={t("common.cancel")}
      confirmLoading={act.isBusy}
    >
      {link ? (
        <>
          <p>
            {t("members.inviteHint", { date: new Date(link.expiresAt).toLocaleDateString(i18n.language) })}
          </p>
          <CopyField value={link.url} label={t("members.inviteLink")} isLong />
        </>
      ) : (
        <>
          <Field label={t("members.inviteName")}>
            {(control) => (
              <Input
                {...control}
                maxLength={60}
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <Field label={t("members.role")}>
            {(control) => <RoleSelect id={control.id} value={role} onChange={setRole} />}
          </Field>
        </>
      )}
    </Modal>
  );
}
