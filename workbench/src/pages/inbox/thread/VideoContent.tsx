/**
 * A film in a thread: a player, and the file below it for whoever wants to keep it. Only the film's head is loaded until somebody
 * starts it. Its link lives some minutes: where it ended meanwhile, the film goes on from there with a new one. What this browser
 * cannot play stays a file.
 */
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { boxFor, FileContent, type Media, useMediaLink } from "./MediaContent.tsx";

/** A link that fails younger than this is not too old: the film itself cannot be played. */
const brokenWithinMs = 60_000;
/** Wide film, until its own shape is known. */
const usualShape = { width: 1_280, height: 720 };

export function VideoContent({ media }: { media: Media }) {
  const { t } = useTranslation();
  const link = useMediaLink(media.mediaId, "full");
  const [shape, setShape] = useState(usualShape);
  const [isBroken, setBroken] = useState(false);
  const at = useRef(0);
  const wasPlaying = useRef(false);

  const goOn = (video: HTMLVideoElement) => {
    setShape({ width: video.videoWidth, height: video.videoHeight });
    if (at.current > 0) video.currentTime = at.current;
    if (wasPlaying.current) void video.play();
    wasPlaying.current = false;
  };
  const fail = (video: HTMLVideoElement) => {
    if (Date.now() - link.dataUpdatedAt < brokenWithinMs) return setBroken(true);
    wasPlaying.current = !video.paused;
    const before = link.data?.url;
    // a link that is the same is loaded again by hand
    return void link.refetch().then(({ data }) => data?.url === before && video.load());
  };

  const isFile = isBroken || link.isLoadingError;
  return (
    <>
      {isFile ? null : (
        <video
          className="bubble-video"
          style={boxFor(shape.width, shape.height)}
          src={link.data?.url}
          aria-label={t("inbox.playVideo", { name: media.name })}
          controls
          preload="metadata"
          playsInline
          onLoadedMetadata={({ currentTarget }) => goOn(currentTarget)}
          onTimeUpdate={({ currentTarget }) => {
            at.current = currentTarget.currentTime;
          }}
          onError={({ currentTarget }) => fail(currentTarget)}
        >
          <track kind="captions" label={media.name} />
        </video>
      )}
      <FileContent media={media} />
    </>
  );
}
