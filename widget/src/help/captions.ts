// Words over a shop's film, which comes without captions of its own: what stands beside it, for whoever cannot hear it.
import { useEffect, useState } from "preact/hooks";

/** Address of a track with these words over the whole film; undefined until it is made. */
export function useCaptions(text: string): string | undefined {
  const [src, setSrc] = useState<string | undefined>();
  useEffect(() => {
    const cue = text.replaceAll("-->", "→").replace(/\s*\n\s*/g, " ");
    const words = new Blob([`WEBVTT\n\n00:00.000 --> 99:00:00.000\n${cue}\n`], { type: "text/vtt" });
    const made = URL.createObjectURL(words);
    setSrc(made);
    return () => URL.revokeObjectURL(made);
  }, [text]);
  return src;
}
