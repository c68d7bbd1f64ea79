// A value to take away (a link, a key, a script line): readable in full, one button to copy, says that it was copied.
import { useTranslation } from "react-i18next";
import { Button } from "./Button.tsx";
import { Icon } from "./Icon.tsx";
import { showToast } from "./toast.ts";

/** Copies text; works on plain-http LAN addresses, too, where navigator.clipboard does not exist. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.style.position = "fixed";
    area.style.opacity = "0";
    document.body.append(area);
    area.select();
    const isCopied = document.execCommand("copy");
    area.remove();
    return isCopied;
  }
}

/** A function that copies and says so. */
export function useCopy(): (text: string) => Promise<void> {
  const { t } = useTranslation();
  return async (text) => {
    if (await copyText(text)) showToast("success", t("common.copied"));
    else showToast("warning", t("common.copyFailed"));
  };
}

export function CopyField({
  value,
  label,
  isLong = false,
}: {
  value: string;
  label: string;
  isLong?: boolean;
}) {
  const { t } = useTranslation();
  const copy = useCopy();
  return (
    <div className={isLong ? "copy-field copy-field-long" : "copy-field"}>
      <code title={value}>{value}</code>
      <Button
        icon={<Icon name="copy" size={16} />}
        onClick={() => void copy(value)}
        aria-label={`${t("common.copy")} ${label}`}
      >
        {t("common.copy")}
      </Button>
    </div>
  );
}
