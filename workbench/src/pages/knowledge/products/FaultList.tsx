// The fault codes of a product: code and meaning in a line, steps and ending below it when it is opened.
import { useQuery } from "@tanstack/react-query";
import { type FaultCode, type FaultStep, faultEndings } from "@yingda/contract";
import { Button, Input, Select } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { Icon } from "../../../components/Icon.tsx";
import { emptyFault, emptyStep } from "./draft.ts";
import { FilePick, pictureTypes, videoTypes } from "./FilePick.tsx";
import { FileTag } from "./ProductFields.tsx";

type ListProps = { faults: FaultCode[]; onChange: (faults: FaultCode[]) => void };

export function FaultList({ faults, onChange }: ListProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<number | null>(null);
  /** A file may arrive when its fault code is closed and another is being written. */
  const latest = useRef(faults);
  useEffect(() => {
    latest.current = faults;
  });
  const put = (at: number, fault: FaultCode) =>
    onChange(latest.current.map((before, place) => (place === at ? fault : before)));
  return (
    <section aria-label={t("knowledge.products.faults")}>
      <p className="product-label">{t("knowledge.products.faults")}</p>
      {faults.length === 0 ? <p className="soft">{t("knowledge.products.noFaults")}</p> : null}
      <ul className="plain-list">
        {[...faults.entries()].map(([at, fault]) => (
          <li key={at}>
            <div className="product-fault">
              <Input
                aria-label={`${t("knowledge.products.code")} ${String(at + 1)}`}
                placeholder="E04"
                maxLength={20}
                value={fault.code}
                onChange={(event) => put(at, { ...fault, code: event.target.value })}
              />
              <Input
                aria-label={`${t("knowledge.products.meaning")} ${String(at + 1)}`}
                placeholder={t("knowledge.products.meaning")}
                maxLength={500}
                value={fault.meaning}
                onChange={(event) => put(at, { ...fault, meaning: event.target.value })}
              />
              <Button
                type="text"
                aria-expanded={open === at}
                aria-label={`${t("knowledge.products.steps")} ${stepCount(fault)} ${fault.code}`}
                onClick={() => setOpen(open === at ? null : at)}
              >
                {t("knowledge.products.steps")} {stepCount(fault)}
              </Button>
              <Button
                type="text"
                icon={<Icon name="trash" size={16} />}
                aria-label={t("knowledge.products.removeFault", { code: fault.code })}
                onClick={() => {
                  setOpen(null);
                  onChange(faults.filter((_, place) => place !== at));
                }}
              />
            </div>
            {open === at ? <FaultDetail fault={fault} onChange={(next) => put(at, next)} /> : null}
          </li>
        ))}
      </ul>
      <Button
        icon={<Icon name="plus" size={16} />}
        disabled={faults.length >= 200}
        onClick={() => {
          onChange([...faults, emptyFault]);
          setOpen(faults.length);
        }}
      >
        {t("knowledge.products.addFault")}
      </Button>
    </section>
  );
}

function stepCount({ steps }: FaultCode): number {
  return steps.filter(({ text }) => text !== "").length;
}

type DetailProps = { fault: FaultCode; onChange: (fault: FaultCode) => void };

function FaultDetail({ fault, onChange }: DetailProps) {
  const { t } = useTranslation();
  const put = (at: number, step: FaultStep) =>
    onChange({ ...fault, steps: fault.steps.map((before, place) => (place === at ? step : before)) });
  return (
    <div className="product-steps">
      <Input
        aria-label={`${t("knowledge.products.meaningEn")} ${fault.code}`}
        placeholder={t("knowledge.products.meaningEn")}
        maxLength={500}
        value={fault.meaningEn}
        onChange={(event) => onChange({ ...fault, meaningEn: event.target.value })}
      />
      {[...fault.steps.entries()].map(([at, step]) => (
        <StepFields
          key={at}
          step={step}
          at={at + 1}
          onChange={(next) => put(at, next)}
          onRemove={() => onChange({ ...fault, steps: fault.steps.filter((_, place) => place !== at) })}
        />
      ))}
      <div className="row-line">
        <Button
          size="small"
          disabled={fault.steps.length >= 12}
          onClick={() => onChange({ ...fault, steps: [...fault.steps, emptyStep] })}
        >
          {t("knowledge.products.addStep")}
        </Button>
      </div>
      <div className="row-line">
        <span>{t("knowledge.products.ending")}</span>
        <Select
          aria-label={`${t("knowledge.products.ending")} ${fault.code}`}
          style={{ minInlineSize: 200 }}
          value={fault.ending}
          options={faultEndings.map((ending) => ({
            value: ending,
            label: t(`knowledge.products.endings.${ending}`),
          }))}
          onChange={(ending) => onChange({ ...fault, ending })}
        />
        <RelatedFaq chosen={fault.faq} onChange={(faq) => onChange({ ...fault, faq })} />
      </div>
    </div>
  );
}

type StepProps = { step: FaultStep; at: number; onChange: (step: FaultStep) => void; onRemove: () => void };

function StepFields({ step, at, onChange, onRemove }: StepProps) {
  const { t } = useTranslation();
  return (
    <div className="product-step">
      <div className="product-step-line">
        <Input.TextArea
          aria-label={t("knowledge.products.step", { at })}
          placeholder={t("knowledge.products.step", { at })}
          rows={2}
          maxLength={1_000}
          value={step.text}
          onChange={(event) => onChange({ ...step, text: event.target.value })}
        />
        <Button
          type="text"
          icon={<Icon name="trash" size={16} />}
          aria-label={t("knowledge.products.removeStep", { at })}
          onClick={onRemove}
        />
      </div>
      <Input.TextArea
        aria-label={t("knowledge.products.stepEn", { at })}
        placeholder={t("knowledge.products.stepEn", { at })}
        rows={2}
        maxLength={1_000}
        value={step.textEn}
        onChange={(event) => onChange({ ...step, textEn: event.target.value })}
      />
      <div className="row-line">
        {step.picture === null ? (
          <FilePick
            label={t("knowledge.products.addPicture")}
            name={`${t("knowledge.products.addPicture")} ${t("knowledge.products.step", { at })}`}
            accept={pictureTypes}
            onPicked={(picture) => onChange({ ...step, picture })}
          />
        ) : (
          <FileTag file={step.picture} onRemove={() => onChange({ ...step, picture: null })} />
        )}
        {step.videoFile === null ? (
          <FilePick
            isVideo
            label={t("knowledge.products.videoFile")}
            name={`${t("knowledge.products.videoFile")} ${t("knowledge.products.step", { at })}`}
            accept={videoTypes}
            onPicked={(videoFile) => onChange({ ...step, videoFile })}
          />
        ) : (
          <FileTag file={step.videoFile} onRemove={() => onChange({ ...step, videoFile: null })} />
        )}
        <Input
          style={{ flex: 1, minInlineSize: 160 }}
          aria-label={t("knowledge.products.stepVideo", { at })}
          placeholder={t("knowledge.products.stepVideo", { at })}
          inputMode="url"
          maxLength={2_000}
          value={step.videoUrl}
          onChange={(event) => onChange({ ...step, videoUrl: event.target.value })}
        />
      </div>
    </div>
  );
}

function RelatedFaq({ chosen, onChange }: { chosen: string; onChange: (slug: string) => void }) {
  const { t } = useTranslation();
  const faqs = useQuery({
    queryKey: ["product-faqs"],
    queryFn: ({ signal }) => call(routes.listFaqs, { signal }),
  });
  const options = (faqs.data?.faqs ?? []).map(({ slug, question }) => ({ value: slug, label: question }));
  return (
    <Select
      showSearch={{ optionFilterProp: "label" }}
      aria-label={t("knowledge.products.relatedFaq")}
      style={{ flex: 1, minInlineSize: 200 }}
      value={chosen}
      options={[
        { value: "", label: `${t("knowledge.products.relatedFaq")}: ${t("knowledge.products.none")}` },
        ...options,
      ]}
      onChange={onChange}
    />
  );
}
