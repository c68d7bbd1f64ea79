// Pictures and files of a message. Addresses are signed for five minutes and asked for when the thing is shown or opened.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { errorText } from "../../../components/error-text.ts";
import { Icon } from "../../../components/Icon.tsx";
import { lazyAntd } from "../../../components/lazy-antd.tsx";
import { showToast } from "../../../components/toast.ts";
import { bytesText } from "./bytes-text.ts";

const Lightbox = lazyAntd(() => import("./Lightbox.tsx"));

export type Media = {
  mediaId: string;
  name: string;
  type: string;
  sizeBytes: number;
  width?: number | undefined;
  height?: number | undefined;
};

/** Links live five minutes: ask again after four. */
const linkFreshMs = 4 * 60_000;

export function useMediaLink(mediaId: string, size: "full" | "thumb") {
  return useQuery({
    queryKey: ["media", mediaId, size],
    queryFn: ({ signal }) => call(routes.mediaLink, { params: { id: mediaId }, query: { size }, signal }),
    staleTime: linkFreshMs,
    gcTime: linkFreshMs,
    refetchOnWindowFocus: false,
  });
}

/** The room a picture will take, known before it loads, so that the thread does not jump. Largest 260 × 320. */
export function boxFor(
  width: number | undefined,
  height: number | undefined,
): { inlineSize: number; blockSize: number } {
  if (!width || !height) return { inlineSize: 200, blockSize: 150 };
  const scale = Math.min(1, 260 / width, 320 / height);
  return {
    inlineSize: Math.max(60, Math.round(width * scale)),
    blockSize: Math.max(44, Math.round(height * scale)),
  };
}

export function ImageContent({ media }: { media: Media }) {
  const { t } = useTranslation();
  const link = useMediaLink(media.mediaId, "thumb");
  const [isOpen, setOpen] = useState(false);
  const label = t("inbox.openImage", { name: media.name });
  return (
    <>
      <button
        type="button"
        className="plain bubble-image"
        style={boxFor(media.width, media.height)}
        aria-label={label}
        onClick={() => setOpen(true)}
      >
        {link.data ? (
          <img src={link.data.url} alt="" loading="lazy" decoding="async" />
        ) : (
          <Icon name={link.isError ? "warning" : "image"} size={26} />
        )}
      </button>
      {isOpen ? <Lightbox media={media} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

export function FileContent({ media }: { media: Media }) {
  const { t } = useTranslation();
  const open = async () => {
    try {
      const { url } = await call(routes.mediaLink, {
        params: { id: media.mediaId },
        query: { size: "full" },
      });
      const link = document.createElement("a");
      link.href = url;
      link.download = media.name;
      link.rel = "noopener";
      link.click();
    } catch (error) {
      showToast("error", errorText(error, t));
    }
  };
  return (
    <button type="button" className="plain bubble-file" onClick={() => void open()}>
      <span className="bubble-file-icon">
        <Icon name="file" size={20} />
      </span>
      <span className="bubble-file-words">
        <span className="ellipsis">{media.name}</span>
        <span className="soft number">{bytesText(media.sizeBytes)}</span>
      </span>
      <Icon name="download" size={17} />
      <span className="visually-hidden">{t("common.download")}</span>
    </button>
  );
}
