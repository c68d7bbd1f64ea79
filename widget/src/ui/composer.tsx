// Where the visitor types: Enter sends (never while an input method is composing), files by button, paste and drop.
import { useEffect, useRef, useState } from "preact/hooks";
import { useLater, useSurroundings } from "./context.ts";
import { Icon } from "./icons.tsx";

interface Upload {
  id: number;
  file: File;
  share: number;
  code: string | null;
}

export function Composer({ onHuman, showHuman }: { onHuman(): void; showHuman: boolean }) {
  const { t, chat, face } = useSurroundings();
  const draftKey = `yingda-draft:${chat.key}`;
  const [text, setTextState] = useState(() => readDraft(draftKey));
  const [hasFaces, setHasFaces] = useState(false);
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const [isOver, setIsOver] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const faces = useLater(hasFaces, () => import("./faces.tsx"));
  const tooMany = [...text].length - face.maxTextLength;

  useEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.blockSize = "auto";
    element.style.blockSize = `${Math.min(element.scrollHeight, 120)}px`;
  }, [text]);
  useEffect(() => {
    const over = (event: DragEvent) => {
      event.preventDefault();
      setIsOver(event.type === "dragover");
      if (event.type === "drop") sendFiles(event.dataTransfer?.files);
    };
    for (const kind of ["dragover", "dragleave", "drop"] as const) addEventListener(kind, over);
    return () => {
      for (const kind of ["dragover", "dragleave", "drop"] as const) removeEventListener(kind, over);
    };
  });

  /** Kept with each letter: the next moment may be a reload. */
  function setText(next: string): void {
    writeDraft(draftKey, next);
    setTextState(next);
  }

  function send(): void {
    const line = text.trim();
    if (!line || tooMany > 0) return;
    chat.say(line);
    setText("");
    setHasFaces(false);
    area.current?.focus();
  }

  function sendFiles(files: FileList | null | undefined): void {
    for (const file of files ?? []) void send1(file);
  }

  async function send1(file: File, id = Math.random()): Promise<void> {
    const put = (change: Partial<Upload>) =>
      setUploads((all) => [
        ...all.filter((one) => one.id !== id),
        { id, file, share: 0, code: null, ...change },
      ]);
    if (file.size > face.maxFileBytes) return put({ code: "media/too-large" });
    put({});
    try {
      const { upload } = await import("../upload.ts");
      chat.sendMedia(await upload(chat.key, file, (share) => put({ share })));
      setUploads((all) => all.filter((one) => one.id !== id));
    } catch (error) {
      put({ code: error instanceof Error ? error.message : "unreachable" });
    }
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {isOver && <div class="drop">{t.drop}</div>}
      {uploads.map((one) => (
        <div key={one.id} class="upload" role="status">
          <span dir="auto">{one.file.name}</span>
          {one.code ? (
            <span class="failed">
              {one.code === "media/too-large"
                ? t.tooLarge(Math.floor(face.maxFileBytes / 1_048_576))
                : one.code === "media/type-refused"
                  ? t.refusedType
                  : t.uploadFailed}{" "}
              <button type="button" class="link" onClick={() => void send1(one.file, one.id)}>
                {t.retry}
              </button>
            </span>
          ) : (
            <progress max={1} value={one.share} />
          )}
          <button
            type="button"
            class="link"
            aria-label={`${t.remove} ${one.file.name}`}
            onClick={() => setUploads((all) => all.filter((other) => other !== one))}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      {hasFaces && faces && <faces.Faces onPick={(one) => setText(text + one)} />}
      <div class="line">
        <textarea
          ref={area}
          rows={1}
          dir="auto"
          value={text}
          placeholder={t.say}
          aria-label={t.say}
          aria-invalid={tooMany > 0}
          enterkeyhint="send"
          onInput={(event) => {
            setText(event.currentTarget.value);
            chat.type();
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
            event.preventDefault();
            send();
          }}
          onPaste={(event) => {
            if (!event.clipboardData?.files.length) return;
            event.preventDefault();
            sendFiles(event.clipboardData.files);
          }}
        />
        <button type="submit" class="send" disabled={!text.trim() || tooMany > 0} aria-label={t.send}>
          <Icon name="send" />
        </button>
      </div>
      {tooMany > 0 && (
        <p class="failed" role="alert">
          {t.tooLong(tooMany)}
        </p>
      )}
      <div class="tools">
        <button
          type="button"
          aria-label={t.emoji}
          aria-expanded={hasFaces}
          onClick={() => setHasFaces(!hasFaces)}
        >
          <Icon name="smile" />
        </button>
        <button type="button" aria-label={t.image} onClick={() => picker.current?.click()}>
          <Icon name="clip" />
        </button>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            sendFiles(event.currentTarget.files);
            event.currentTarget.value = "";
          }}
        />
        {showHuman && (
          <button type="button" class="human" onClick={onHuman}>
            <Icon name="person" />
            {t.human}
          </button>
        )}
      </div>
    </form>
  );
}

function readDraft(key: string): string {
  try {
    return sessionStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

function writeDraft(key: string, text: string): void {
  try {
    sessionStorage.setItem(key, text);
  } catch {
    // storage is forbidden: the draft lives as long as the page
  }
}
