// What a product is: names, models, pictures, manual, video, warranty, and the FAQs of its page.
import { useQuery } from "@tanstack/react-query";
import type { ProductDraft, ProductFile } from "@yingda/contract";
import { Button, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { Field } from "../../../components/Field.tsx";
import { Icon } from "../../../components/Icon.tsx";
import { queryKeys } from "../../../live/queries.ts";
import { FilePick, pictureTypes, videoTypes } from "./FilePick.tsx";
import { Thumb } from "./Thumb.tsx";

type FieldsProps = { draft: ProductDraft; onChange: (changes: Partial<ProductDraft>) => void };
type TextKey = "name" | "nameEn" | "manualUrl" | "videoUrl";

export function ProductFields({ draft, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const text = (key: TextKey, most = 80) => (
    <Field label={t(`knowledge.products.${key}`)}>
      {(control) => (
        <Input
          {...control}
          maxLength={most}
          value={draft[key]}
          onChange={(event) => onChange({ [key]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <>
      <div className="product-pair">
        {text("name")}
        {text("nameEn")}
      </div>
      <div className="product-pair">
        <NameList draft={draft} which="models" onChange={onChange} />
        <NameList draft={draft} which="aliases" onChange={onChange} />
      </div>
      <NameList draft={draft} which="barcodes" onChange={onChange} />
      <Pictures files={draft.pictures} onChange={(pictures) => onChange({ pictures })} />
      <Field label={t("knowledge.products.warranty")} hint={t("knowledge.products.warrantyHint")}>
        {(control) => (
          <Input.TextArea
            {...control}
            rows={2}
            maxLength={2_000}
            value={draft.warranty}
            onChange={(event) => onChange({ warranty: event.target.value })}
          />
        )}
      </Field>
      <details className="product-more">
        <summary>{t("knowledge.products.english")}</summary>
        <Field label={t("knowledge.products.warrantyEn")}>
          {(control) => (
            <Input.TextArea
              {...control}
              rows={2}
              maxLength={2_000}
              value={draft.warrantyEn}
              onChange={(event) => onChange({ warrantyEn: event.target.value })}
            />
          )}
        </Field>
      </details>
      <div>
        <p className="product-label">{t("knowledge.products.manual")}</p>
        <div className="row-line">
          {draft.manualFile === null ? null : (
            <FileTag file={draft.manualFile} onRemove={() => onChange({ manualFile: null })} />
          )}
          <FilePick
            label={t("knowledge.products.manualFile")}
            accept=".pdf,.docx,.doc,.png,.jpg,.jpeg"
            onPicked={(manualFile) => onChange({ manualFile })}
          />
          <ManualDocument
            chosen={draft.manualDocument}
            onChange={(manualDocument) => onChange({ manualDocument })}
          />
        </div>
      </div>
      <div>
        <p className="product-label">{t("knowledge.products.video")}</p>
        <div className="row-line">
          {draft.videoFile === null ? null : (
            <FileTag file={draft.videoFile} onRemove={() => onChange({ videoFile: null })} />
          )}
          <FilePick
            isVideo
            label={t("knowledge.products.videoFile")}
            accept={videoTypes}
            onPicked={(videoFile) => onChange({ videoFile })}
          />
          <span className="soft">{t("knowledge.products.videoHint")}</span>
        </div>
      </div>
      <div className="product-pair">
        {text("manualUrl", 2_000)}
        {text("videoUrl", 2_000)}
      </div>
      <PageFaqs chosen={draft.faqs} onChange={(faqs) => onChange({ faqs })} />
    </>
  );
}

type NamesProps = FieldsProps & { which: "models" | "aliases" | "barcodes" };

function NameList({ draft, which, onChange }: NamesProps) {
  const { t } = useTranslation();
  return (
    <Field label={t(`knowledge.products.${which}`)} hint={t(`knowledge.products.${which}Hint`)}>
      {(control) => (
        <Select
          {...control}
          mode="tags"
          open={false}
          suffixIcon={null}
          maxCount={40}
          tokenSeparators={[",", "，", "、", ";", "；"]}
          style={{ inlineSize: "100%" }}
          value={draft[which]}
          onChange={(names: string[]) =>
            onChange({ [which]: names.map((name) => name.trim().slice(0, 60)).filter(Boolean) })
          }
        />
      )}
    </Field>
  );
}

function Pictures({ files, onChange }: { files: ProductFile[]; onChange: (files: ProductFile[]) => void }) {
  const { t } = useTranslation();
  return (
    <div>
      <p className="product-label">{t("knowledge.products.pictures")}</p>
      <div className="row-line">
        {files.map((file) => (
          <span key={file.mediaId} className="product-picture">
            <Thumb file={file} size={72} />
            <Button
              size="small"
              type="text"
              icon={<Icon name="trash" size={14} />}
              aria-label={t("knowledge.products.removeFile", { name: file.name })}
              onClick={() => onChange(files.filter(({ mediaId }) => mediaId !== file.mediaId))}
            />
          </span>
        ))}
        {files.length < 8 ? (
          <FilePick
            label={t("knowledge.products.addPicture")}
            accept={pictureTypes}
            onPicked={(file) => onChange([...files, file])}
          />
        ) : null}
      </div>
    </div>
  );
}

/** The document's original is what "manual" opens; questions about the product are answered from it first. */
function ManualDocument({
  chosen,
  onChange,
}: {
  chosen: ProductDraft["manualDocument"];
  onChange: (id: ProductDraft["manualDocument"]) => void;
}) {
  const { t } = useTranslation();
  const documents = useQuery({
    queryKey: queryKeys.documents,
    queryFn: ({ signal }) => call(routes.listDocuments, { signal }),
  });
  return (
    <Select
      allowClear
      showSearch={{ optionFilterProp: "label" }}
      aria-label={t("knowledge.products.manualDocument")}
      placeholder={t("knowledge.products.manualDocument")}
      loading={documents.isPending}
      style={{ flex: 1, minInlineSize: 220 }}
      value={chosen}
      options={(documents.data ?? []).map(({ id, title }) => ({ value: id, label: title }))}
      onChange={(id: ProductDraft["manualDocument"] | undefined) => onChange(id ?? null)}
    />
  );
}

export function FileTag({ file, onRemove }: { file: ProductFile; onRemove: () => void }) {
  const { t } = useTranslation();
  return (
    <span className="product-file">
      <span className="clip-line">{file.name}</span>
      <Button
        size="small"
        type="text"
        icon={<Icon name="trash" size={14} />}
        aria-label={t("knowledge.products.removeFile", { name: file.name })}
        onClick={onRemove}
      />
    </span>
  );
}

function PageFaqs({ chosen, onChange }: { chosen: string[]; onChange: (slugs: string[]) => void }) {
  const { t } = useTranslation();
  const faqs = useQuery({
    queryKey: ["product-faqs"],
    queryFn: ({ signal }) => call(routes.listFaqs, { signal }),
  });
  const options = (faqs.data?.faqs ?? []).map(({ slug, question }) => ({ value: slug, label: question }));
  return (
    <Field label={t("knowledge.products.faqs")} hint={t("knowledge.products.faqsHint")}>
      {(control) => (
        <Select
          {...control}
          mode="multiple"
          maxCount={50}
          loading={faqs.isPending}
          optionFilterProp="label"
          style={{ inlineSize: "100%" }}
          value={chosen}
          options={options}
          onChange={onChange}
        />
      )}
    </Field>
  );
}
