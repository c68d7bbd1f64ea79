// What each member can do, as tags; a change is kept at once.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Member, MemberSkills } from "@yingda/contract";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { Avatar } from "../../components/Avatar.tsx";
import { Field } from "../../components/Field.tsx";
import { Section } from "../../components/Page.tsx";
import { SkillSelect } from "../../components/SkillSelect.tsx";
import { ErrorState, RowSkeletons } from "../../components/states.tsx";
import { useAct } from "../../components/use-act.ts";
import { queryKeys } from "../../live/queries.ts";

export function SkillsSection({ members }: { members: readonly Member[] }) {
  const { t } = useTranslation();
  const skills = useQuery({
    queryKey: queryKeys.skills,
    queryFn: ({ signal }) => call(routes.listSkills, { signal }),
  });
  return (
    <Section title={t("queues.skills")} lead={t("queues.skillsLead")}>
      {skills.isPending ? (
        <RowSkeletons count={3} />
      ) : skills.error ? (
        <ErrorState error={skills.error} onRetry={skills.refetch} />
      ) : (
        <ul className="plain-list" aria-label={t("queues.skills")}>
          {members.map((member) => (
            <SkillsRow
              key={member.id}
              member={member}
              skills={skills.data.find(({ userId }) => userId === member.id)?.skills ?? []}
            />
          ))}
        </ul>
      )}
    </Section>
  );
}

function SkillsRow({ member, skills }: { member: Member; skills: readonly string[] }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const act = useAct();
  const save = (next: string[]) =>
    act.run(
      async () => {
        const before = queries.getQueryData<MemberSkills[]>(queryKeys.skills) ?? [];
        const others = before.filter(({ userId }) => userId !== member.id);
        queries.setQueryData(queryKeys.skills, [...others, { userId: member.id, skills: next }]);
        await call(routes.setSkills, { params: { id: member.id }, body: { skills: next } }).finally(() =>
          queries.invalidateQueries({ queryKey: queryKeys.skills }),
        );
      },
      t("queues.skillsSaved", { name: member.name }),
    );
  return (
    <li className="step-line">
      <Avatar name={member.name} />
      <div>
        <Field label={t("queues.skillsOf", { name: member.name })}>
          {(control) => <SkillSelect control={control} value={skills} onChange={(next) => void save(next)} />}
        </Field>
      </div>
    </li>
  );
}
