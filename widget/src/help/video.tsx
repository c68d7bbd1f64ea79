// A film in the page: nothing of it is loaded before somebody starts it. Its address leads to a link that lives some minutes; where
// that ended while the film was running, it goes on from there with a new one.
import type { HelpVideo } from "@yingda/contract";
import { useRef } from "preact/hooks";
import { useCaptions } from "./captions.ts";

type VideoProps = { video: HelpVideo; name: string; text: string };

/** `text`: what it shows, in words. */
export function Video({ video, name, text }: VideoProps) {
  const from = useRef(0);
  const captions = useCaptions(text);
  return (
    <video
      class="film"
      src={video.src}
      aria-label={name}
      controls
      preload="none"
      playsInline
      onLoadedMetadata={({ currentTarget }) => {
        if (from.current > 0) currentTarget.currentTime = from.current;
      }}
      onError={({ currentTarget }) => {
        if (currentTarget.currentTime <= from.current) return;
        from.current = currentTarget.currentTime;
        currentTarget.load();
        void currentTarget.play();
      }}
    >
      <track kind="captions" src={captions} />
    </video>
  );
}
