// A field for new words, one a line, so that a list can be pasted; says how many lines were no words.
import { Button, Input } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { showToast } from "../../../components/toast.ts";
import type { ReadLines } from "./read-lines.ts";

type Props<T> = {
  label: string;
  example: string;
  read: (text: string) => ReadLines<T>;
  /** False when it was refused; the text stays then. */
  onAdd: (added: T[]) => Promise<boolean>;
  children?: ReactNode;
};

export function WordAdder<T>({ label, example, read, onAdd, children }: Props<T>) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [isBusy, setBusy] = useState(false);
  const add = async () => {
    const { added, leftOut } = read(text);
    setBusy(true);
    const isKept = added.length === 0 || (await onAdd(added));
    setBusy(false);
    if (!isKept) return;
    if (leftOut > 0) showToast("warning", t("knowledge.words.leftOut", { count: leftOut }));
    if (added.length > 0) setText("");
  };
  return (
    <div className="words-adder">
      <Input.TextArea
        value={text}
        aria-label={label}
        placeholder={example}
        rows={2}
        onChange={(event) => setText(event.target.value)}
      />
      {children}
      <Button loading={isBusy} disabled={text.trim() === ""} onClick={() => void add()}>
        {t("common.add")}
      </Button>
    </div>
  );
}
