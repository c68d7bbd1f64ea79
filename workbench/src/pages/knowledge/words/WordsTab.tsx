// The words of the shop: what customers say that concerns a person, what the bot never says or promises, synonyms. Each
// change is saved at once; a removal can be taken back.
import { type SensitiveWord, wordBounds } from "@yingda/contract";
import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Section } from "../../../components/Page.tsx";
import { ErrorState, RowSkeletons } from "../../../components/states.tsx";
import type { TabProps } from "../tab.tsx";
import { readGroups, readWords } from "./read-lines.ts";
import { type Saving, useSaving, useWords } from "./use-words.ts";
import { WordAdder } from "./WordAdder.tsx";
import { WordTags } from "./WordTags.tsx";
import "./words.css";

type ListProps<T> = { words: readonly T[]; canWrite: boolean; saving: Saving };

/** `one` again at its place, unless somebody has put it there. */
function putBack<T>(list: readonly T[], at: number, one: T, isOne: (other: T) => boolean): T[] {
  return list.some(isOne) ? [...list] : list.toSpliced(at, 0, one);
}

export function WordsTab({ canWrite }: TabProps) {
  const words = useWords();
  const saving = useSaving();
  if (words.isPending) return <RowSkeletons count={4} />;
  if (words.error) return <ErrorState error={words.error} onRetry={words.refetch} />;
  const shared = { canWrite, saving };
  const { sensitive, neverSay, promises, synonyms } = words.data;
  return (
    <>
      <SensitiveWords words={sensitive} {...shared} />
      <PlainWords list="neverSay" words={neverSay} {...shared} />
      <PlainWords list="promises" words={promises} {...shared} />
      <Synonyms words={synonyms} {...shared} />
    </>
  );
}

function SensitiveWords({ words, canWrite, saving }: ListProps<SensitiveWord>) {
  const { t } = useTranslation();
  const [does, setDoes] = useState<SensitiveWord["does"]>("alert");
  const known = words.map(({ word }) => word);
  const options = (["alert", "note"] as const).map((value) => ({
    value,
    label: t(`knowledge.words.does.${value}`),
  }));
  const remove = (one: SensitiveWord) => {
    const at = words.indexOf(one);
    return saving.remove(
      one.word,
      (now) => ({ ...now, sensitive: now.sensitive.filter(({ word }) => word !== one.word) }),
      (now) => ({ ...now, sensitive: putBack(now.sensitive, at, one, ({ word }) => word === one.word) }),
    );
  };
  return (
    <Section title={t("knowledge.words.sensitive.title")} lead={t("knowledge.words.sensitive.lead")}>
      {canWrite ? (
        <WordAdder
          label={t("knowledge.words.sensitive.add")}
          example={t("knowledge.words.sensitive.example")}
          read={(text) => readWords(text, known, wordBounds.sensitive)}
          onAdd={(added) =>
            saving.save((now) => ({
              ...now,
              sensitive: [...now.sensitive, ...added.map((word) => ({ word, does }))],
            }))
          }
        >
          <Select
            className="words-does"
            aria-label={t("knowledge.words.does.label")}
            value={does}
            options={options}
            onChange={setDoes}
          />
        </WordAdder>
      ) : null}
      {options.map(({ value, label }) => {
        const some = words.filter((one) => one.does === value);
        return (
          <div key={value}>
            <h3>{label}</h3>
            <WordTags
              names={some.map(({ word }) => word)}
              canWrite={canWrite}
              isBusy={saving.isBusy}
              onRemove={(at) => some[at] && void remove(some[at])}
            />
          </div>
        );
      })}
    </Section>
  );
}

function PlainWords({
  list,
  words,
  canWrite,
  saving,
}: ListProps<string> & { list: "neverSay" | "promises" }) {
  const { t } = useTranslation();
  const remove = (at: number) => {
    const name = words[at] ?? "";
    return saving.remove(
      name,
      (now) => ({ ...now, [list]: now[list].filter((word) => word !== name) }),
      (now) => ({ ...now, [list]: putBack(now[list], at, name, (word) => word === name) }),
    );
  };
  return (
    <Section title={t(`knowledge.words.${list}.title`)} lead={t(`knowledge.words.${list}.lead`)}>
      {canWrite ? (
        <WordAdder
          label={t(`knowledge.words.${list}.add`)}
          example={t(`knowledge.words.${list}.example`)}
          read={(text) => readWords(text, words, wordBounds[list])}
          onAdd={(added) => saving.save((now) => ({ ...now, [list]: [...now[list], ...added] }))}
        />
      ) : null}
      <WordTags names={words} canWrite={canWrite} isBusy={saving.isBusy} onRemove={(at) => void remove(at)} />
    </Section>
  );
}

function Synonyms({ words: groups, canWrite, saving }: ListProps<string[]>) {
  const { t } = useTranslation();
  const names = groups.map((group) => group.join(t("knowledge.words.comma")));
  const isSame = (group: string[]) => (other: string[]) => String(other) === String(group);
  const remove = (at: number) => {
    const group = groups[at] ?? [];
    const is = isSame(group);
    return saving.remove(
      names[at] ?? "",
      (now) => ({ ...now, synonyms: now.synonyms.filter((other) => !is(other)) }),
      (now) => ({ ...now, synonyms: putBack(now.synonyms, at, group, is) }),
    );
  };
  return (
    <Section title={t("knowledge.words.synonyms.title")} lead={t("knowledge.words.synonyms.lead")}>
      {canWrite ? (
        <WordAdder
          label={t("knowledge.words.synonyms.add")}
          example={t("knowledge.words.synonyms.example")}
          read={(text) => readGroups(text, groups, wordBounds.groups)}
          onAdd={(added) => saving.save((now) => ({ ...now, synonyms: [...now.synonyms, ...added] }))}
        />
      ) : null}
      <WordTags names={names} canWrite={canWrite} isBusy={saving.isBusy} onRemove={(at) => void remove(at)} />
    </Section>
  );
}
