// The questions that anybody may read, with search and categories.
import type { HelpFaq } from "@yingda/contract";
import { useState } from "preact/hooks";
import { Answer } from "./answer.tsx";
import { searchFaqs } from "./search.ts";
import type { HelpTexts } from "./texts.ts";

export function Faqs({ faqs, t }: { faqs: readonly HelpFaq[]; t: HelpTexts }) {
  const [search, setSearch] = useState("");
  const [category, setCategory] = useState("");
  const categories = [...new Set(faqs.map((faq) => faq.category))].filter((name) => name !== "");
  const found = searchFaqs(faqs, search).filter((faq) => category === "" || faq.category === category);
  return (
    <section>
      <h2>{t.questions}</h2>
      <label class="hidden" for="search">
        {t.search}
      </label>
      <input
        id="search"
        type="search"
        value={search}
        maxLength={100}
        placeholder={t.search}
        autocomplete="off"
        onInput={(event) => setSearch(event.currentTarget.value)}
      />
      {categories.length > 1 && (
        <p class="categories">
          {["", ...categories].map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={category === name}
              onClick={() => setCategory(name)}
            >
              {name || t.all}
            </button>
          ))}
        </p>
      )}
      <p class="hidden" role="status">
        {search === "" ? "" : t.found(found.length)}
      </p>
      {found.map((faq) => (
        <details key={faq.slug}>
          <summary>{faq.question}</summary>
          <Answer faq={faq} t={t} />
        </details>
      ))}
      {found.length === 0 && <p class="soft">{t.none}</p>}
    </section>
  );
}
