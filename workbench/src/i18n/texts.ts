// The shape every language file must have: that of zh-CN. A missing or surplus key is a type error.
// A key that ends in `_other` is a plural; languages with a singular (English) must give `_one` too.
import type { zhCN } from "./zh-CN.ts";

export type Texts = typeof zhCN;

type Plurals<T> = { [K in keyof T as K extends `${infer Base}_other` ? `${Base}_one` : never]: string };
type Translated<T> = { [K in keyof T]: T[K] extends string ? string : Translated<T[K]> };
/** A language without a singular. */
export type Language = Translated<Texts>;
/** A language with one and other. */
export type LanguageWithSingular = WithSingular<Texts>;
type WithSingular<T> = { [K in keyof T]: T[K] extends string ? string : WithSingular<T[K]> } & Plurals<T>;

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "texts";
    resources: { texts: Texts };
    returnNull: false;
  }
}
