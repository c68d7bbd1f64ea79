// One day's blocks: a pair of times each, in quarter hours; 24:00 is the end of the day.
import { Button, Select } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../components/Icon.tsx";
import { type Block, isDayGood, nextBlock } from "./week-rules.ts";

const most = 6;

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

const quarters = Array.from({ length: 97 }, (_, index) => ({ value: index * 15, label: clock(index * 15) }));

export type DayBlocksProps = {
  name: string;
  blocks: readonly Block[];
  onChange: (blocks: Block[]) => void;
  children?: ReactNode;
};

export function DayBlocks({ name, blocks, onChange, children }: DayBlocksProps) {
  const { t } = useTranslation();
  const set = (at: number, change: Partial<Block>) =>
    onChange(blocks.map((block, index) => (index === at ? { ...block, ...change } : block)));
  const status = isDayGood(blocks) ? "" : "error";
  return (
    <fieldset className="day-blocks">
      <legend>{name}</legend>
      <div className="row-line">
        {blocks.length === 0 ? <span className="soft">{t("hours.closed")}</span> : null}
        {blocks.map((block, at) => (
          <span key={`${String(at)}`} className="row-line">
            <Select
              aria-label={`${name} ${t("hours.opens")}`}
              status={status}
              showSearch
              value={block.opensMinute}
              options={quarters.slice(0, 96)}
              onChange={(opensMinute) => set(at, { opensMinute })}
              style={{ inlineSize: 92 }}
            />
            –
            <Select
              aria-label={`${name} ${t("hours.closes")}`}
              status={status}
              showSearch
              value={block.closesMinute}
              options={quarters.slice(1)}
              onChange={(closesMinute) => set(at, { closesMinute })}
              style={{ inlineSize: 92 }}
            />
            <Button
              type="text"
              size="small"
              icon={<Icon name="close" size={14} />}
              aria-label={`${t("hours.removeBlock")} ${name} ${clock(block.opensMinute)}`}
              onClick={() => onChange(blocks.filter((_, index) => index !== at))}
            />
          </span>
        ))}
        {blocks.length < most ? (
          <Button
            type="text"
            size="small"
            icon={<Icon name="plus" size={14} />}
            aria-label={`${t("hours.addBlock")} ${name}`}
            onClick={() => onChange([...blocks, nextBlock(blocks)])}
          >
            {t("hours.addBlock")}
          </Button>
        ) : null}
        {children}
      </div>
    </fieldset>
  );
}
