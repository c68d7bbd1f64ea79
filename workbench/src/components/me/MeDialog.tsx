// One's own account in one dialog: preferences, profile, password and two-step sign-in, devices.
import { Modal } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { TabStrip } from "../TabStrip.tsx";
import { Preferences } from "./Preferences.tsx";
import { Profile } from "./Profile.tsx";
import { Security } from "./Security.tsx";
import { Sessions } from "./Sessions.tsx";
import "./me.css";

const parts = { preferences: Preferences, profile: Profile, security: Security, sessions: Sessions };
const names = ["preferences", "profile", "security", "sessions"] as const;

export default function MeDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState<(typeof names)[number]>("preferences");
  const id = useId();
  const Part = parts[name];
  return (
    <Modal open title={t("me.title")} footer={null} onCancel={onClose} width={640} style={{ top: 48 }}>
      <TabStrip
        label={t("me.title")}
        tabs={names.map((key) => ({ key, label: t(`me.${key}`) }))}
        chosen={name}
        controls={id}
        onChoose={setName}
      />
      <div id={id} role="tabpanel" aria-label={t(`me.${name}`)} className="me-part">
        <Part />
      </div>
    </Modal>
  );
}
