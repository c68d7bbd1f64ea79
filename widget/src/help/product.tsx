// What the product is: pictures with their place kept, batch, manual, video, warranty.
import type { HelpProduct } from "@yingda/contract";
import type { HelpTexts } from "./texts.ts";
import { Video } from "./video.tsx";

export function Product({ product, t }: { product: HelpProduct; t: HelpTexts }) {
  const { models, batch, pictures, manual, video, videoUrl, warranty } = product;
  const facts = [models.join(" · "), batch && `${t.batch} ${batch}`].filter(Boolean);
  return (
    <section aria-label={product.name}>
      {facts.length > 0 && <p class="soft">{facts.join("　")}</p>}
      {pictures.length > 0 && (
        <ul class="pictures">
          {pictures.map(({ src, name, width = 4, height = 3 }) => (
            <li key={src}>
              <img src={src} alt={name} width={width} height={height} decoding="async" />
            </li>
          ))}
        </ul>
      )}
      {video && <Video video={video} name={t.video} text={product.name} />}
      {(manual || videoUrl) && (
        <p class="links">
          {manual && (
            <a class="tile" href={manual.url} target="_blank" rel="noopener noreferrer">
              {t.manual}
              <span class="hidden">{t.newTab}</span>
            </a>
          )}
          {videoUrl && (
            <a class="tile" href={videoUrl} target="_blank" rel="noopener noreferrer">
              {t.video}
              <span class="hidden">{t.newTab}</span>
            </a>
          )}
        </p>
      )}
      {warranty && (
        <details>
          <summary>{t.warranty}</summary>
          <p class="text">{warranty}</p>
        </details>
      )}
    </section>
  );
}
