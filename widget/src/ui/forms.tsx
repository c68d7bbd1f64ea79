// The two small forms: leaving a message when nobody is there, and the rating.
import { useEffect, useRef, useState } from "preact/hooks";
import css from "../style/forms.css?inline";
import { useSurroundings } from "./context.ts";
import { Icon } from "./icons.tsx";

// a constructed sheet: it comes with this chunk, and the page's policy does not mind
const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

/** `known`: what was told before, in the middle of a flow. */
export function LeaveForm({ known, onDone }: { known: Record<string, string>; onDone(): void }) {
  const { t, chat, face } = useSurroundings();
  const [isWrong, setIsWrong] = useState(false);
  const text = useRef<HTMLTextAreaElement>(null);
  useEffect(() => text.current?.focus(), []); // the visitor asked for this form
  return (
    <form
      class="sheet"
      onSubmit={(event) => {
        event.preventDefault();
        const given = new FormData(event.currentTarget);
        const fields: Record<string, string> = {};
        for (const name of ["text", ...face.leaveMessageFields]) {
          const value = String(given.get(name) ?? "").trim();
          if (value) fields[name] = value;
        }
        if (!fields.text || !given.get("consent")) return setIsWrong(true);
        chat.leave(fields);
        onDone();
      }}
    >
      <h2>{t.leaveTitle}</h2>
      <label>
        {t.leaveText}
        <textarea
          name="text"
          rows={3}
          maxLength={face.maxTextLength}
          dir="auto"
          ref={text}
          defaultValue={known.text}
        />
      </label>
      {face.leaveMessageFields.includes("name") && (
        <label>
          {t.name}
          <input name="name" defaultValue={known.name} autocomplete="name" maxLength={100} />
        </label>
      )}
      {face.leaveMessageFields.includes("phone") && (
        <label>
          {t.phone}
          <input name="phone" defaultValue={known.phone} type="tel" autocomplete="tel" maxLength={40} />
        </label>
      )}
      {face.leaveMessageFields.includes("email") && (
        <label>
          {t.email}
          <input name="email" defaultValue={known.email} type="email" autocomplete="email" maxLength={200} />
        </label>
      )}
      <label class="check">
        <input name="consent" type="checkbox" /> {t.consent}
      </label>
      {isWrong && (
        <p class="failed" role="alert">
          {t.fillIn}
        </p>
      )}
      <div class="actions">
        <button type="submit" class="primary">
          {t.submit}
        </button>
        <button type="button" class="plain" onClick={onDone}>
          {t.cancel}
        </button>
      </div>
    </form>
  );
}

export function Rating({ onDone }: { onDone(): void }) {
  const { t, chat } = useSurroundings();
  const [score, setScore] = useState(0);
  const [comment, setComment] = useState("");
  return (
    <form
      class="sheet"
      onSubmit={(event) => {
        event.preventDefault();
        if (chat.rate(score, comment.trim())) onDone();
      }}
    >
      <fieldset>
        <legend>{t.rateTitle}</legend>
        <div class="stars">
          {[1, 2, 3, 4, 5].map((n) => (
            <label key={n}>
              <input
                type="radio"
                name="score"
                value={n}
                checked={score === n}
                onChange={() => setScore(n)}
                aria-label={t.stars(n)}
              />
              <Icon name="star" filled={n <= score} />
            </label>
          ))}
        </div>
        <p class="hint">{score ? t.stars(score) : ""}</p>
      </fieldset>
      <textarea
        rows={2}
        maxLength={1000}
        placeholder={t.rateComment}
        aria-label={t.rateComment}
        value={comment}
        onInput={(event) => setComment(event.currentTarget.value)}
      />
      <div class="actions">
        <button type="submit" class="primary" disabled={!score}>
          {t.rateSend}
        </button>
        <button type="button" class="plain" onClick={onDone}>
          {t.cancel}
        </button>
      </div>
    </form>
  );
}
