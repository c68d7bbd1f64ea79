// A button that uploads a picture or a document and hands back what the media store made of it.
import { type ProductFile, productVideoTypes } from "@yingda/contract";
import { Button } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { routes, upload } from "../../../api.ts";
import { errorText } from "../../../components/error-text.ts";
import { Icon } from "../../../components/Icon.tsx";

export type FilePickProps = {
  label: string;
  /** Also to be read by a screen reader where the label alone does not say for what. */
  name?: string;
  accept: string;
  /** A video may be larger than what a message carries. */
  isVideo?: boolean;
  onPicked: (file: ProductFile) => void;
};

export const videoTypes = productVideoTypes.join(",");
export const pictureTypes = "image/png,image/jpeg,image/webp,image/gif";

export function FilePick({ label, name = label, accept, isVideo = false, onPicked }: FilePickProps) {
  const { t } = useTranslation();
  const picker = useRef<HTMLInputElement>(null);
  /** What was typed beside it while the file was on its way stays: the file goes to the form as it is then. */
  const latest = useRef(onPicked);
  useEffect(() => {
    latest.current = onPicked;
  });
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const send = async (chosen: File) => {
    setBusy(true);
    setProblem(null);
    try {
      const {
        mediaId,
        name: called,
        type,
        sizeBytes,
        width,
        height,
      } = await upload(isVideo ? routes.uploadProductVideo : routes.uploadMedia, chosen);
      const size = width === undefined || height === undefined ? {} : { width, height };
      latest.current({ mediaId, name: called, type, sizeBytes, ...size });
    } catch (error) {
      setProblem(errorText(error, t));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <input
        ref={picker}
        type="file"
        hidden
        aria-label={name}
        accept={accept}
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          event.target.value = "";
          if (chosen) void send(chosen);
        }}
      />
      <Button
        size="small"
        icon={<Icon name="upload" size={14} />}
        aria-label={name}
        loading={isBusy}
        onClick={() => picker.current?.click()}
      >
        {label}
      </Button>
      {problem ? (
        <span className="problem" role="alert">
          {problem}
        </span>
      ) : null}
    </>
  );
}
