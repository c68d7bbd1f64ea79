// Choices of this device: appearance, language, keys, sounds, notifications.
import { Button, Radio, Slider, Switch } from "antd";
import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { locales } from "../../i18n/index.ts";
import { setPreferences, usePreferences } from "../../live/preferences.ts";
import { playTone, unblockSound, useIsSoundBlocked } from "../../live/sounds.ts";
import { appearances, chooseLanguage } from "../shell/use-appearance.ts";

const appearanceWords = { system: "me.themeSystem", light: "me.themeLight", dark: "me.themeDark" } as const;

function Row({
  label,
  hint,
  children,
  id,
}: {
  label: string;
  hint?: ReactNode;
  children: ReactNode;
  id: string;
}) {
  return (
    <div className="pref">
      <div className="pref-words">
        <span id={id}>{label}</span>
        {hint ? <span className="soft pref-hint">{hint}</span> : null}
      </div>
      {children}
    </div>
  );
}

export function Preferences() {
  const { t, i18n } = useTranslation();
  const preferences = usePreferences();
  const id = useId();
  return (
    <>
      <Row id={`${id}-theme`} label={t("me.theme")}>
        <Radio.Group
          aria-labelledby={`${id}-theme`}
          value={preferences.appearance}
          onChange={(event) => setPreferences({ appearance: event.target.value })}
          options={appearances.map((name) => ({ value: name, label: t(appearanceWords[name]) }))}
        />
      </Row>
      <Row id={`${id}-language`} label={t("common.language")}>
        <Radio.Group
          aria-labelledby={`${id}-language`}
          value={i18n.language}
          onChange={(event) => void chooseLanguage(String(event.target.value))}
          options={locales.map((entry) => ({ value: entry.code, label: entry.name }))}
        />
      </Row>
      <Row id={`${id}-send`} label={t("me.sendKey")}>
        <Radio.Group
          aria-labelledby={`${id}-send`}
          value={preferences.sendKey}
          onChange={(event) => setPreferences({ sendKey: event.target.value })}
          options={[
            { value: "enter", label: t("me.sendEnter") },
            { value: "ctrl-enter", label: t("me.sendCtrlEnter") },
          ]}
        />
      </Row>
      <Row id={`${id}-keys`} label={t("me.shortcuts")} hint={t("me.shortcutsHint")}>
        <Switch
          aria-labelledby={`${id}-keys`}
          checked={preferences.hasSingleKeys}
          onChange={(hasSingleKeys) => setPreferences({ hasSingleKeys })}
        />
      </Row>
      <SoundRows id={id} />
      <NotifyRow id={id} />
    </>
  );
}

function SoundRows({ id }: { id: string }) {
  const { t } = useTranslation();
  const { isSoundOn, volume, quietFromMinute, quietToMinute } = usePreferences();
  const isBlocked = useIsSoundBlocked();
  return (
    <>
      <Row id={`${id}-sound`} label={t("me.sound")} hint={t("me.soundHint")}>
        <Switch
          aria-labelledby={`${id}-sound`}
          checked={isSoundOn}
          onChange={(on) => setPreferences({ isSoundOn: on })}
        />
      </Row>
      {isSoundOn ? (
        <div className="pref-sub">
          <Row id={`${id}-volume`} label={t("me.volume")}>
            <Slider
              className="pref-slider"
              ariaLabelledByForHandle={`${id}-volume`}
              min={0.1}
              max={1}
              step={0.1}
              value={volume}
              tooltip={{ open: false }}
              onChange={(value) => setPreferences({ volume: value })}
            />
          </Row>
          <div className="form-row">
            <Button size="small" onClick={() => void playTone("new-conversation", volume)}>
              {t("me.testNew")}
            </Button>
            <Button size="small" onClick={() => void playTone("new-message", volume)}>
              {t("me.testMessage")}
            </Button>
            {isBlocked ? (
              <Button size="small" type="link" onClick={() => void unblockSound(volume)}>
                {t("me.soundBlocked")}
              </Button>
            ) : null}
          </div>
          <Row id={`${id}-quiet`} label={t("me.quiet")} hint={t("me.quietHint")}>
            <span className="form-row">
              <MinuteField
                label={t("me.quietFrom")}
                minute={quietFromMinute}
                onMinute={(minute) => setPreferences({ quietFromMinute: minute })}
              />
              <MinuteField
                label={t("me.quietTo")}
                minute={quietToMinute}
                onMinute={(minute) => setPreferences({ quietToMinute: minute })}
              />
            </span>
          </Row>
        </div>
      ) : null}
    </>
  );
}

/** A time of day as the browser's own field; kept as minutes from midnight. */
function MinuteField({
  label,
  minute,
  onMinute,
}: {
  label: string;
  minute: number;
  onMinute: (minute: number) => void;
}) {
  const two = (value: number) => String(value).padStart(2, "0");
  return (
    <input
      type="time"
      className="native-field"
      aria-label={label}
      value={`${two(Math.floor(minute / 60))}:${two(minute % 60)}`}
      onChange={(event) => {
        const [hours = 0, minutes = 0] = event.target.value.split(":").map(Number);
        if (Number.isFinite(hours + minutes)) onMinute(hours * 60 + minutes);
      }}
    />
  );
}

type Permission = NotificationPermission | "unsupported";

function permissionNow(): Permission {
  return typeof Notification === "undefined" ? "unsupported" : Notification.permission;
}

/** The browser is only asked after a click on a button that said what will happen. */
function NotifyRow({ id }: { id: string }) {
  const { t } = useTranslation();
  const { isNotifyOn } = usePreferences();
  const [permission, setPermission] = useState<Permission>(permissionNow);
  const ask = async () => {
    const answer = await Notification.requestPermission();
    setPermission(answer);
    setPreferences({ isNotifyOn: answer === "granted" });
  };
  const hints: Record<Permission, string> = {
    default: t("me.notifyWhy"),
    granted: t("me.notifyWhy"),
    denied: t("me.notifyDenied"),
    unsupported: t("me.notifyUnsupported"),
  };
  return (
    <Row id={`${id}-notify`} label={t("me.notify")} hint={hints[permission]}>
      {permission === "default" ? <Button onClick={() => void ask()}>{t("me.notifyAllow")}</Button> : null}
      {permission === "granted" ? (
        <Switch
          aria-labelledby={`${id}-notify`}
          checked={isNotifyOn}
          onChange={(on) => setPreferences({ isNotifyOn: on })}
        />
      ) : null}
    </Row>
  );
}
