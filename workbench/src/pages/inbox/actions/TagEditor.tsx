// The tags of a conversation: chips that can be taken off, and a field that offers the tags in use.
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { Icon } from "../../../components/Icon.tsx";
import { queryKeys } from "../../../live/queries.ts";

export type TagEditorProps = {
  /** A click on a tag: show what else carries it. */
  onPick?: (tag: string) => void;
  tags: readonly string[];
  isReadOnly: boolean;
  onChange: (tags: string[]) => Promise<unknown>;
};

function useTags() {
  return useQuery({
    queryKey: queryKeys.tags,
    queryFn: ({ signal }) => call(routes.listTags, { signal }),
    staleTime: 60_000,
  });
}

export function TagEditor({ tags, isReadOnly, onChange, onPick }: TagEditorProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const listId = useId();
  const known = useTags().data ?? [];
  const add = (name: string) => {
    const tag = name.trim().slice(0, 40);
    setTyped("");
    if (tag !== "" && !tags.includes(tag)) void onChange([...tags, tag]);
  };
  return (
    <div className="tags">
      {tags.map((tag) => (
        <span key={tag} className="tag">
          {onPick ? (
            <button
              type="button"
              className="plain ellipsis"
              title={t("inbox.filteredByTag", { tag })}
              onClick={() => onPick(tag)}
            >
              {tag}
            </button>
          ) : (
            <span className="ellipsis">{tag}</span>
          )}
          {isReadOnly ? null : (
            <button
              type="button"
              className="plain tag-off"
              aria-label={t("inbox.removeTag", { tag })}
              onClick={() => void onChange(tags.filter((other) => other !== tag))}
            >
              <Icon name="close" size={12} />
            </button>
          )}
        </span>
      ))}
      {isReadOnly ? null : (
        <>
          <input
            className="tag-add"
            list={listId}
            value={typed}
            maxLength={40}
            placeholder={t("inbox.addTag")}
            aria-label={t("inbox.addTag")}
            onChange={(event) => {
              const { value } = event.target;
              // Choosing from the list arrives as one change to a known name.
              if (known.some((tag) => tag.name === value) && value.length > typed.length + 1) add(value);
              else setTyped(value);
            }}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
              event.preventDefault();
              add(typed);
            }}
            onBlur={() => add(typed)}
          />
          <datalist id={listId}>
            {known
              .filter((tag) => !tags.includes(tag.name))
              .map((tag) => (
                <option key={tag.name} value={tag.name} />
              ))}
          </datalist>
        </>
      )}
    </div>
  );
}
