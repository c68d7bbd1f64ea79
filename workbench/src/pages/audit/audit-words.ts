// What an audit entry says, in the reader's language: actions and details are codes on the wire.
import type { AuditEntry } from "@yingda/contract";
import type { TFunction } from "i18next";
import { spanText } from "../../components/time-words.ts";
import { zhCN } from "../../i18n/zh-CN.ts";

export type Action = keyof typeof zhCN.audit.actions;
type Field = keyof typeof zhCN.audit.fields;
type Scope = keyof typeof zhCN.channelsPage.scopeNames;
type Role = keyof typeof zhCN.roles;

export const knownActions = Object.keys(zhCN.audit.actions) as Action[];

export function actionName(action: string, t: TFunction): string {
  return action in zhCN.audit.actions ? t(`audit.actions.${action as Action}`) : action;
}

/** One phrase per detail; what nobody needs to read (a version) is left out. */
export function detailWords(details: AuditEntry["details"], t: TFunction): string[] {
  return Object.entries(details).flatMap(([name, value]) => (value === null ? [] : phrase(name, value, t)));
}

function phrase(name: string, value: string | number | boolean, t: TFunction): string[] {
  const list = () => String(value).split(",").filter(Boolean);
  switch (name) {
    case "version":
      return [];
    case "role":
      return [(value as string) in zhCN.roles ? t(`roles.${value as Role}`) : String(value)];
    case "isOn":
    case "isActive":
      return [t(value ? "audit.switchedOn" : "audit.switchedOff")];
    case "changed":
      return [
        list()
          .map((field) => (field in zhCN.audit.fields ? t(`audit.fields.${field as Field}`) : field))
          .join(t("common.listComma")),
      ];
    case "scopes":
      return [
        list()
          .map((scope) =>
            scope in zhCN.channelsPage.scopeNames ? t(`channelsPage.scopeNames.${scope as Scope}`) : scope,
          )
          .join(t("common.listComma")),
      ];
    case "count":
    case "added":
    case "conversations":
      return [t("common.items", { count: Number(value) })];
    case "lockedMs":
      return [spanText(Number(value), t)];
    default:
      return [String(value)];
  }
}
