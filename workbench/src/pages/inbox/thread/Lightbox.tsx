// One picture in full size over the page; Escape or a click beside it closes.
import { Button, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { saveBlob } from "../../../api.ts";
import { Icon } from "../../../components/Icon.tsx";
import { BlockSkeleton, ErrorState } from "../../../components/states.tsx";
import { type Media, useMediaLink } from "./MediaContent.tsx";

export default function Lightbox({ media, onClose }: { media: Media; onClose: () => void }) {
  const { t } = useTranslation();
  const link = useMediaLink(media.mediaId, "full");
  const save = async () => {
    if (link.data) saveBlob(await (await fetch(link.data.url)).blob(), media.name);
  };
  return (
    <Modal
      open
      onCancel={onClose}
      width="min(96vw, 1100px)"
      centered
      title={<span className="lightbox-title ellipsis">{media.name}</span>}
      className="lightbox"
      footer={
        <Button icon={<Icon name="download" />} onClick={() => void save()} disabled={!link.data}>
          {t("common.download")}
        </Button>
      }
    >
      {link.isPending ? <BlockSkeleton rows={8} /> : null}
      {link.isError ? <ErrorState error={link.error} onRetry={() => link.refetch()} /> : null}
      {link.data ? <img src={link.data.url} alt={media.name} /> : null}
    </Modal>
  );
}
