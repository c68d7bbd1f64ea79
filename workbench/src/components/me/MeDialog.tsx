// One's own account in one dialog: profile, password and two-step sign-in, devices, preferences.
import { Modal, Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { Preferences } from "./Preferences.tsx";
import { Profile } from "./Profile.tsx";
import { Security } from "./Security.tsx";
import { Sessions } from "./Sessions.tsx";
import "./me.css";

export default function MeDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const items = [
    { key: "preferences", label: t("me.preferences"), children: <Preferences /> },
    { key: "profile", label: t("me.profile"), children: <Profile /> },
    { key: "security", label: t("me.security"), children: <Security /> },
    { key: "sessions", label: t("me.sessions"), children: <Sessions /> },
  ];
  return (
    <Modal open title={t("me.title")} footer={null} onCancel={onClose} width={640} style={{ top: 48 }}>
      <Tabs items={items} />
    </Modal>
  );
}
