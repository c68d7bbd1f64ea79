// Names of places for the computation that is shown: Chinese as in the table of places, English for countries and provinces.
// A city has no English name here and is shown in Chinese. Called by show-computation.ts.

import type { Bilingual } from "@yingda/contract";
import type { Place } from "./policy.ts";

const provinces: Record<string, string> = {
  北京市: "Beijing",
  天津市: "Tianjin",
  上海市: "Shanghai",
  重庆市: "Chongqing",
  河北省: "Hebei",
  山西省: "Shanxi",
  内蒙古自治区: "Inner Mongolia",
  辽宁省: "Liaoning",
  吉林省: "Jilin",
  黑龙江省: "Heilongjiang",
  江苏省: "Jiangsu",
  浙江省: "Zhejiang",
  安徽省: "Anhui",
  福建省: "Fujian",
  江西省: "Jiangxi",
  山东省: "Shandong",
  河南省: "Henan",
  湖北省: "Hubei",
  湖南省: "Hunan",
  广东省: "Guangdong",
  广西壮族自治区: "Guangxi",
  海南省: "Hainan",
  四川省: "Sichuan",
  贵州省: "Guizhou",
  云南省: "Yunnan",
  西藏自治区: "Tibet",
  陕西省: "Shaanxi",
  甘肃省: "Gansu",
  青海省: "Qinghai",
  宁夏回族自治区: "Ningxia",
  新疆维吾尔自治区: "Xinjiang",
  香港特别行政区: "Hong Kong",
  澳门特别行政区: "Macao",
  台湾省: "Taiwan",
};
const countriesIn = {
  zh: new Intl.DisplayNames(["zh-CN"], { type: "region", fallback: "code" }),
  en: new Intl.DisplayNames(["en"], { type: "region", fallback: "code" }),
};

/** Places in a row: "广东省深圳市、日本" and "深圳市, Guangdong, Japan". */
export function placeNames(places: readonly Place[]): Bilingual {
  return {
    zh: places.map((place) => chineseName(place)).join("、"),
    en: places.map((place) => englishName(place)).join(", "),
  };
}

function chineseName({ country, province, city }: Place): string {
  return province === null ? countryName("zh", country) : `${province}${city ?? ""}`;
}

function englishName({ country, province, city }: Place): string {
  if (province === null) return countryName("en", country);
  const name = provinces[province] ?? province;
  return city === null ? name : `${city}, ${name}`;
}

/** A code that is none (a value handed in by a caller) is shown as it is. */
function countryName(locale: "zh" | "en", country: string | null): string {
  return country !== null && /^[A-Z]{2}$/u.test(country)
    ? (countriesIn[locale].of(country) ?? country)
    : (country ?? "");
}
