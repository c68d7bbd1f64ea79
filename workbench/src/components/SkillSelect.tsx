// Skills as tags, with those that somebody in the shop has as suggestions; the same skill in other letters counts once.
import { useQuery } from "@tanstack/react-query";
import { queueBounds, skillKey } from "@yingda/contract";
import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { call, routes } from "../api.ts";
import { queryKeys } from "../live/queries.ts";

type SkillProps = {
  control: { id: string; "aria-describedby"?: string };
  value: readonly string[];
  isReadOnly?: boolean;
  onChange: (skills: string[]) => void;
};

function useKnownSkills(): string[] {
  const skills = useQuery({
    queryKey: queryKeys.skills,
    queryFn: ({ signal }) => call(routes.listSkills, { signal }),
  });
  return tidySkills((skills.data ?? []).flatMap((member) => member.skills));
}

/** Each once, in the order in which they came, none longer than it may be. */
function tidySkills(words: readonly string[]): string[] {
  const cut = words.map((word) => [...word.trim()].slice(0, queueBounds.skill).join("").trim());
  return [...new Map(cut.filter((word) => word !== "").map((word) => [skillKey(word), word])).values()];
}

export function SkillSelect({ control, value, isReadOnly = false, onChange }: SkillProps) {
  const { t } = useTranslation();
  const known = useKnownSkills();
  return (
    <Select
      {...control}
      mode="tags"
      disabled={isReadOnly}
      placeholder={t("queues.skillsHint")}
      value={[...value]}
      maxCount={queueBounds.skills}
      tokenSeparators={[",", "，", "、"]}
      onChange={(next: string[]) => onChange(tidySkills(next))}
      options={known.map((word) => ({ value: word, label: word }))}
      style={{ inlineSize: "100%" }}
    />
  );
}
