// Text with links: text nodes only, never HTML. Links are http, https, mailto and tel; anything else stays text.
const link = /(https?:\/\/[^\s<>"'，。！？、；：）】》]+|[\w.+-]+@[\w-]+\.[\w.-]+\w)/g;

export function RichText({ text }: { text: string }) {
  const parts: preact.ComponentChild[] = [];
  let from = 0;
  for (const match of text.matchAll(link)) {
    parts.push(text.slice(from, match.index));
    const shown = match[0].replace(/[.,!?)]+$/, "");
    parts.push(
      <a
        href={shown.startsWith("http") ? shown : `mailto:${shown}`}
        target="_blank"
        rel="noopener noreferrer nofollow"
      >
        {shown}
      </a>,
    );
    from = match.index + shown.length;
  }
  parts.push(text.slice(from));
  return <span dir="auto">{parts}</span>;
}
