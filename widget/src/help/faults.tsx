// The fault-code box: what is typed is compared here; only what fits nothing ("报e四") is asked of the server.
import type { HelpFault, HelpFaultFound, HelpPage, HelpProduct } from "@yingda/contract";
import { useRef, useState } from "preact/hooks";
import { Answer } from "./answer.tsx";
import { codeKey } from "./search.ts";
import type { HelpTexts } from "./texts.ts";
import { Video } from "./video.tsx";

interface Props {
  product: HelpProduct;
  page: HelpPage;
  t: HelpTexts;
  onAsk(): void;
}
type Shown = { kind: "fault"; fault: HelpFault } | { kind: "none" | "busy" | "offline" } | null;

export function Faults({ product, page, t, onAsk }: Props) {
  const [typed, setTyped] = useState("");
  const [shown, setShown] = useState<Shown>(null);
  const asked = useRef(0);
  const { faults } = product;
  const show = (code: string) => {
    asked.current += 1;
    setTyped(code);
    const fault = faults.find((one) => one.code === code);
    setShown(fault ? { kind: "fault", fault } : { kind: "none" });
  };
  const look = async () => {
    const said = typed.trim();
    if (said === "") return;
    asked.current += 1; // what is on its way is about another code
    const same = faults.find(({ code }) => codeKey(code) === codeKey(said));
    if (same) return setShown({ kind: "fault", fault: same });
    const mine = asked.current;
    setShown({ kind: "busy" });
    const found = await findOnServer(page.publicKey, product.code, said);
    if (mine !== asked.current) return;
    const fault = found && faults.find(({ code }) => code === found[0]);
    setShown(fault ? { kind: "fault", fault } : { kind: found ? "none" : "offline" });
  };
  return (
    <section>
      <h2>{t.fault}</h2>
      <form
        class="fault-form"
        onSubmit={(event) => {
          event.preventDefault();
          void look();
        }}
      >
        <label for="fault">{t.faultLabel}</label>
        <div class="line">
          <input
            id="fault"
            value={typed}
            maxLength={60}
            autocomplete="off"
            autocapitalize="characters"
            enterkeyhint="search"
            placeholder={t.faultHint}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
          <button type="submit" class="primary">
            {t.find}
          </button>
        </div>
      </form>
      <div aria-live="polite">
        {shown?.kind === "fault" && <FaultSteps fault={shown.fault} t={t} onAsk={onAsk} />}
        {shown?.kind === "busy" && <p class="soft">{t.finding}</p>}
        {(shown?.kind === "none" || shown?.kind === "offline") && (
          <p class="problem">{shown.kind === "none" ? t.noFault : t.offline}</p>
        )}
      </div>
      <details>
        <summary>{t.allFaults}</summary>
        <ul class="codes">
          {faults.map(({ code, meaning }) => (
            <li key={code}>
              <button type="button" onClick={() => show(code)}>
                <strong>{code}</strong> {meaning}
              </button>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

/** Null when the server was not reached. */
async function findOnServer(publicKey: string, code: string, said: string): Promise<string[] | null> {
  try {
    const reply = await fetch(`/h/${publicKey}/${code}/fault?q=${encodeURIComponent(said)}`, {
      credentials: "omit",
    });
    return reply.ok ? ((await reply.json()) as HelpFaultFound).codes : null;
  } catch {
    return null;
  }
}

function FaultSteps({ fault, t, onAsk }: { fault: HelpFault; t: HelpTexts; onAsk(): void }) {
  const { code, meaning, steps, ending, faq } = fault;
  return (
    <div class="fault">
      <h3>
        {code} <span>{meaning}</span>
      </h3>
      {ending.endsWith("at-once") && <p class="problem">{t.atOnce}</p>}
      <ol>
        {steps.map(({ text, picture, video, videoUrl }, at) => (
          <li key={text}>
            <p class="text">{text}</p>
            {picture && (
              <img
                src={picture.src}
                alt={t.step(at + 1)}
                width={picture.width ?? 4}
                height={picture.height ?? 3}
                decoding="async"
              />
            )}
            {video && <Video video={video} name={`${t.step(at + 1)} ${t.video}`} text={text} />}
            {videoUrl && (
              <a href={videoUrl} target="_blank" rel="noopener noreferrer">
                {t.watch}
                <span class="hidden">{t.newTab}</span>
              </a>
            )}
          </li>
        ))}
      </ol>
      {faq && (
        <details>
          <summary>{faq.question}</summary>
          <Answer faq={faq} t={t} />
        </details>
      )}
      <button type="button" class="second" onClick={onAsk}>
        {t.stillNot}
      </button>
    </div>
  );
}
