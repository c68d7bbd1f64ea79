// An FAQ's answer as the chat says it: text with links, then pictures, films, files, cards and lists.
import type { HelpContent, HelpFaq } from "@yingda/contract";
import { RichText } from "../ui/rich-text.tsx";
import type { HelpTexts } from "./texts.ts";
import { Video } from "./video.tsx";

export function Answer({ faq, t }: { faq: HelpFaq; t: HelpTexts }) {
  return (
    <div class="answer">
      <p class="text">
        <RichText text={faq.answer} />
      </p>
      {faq.contents.map((content, at) => (
        <Part key={at} content={content} t={t} />
      ))}
    </div>
  );
}

function Part({ content, t }: { content: HelpContent; t: HelpTexts }) {
  switch (content.kind) {
    case "text":
      return (
        <p class="text">
          <RichText text={content.text} />
        </p>
      );
    case "image": {
      const { src, name, width = 4, height = 3 } = content;
      return <img src={src} alt={name} width={width} height={height} loading="lazy" decoding="async" />;
    }
    case "video":
      return <Video video={content} name={content.name} text={content.name} />;
    case "file":
      return (
        <a class="tile" href={content.src} target="_blank" rel="noopener noreferrer">
          {content.name}
          <span class="hidden">{t.newTab}</span>
        </a>
      );
    case "card":
      return <Card {...content} t={t} />;
    case "list":
      return (
        <>
          <p class="text">{content.text}</p>
          <ul>
            {content.lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      );
    default:
      return content satisfies never;
  }
}

type CardProps = Extract<HelpContent, { kind: "card" }> & { t: HelpTexts };

function Card({ title, text, url, image, t }: CardProps) {
  return (
    <div class="card">
      {image && <img src={image} alt="" loading="lazy" decoding="async" />}
      {url === "" ? (
        <strong>{title}</strong>
      ) : (
        <a href={url} target="_blank" rel="noopener noreferrer nofollow">
          {title}
          <span class="hidden">{t.newTab}</span>
        </a>
      )}
      {text && (
        <p class="text">
          <RichText text={text} />
        </p>
      )}
    </div>
  );
}
