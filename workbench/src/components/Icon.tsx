/**
 * Our icons: one stroke style on a 24 grid, drawn as inline SVG, never a font or an emoji. Add a path to `paths`.
 * An icon is decoration; the button around it carries the name.
 */
import type { CSSProperties } from "react";

const paths = {
  inbox: "M4 5h16v10h-9l-4 4v-4H4z",
  contacts: "M12 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM5 20c.6-3.6 3.5-5.5 7-5.5s6.4 1.9 7 5.5",
  knowledge: "M5 4.5h10.5a3 3 0 0 1 3 3V20H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h10.5M9 8.5h5.5",
  flows: "M8.5 4h7v4.5h-7zM3.5 15.5h7V20h-7zM13.5 15.5h7V20h-7zM12 8.5V12M7 15.5V12h10v3.5",
  tools: "M14.5 6.5a4 4 0 0 0-5.3 4.9L4 16.6V20h3.4l5.2-5.2a4 4 0 0 0 4.9-5.3l-2.6 2.6-2.5-.7-.7-2.5z",
  redo: "M19.5 12A7.5 7.5 0 1 0 17 17.6M19.5 7v5h-5",
  play: "M8 5.5v13l10.5-6.5z",
  channels:
    "M9.5 14.5l5-5M8 11l-2.5 2.5a3.9 3.9 0 0 0 5.5 5.5L13.5 16.5M16 13l2.5-2.5A3.9 3.9 0 0 0 13 5L10.5 7.5",
  members:
    "M9 11a3.2 3.2 0 1 0 0-6.4A3.2 3.2 0 0 0 9 11zM3 19.5c.5-3.3 2.9-5 6-5s5.5 1.7 6 5M15.5 5a3 3 0 0 1 0 5.8M17.5 15c2 .6 3.2 2.2 3.5 4.5",
  hours: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 7.5V12l3 2",
  audit: "M7 4h10v16H7zM10 9h4M10 12.5h4M10 16h2.5",
  rehearsal: "M4 5h16v10H9l-5 4zM10.5 8v4.5l4-2.2z",
  usage: "M4 20V10M10 20V4M16 20v-7M21 20H3",
  health: "M3.5 12.5h4l2.5-6 4 11 2.5-5h4",
  backup: "M12 3.5l7 2.5v5.5c0 4.3-3 7.6-7 9-4-1.4-7-4.7-7-9V6zM9 12l2.2 2.2L15.2 10",
  settings:
    "M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM19 12a7 7 0 0 0-.1-1.3l2-1.5-2-3.4-2.3 1a7 7 0 0 0-2.3-1.3L14 3h-4l-.3 2.5a7 7 0 0 0-2.3 1.3l-2.3-1-2 3.4 2 1.5a7 7 0 0 0 0 2.6l-2 1.5 2 3.4 2.3-1a7 7 0 0 0 2.3 1.3L10 21h4l.3-2.5a7 7 0 0 0 2.3-1.3l2.3 1 2-3.4-2-1.5c.1-.4.1-.9.1-1.3z",
  launch:
    "M12 3c3.5 1.5 5.5 4.8 5.5 9l-2 3h-7l-2-3c0-4.2 2-7.5 5.5-9zM12 10.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zM9.5 18c0 1.5.8 2.5 2.5 3 1.7-.5 2.5-1.5 2.5-3",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20 20",
  plus: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6L6 18",
  check: "M5 12.5l4.5 4.5L19 7.5",
  checks: "M2.5 12.5l4 4L15 8M11 15.5l1 1L20.5 8",
  back: "M19 12H5M11 6l-6 6 6 6",
  forward: "M5 12h14M13 6l6 6-6 6",
  down: "M6 9.5l6 6 6-6",
  more: "M4 12a1 1 0 1 0 2 0 1 1 0 1 0-2 0zM11 12a1 1 0 1 0 2 0 1 1 0 1 0-2 0zM18 12a1 1 0 1 0 2 0 1 1 0 1 0-2 0z",
  send: "M4 12l16-7-6 16-3-6.5zM11 14.5L20 5",
  attach:
    "M19 11.5l-7.3 7.3a4.6 4.6 0 0 1-6.5-6.5l7.8-7.8a3 3 0 0 1 4.3 4.3l-7.7 7.7a1.5 1.5 0 0 1-2.1-2.1l7-7",
  image: "M4 5h16v14H4zM8.5 10.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zM4 17l5-4.5 3.5 3 3.5-3.5 4 4",
  file: "M7 3.5h7l4 4v13H7zM14 3.5v4h4",
  smile:
    "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM8.5 14c.8 1.3 2 2 3.5 2s2.7-.7 3.5-2M9 9.5h.01M15 9.5h.01",
  bolt: "M13 3L5 13.5h6L10 21l8-10.5h-6z",
  note: "M5 4h14v11l-5 5H5zM14 20v-5h5M8.5 8.5h7M8.5 12h4",
  transfer: "M4 8h13M13.5 4.5L17 8l-3.5 3.5M20 16H7M10.5 12.5L7 16l3.5 3.5",
  bot: "M5 9h14v10H5zM12 9V5M12 5h.01M9 13.5v1.5M15 13.5v1.5M2.5 13v3M21.5 13v3",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.7-4 3.7-6 7.5-6s6.8 2 7.5 6",
  snooze: "M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z",
  reopen: "M4.5 12a7.5 7.5 0 1 0 2.5-5.6M4.5 4v4h4",
  tag: "M4 4h8l8 8-8 8-8-8zM8.5 8.5h.01",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 14.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6z",
  eyeOff:
    "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 14.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM4 4l16 16",
  pencil: "M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19z",
  trash: "M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5",
  download: "M12 4v11M7.5 10.5L12 15l4.5-4.5M5 20h14",
  copy: "M9 9h11v11H9zM15 9V4H4v11h5",
  link: "M9.5 14.5l5-5M8 11l-2.5 2.5a3.9 3.9 0 0 0 5.5 5.5L13.5 16.5M16 13l2.5-2.5A3.9 3.9 0 0 0 13 5L10.5 7.5",
  help: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM9.5 9.5a2.5 2.5 0 1 1 3.7 2.2c-.8.4-1.2 1-1.2 1.8M12 16.5h.01",
  warning: "M12 4l9 16H3zM12 10v4.5M12 17.3h.01",
  info: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 11v5.5M12 7.7h.01",
  bell: "M6 16.5V11a6 6 0 1 1 12 0v5.5l1.5 2h-15zM10 18.5a2 2 0 0 0 4 0",
  bellOff: "M6 16.5V11c0-1 .2-2 .7-2.8M9 5.8A6 6 0 0 1 18 11v4M4.5 18.5h13M10 18.5a2 2 0 0 0 4 0M4 4l16 16",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2.5V5M12 19v2.5M2.5 12H5M19 12h2.5M5.3 5.3L7 7M17 17l1.7 1.7M18.7 5.3L17 7M7 17l-1.7 1.7",
  moon: "M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z",
  globe:
    "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM3.5 12h17M12 3.5c2.3 2.5 3.5 5.3 3.5 8.5s-1.2 6-3.5 8.5c-2.3-2.5-3.5-5.3-3.5-8.5s1.2-6 3.5-8.5z",
  signOut: "M10 4H5v16h5M15 8l4 4-4 4M19 12H9",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 1 1 7 0v3",
  panel: "M4 5h16v14H4zM14.5 5v14",
  list: "M8.5 6.5H20M8.5 12H20M8.5 17.5H20M4 6.5h.01M4 12h.01M4 17.5h.01",
  phone: "M7 3.5h10v17H7zM11 17.5h2",
  upload: "M12 15V4M7.5 8.5L12 4l4.5 4.5M5 20h14",
  refresh: "M19.5 12A7.5 7.5 0 1 1 17 6.4M19.5 4v4h-4",
  offline:
    "M4 4l16 16M8.5 15.5a5 5 0 0 1 7 0M5.5 12.5a9 9 0 0 1 3.5-2.2M18.5 12.5a9 9 0 0 0-6-2.6M12 19h.01M2.5 9.3A13.5 13.5 0 0 1 6 7M21.5 9.3A13.5 13.5 0 0 0 10.5 6",
  merge: "M7 4v4c0 3 5 3 5 6v6M17 4v4c0 3-5 3-5 6",
  sparkle: "M12 4l1.8 5.2L19 11l-5.2 1.8L12 18l-1.8-5.2L5 11l5.2-1.8z",
} as const;

export type IconName = keyof typeof paths;

export function Icon({
  name,
  size = 18,
  style,
  className,
}: {
  name: IconName;
  size?: number;
  style?: CSSProperties;
  className?: string;
}) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.7}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      className={className ? `icon ${className}` : "icon"}
      style={style}
    >
      <path d={paths[name]} />
    </svg>
  );
}
