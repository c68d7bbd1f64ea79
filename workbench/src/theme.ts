/**
 * Our face as antd tokens. antd's defaults miss AA contrast in many places, so text, placeholder, link, success, warning
 * and error are set here by hand from palette.ts, which is tested for contrast.
 */
import { theme as antdTheme, type ThemeConfig } from "antd";
import { type Palette, palettes, type Scheme } from "./palette.ts";

export const fontFamily =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif';

/** antd's configuration for a scheme; `isPhone` raises the base text to 16 px and controls to 44 px. */
export function themeFor(scheme: Scheme, isPhone: boolean, isCalm: boolean): ThemeConfig {
  const p = palettes[scheme];
  return {
    algorithm: scheme === "dark" ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
    cssVar: { key: `yingda-${scheme}` },
    hashed: false,
    token: {
      fontFamily,
      fontSize: isPhone ? 16 : 14,
      controlHeight: isPhone ? 44 : 34,
      controlHeightSM: isPhone ? 44 : 28,
      controlHeightLG: isPhone ? 48 : 42,
      borderRadius: 8,
      wireframe: false,
      motion: !isCalm,
      motionDurationMid: "0.12s",
      motionDurationSlow: "0.18s",
      ...antdColours(p),
    },
    components: {
      Button: {
        primaryColor: p.onAccent,
        defaultShadow: "none",
        primaryShadow: "none",
        dangerShadow: "none",
        dangerColor: p.onBadge,
        colorErrorHover: p.danger,
        fontWeight: 500,
      },
      Tabs: { inkBarColor: p.accent, itemSelectedColor: p.accent, itemHoverColor: p.accentStrong },
      Tooltip: {
        colorBgSpotlight: scheme === "dark" ? "#3a3d38" : "#2b2d29",
        colorTextLightSolid: "#ffffff",
      },
      Segmented: { itemSelectedColor: p.ink, itemColor: p.inkSoft, trackBg: p.sunken },
      Badge: { colorError: p.badge, colorTextLightSolid: p.onBadge },
      Tag: { defaultBg: p.sunken, defaultColor: p.inkSoft },
      Modal: { contentBg: p.raised, headerBg: p.raised },
      Drawer: { colorBgElevated: p.surface },
      Steps: { colorTextDescription: p.inkSoft },
      Table: { headerBg: p.sunken, headerColor: p.inkSoft },
    },
  };
}

function antdColours(p: Palette) {
  return {
    colorPrimary: p.accent,
    colorPrimaryHover: p.accentStrong,
    colorPrimaryActive: p.accentStrong,
    colorPrimaryText: p.accent,
    colorPrimaryTextHover: p.accentStrong,
    colorPrimaryTextActive: p.accentStrong,
    colorPrimaryBg: p.accentSoft,
    colorPrimaryBgHover: p.accentSoft,
    colorPrimaryBorder: p.accent,
    colorLink: p.accent,
    colorLinkHover: p.accentStrong,
    colorLinkActive: p.accentStrong,
    colorInfo: p.accent,
    colorInfoBg: p.accentSoft,
    colorInfoBorder: p.accentSoft,
    colorSuccessBorder: p.successSoft,
    colorWarningBorder: p.warningSoft,
    colorErrorBorder: p.dangerSoft,
    colorSuccess: p.success,
    colorWarning: p.warning,
    colorError: p.danger,
    colorSuccessText: p.success,
    colorWarningText: p.warning,
    colorErrorText: p.danger,
    colorSuccessBg: p.successSoft,
    colorWarningBg: p.warningSoft,
    colorErrorBg: p.dangerSoft,
    colorBgLayout: p.page,
    colorBgContainer: p.surface,
    colorBgElevated: p.raised,
    colorBorder: p.lineStrong,
    colorBorderSecondary: p.line,
    colorSplit: p.line,
    colorText: p.ink,
    colorTextHeading: p.ink,
    colorTextSecondary: p.inkSoft,
    colorTextTertiary: p.inkFaint,
    colorTextDescription: p.inkSoft,
    colorTextPlaceholder: p.inkFaint,
    colorTextLabel: p.inkSoft,
    colorIcon: p.inkSoft,
    colorIconHover: p.ink,
    controlItemBgActive: p.accentSoft,
    controlItemBgHover: p.sunken,
    colorFillAlter: p.sunken,
    controlOutline: p.accentSoft,
  };
}
