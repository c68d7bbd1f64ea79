// What is said after an answer: pictures, files, links, cards, choices, one below the other, in the order they are sent.
import { type FaqContent, type FaqContentKind, faqContentKinds, type MediaId } from "@yingda/contract";
import { Button, Dropdown, Input } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { routes, upload } from "../../../api.ts";
import { Icon } from "../../../components/Icon.tsx";
import { useAct } from "../../../components/use-act.ts";
import { FilePick, pictureTypes } from "../products/FilePick.tsx";
import { Thumb } from "../products/Thumb.tsx";

type Props = { value: FaqContent[]; onChange: (next: FaqContent[]) => void };
type FileKind = "image" | "video" | "file";
const accepts: Record<FileKind, string> = { image: "image/*", video: "video/*", file: "" };
const mostContents = 8;

export function ContentsField({ value, onChange }: Props) {
  const { t } = useTranslation();
  const act = useAct();
  const picker = useRef<HTMLInputElement>(null);
  /** The form as it is when a file has arrived, not as it was when it was picked. */
  const latest = useRef({ value, onChange });
  useEffect(() => {
    latest.current = { value, onChange };
  });
  const [picked, setPicked] = useState<FileKind>("image");
  const add = (kind: FaqContentKind) => {
    if (kind === "image" || kind === "video" || kind === "file") {
      setPicked(kind);
      requestAnimationFrame(() => picker.current?.click());
    } else onChange([...value, emptyOf(kind)]);
  };
  const take = (file: File) =>
    void act.run(async () => {
      const { kind: given, ...media } = await upload(routes.uploadMedia, file, {});
      const kind = given === "image" || given === "video" ? given : "file";
      latest.current.onChange([...latest.current.value, { ...media, kind }]);
    });
  const move = (at: number, by: number) => {
    const next = [...value];
    const [one] = next.splice(at, 1);
    if (one) next.splice(at + by, 0, one);
    onChange(next);
  };
  return (
    <div className="faq-contents">
      {value.map((content, at) => (
        <fieldset key={`${content.kind}-${String(at)}`} className="faq-part">
          <legend>{t(`faqWork.more.kinds.${content.kind}`)}</legend>
          <ContentFields
            content={content}
            onChange={(next) => onChange(value.map((one, other) => (other === at ? next : one)))}
          />
          <div className="row-line row-line-end">
            <Button type="text" size="small" disabled={at === 0} onClick={() => move(at, -1)}>
              {t("faqWork.more.up")}
            </Button>
            <Button type="text" size="small" disabled={at === value.length - 1} onClick={() => move(at, 1)}>
              {t("faqWork.more.down")}
            </Button>
            <Button
              type="text"
              size="small"
              icon={<Icon name="trash" size={16} />}
              aria-label={`${t("common.remove")} ${t(`faqWork.more.kinds.${content.kind}`)}`}
              onClick={() => onChange(value.filter((_, other) => other !== at))}
            />
          </div>
        </fieldset>
      ))}
      <input
        ref={picker}
        type="file"
        hidden
        accept={accepts[picked]}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) take(file);
          event.target.value = "";
        }}
      />
      <Dropdown
        trigger={["click"]}
        menu={{
          items: faqContentKinds.map((kind) => ({
            key: kind,
            label: t(`faqWork.more.kinds.${kind}`),
            onClick: () => add(kind),
          })),
        }}
      >
        <Button
          loading={act.isBusy}
          disabled={value.length >= mostContents}
          icon={<Icon name="plus" size={16} />}
        >
          {t("faqWork.more.add")}
        </Button>
      </Dropdown>
    </div>
  );
}

type CardPictureProps = { mediaId: MediaId | null; onChange: (mediaId: MediaId | null) => void };

function CardPicture({ mediaId, onChange }: CardPictureProps) {
  const { t } = useTranslation();
  return (
    <div className="row-line">
      {mediaId === null ? null : (
        <>
          <Thumb file={{ mediaId }} size={56} />
          <Button size="small" type="text" onClick={() => onChange(null)}>
            {t("faqWork.more.removePicture")}
          </Button>
        </>
      )}
      <FilePick
        label={t("faqWork.more.kinds.image")}
        accept={pictureTypes}
        onPicked={(picked) => onChange(picked.mediaId)}
      />
    </div>
  );
}

function emptyOf(kind: Exclude<FaqContentKind, FileKind>): FaqContent {
  switch (kind) {
    case "text":
      return { kind, text: "" };
    case "link":
      return { kind, title: "", url: "https://" };
    case "card":
      return { kind, title: "", text: "", imageMediaId: null, url: null };
    case "choices":
      return { kind, text: "", labels: [] };
    default:
      return kind satisfies never;
  }
}

function ContentFields({ content, onChange }: { content: FaqContent; onChange: (next: FaqContent) => void }) {
  const { t } = useTranslation();
  const input = (label: string, text: string, change: (next: string) => void) => (
    <Input
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={(event) => change(event.target.value)}
    />
  );
  const area = (label: string, text: string, change: (next: string) => void) => (
    <Input.TextArea
      className="grow"
      rows={2}
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={(event) => change(event.target.value)}
    />
  );
  switch (content.kind) {
    case "text":
      return area(t("faqWork.more.text"), content.text, (text) => onChange({ ...content, text }));
    case "image":
    case "video":
    case "file":
      return <p className="soft clip-line">{content.name}</p>;
    case "link":
      return (
        <>
          {input(t("faqWork.more.title"), content.title, (title) => onChange({ ...content, title }))}
          {input(t("faqWork.more.url"), content.url, (url) => onChange({ ...content, url }))}
        </>
      );
    case "card":
      return (
        <>
          {input(t("faqWork.more.title"), content.title, (title) => onChange({ ...content, title }))}
          {area(t("faqWork.more.text"), content.text, (text) => onChange({ ...content, text }))}
          {input(t("faqWork.more.url"), content.url ?? "", (url) =>
            onChange({ ...content, url: url === "" ? null : url }),
          )}
          <CardPicture
            mediaId={content.imageMediaId}
            onChange={(imageMediaId) => onChange({ ...content, imageMediaId })}
          />
        </>
      );
    case "choices":
      return (
        <>
          {input(t("faqWork.more.text"), content.text, (text) => onChange({ ...content, text }))}
          {area(t("faqWork.more.labels"), content.labels.join("\n"), (text) =>
            onChange({ ...content, labels: text.split("\n").slice(0, 8) }),
          )}
        </>
      );
    default:
      return content satisfies never;
  }
}
