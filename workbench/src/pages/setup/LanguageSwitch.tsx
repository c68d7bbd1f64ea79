// Chinese or English before anything is known of the person; the browser's language was taken first.
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { changeLanguage } from "../../i18n/index.ts";
import { setPreferences } from "../../live/preferences.ts";

export function LanguageSwitch() {
  const { i18n } = useTranslation();
  const other = i18n.language === "en" ? "zh-CN" : "en";
  return (
    <Button
      type="text"
      lang={other}
      onClick={() => {
        setPreferences({ locale: other });
        void changeLanguage(other);
      }}
    >
      {other === "en" ? "English" : "中文"}
    </Button>
  );
}
