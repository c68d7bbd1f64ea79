// Line icons as SVG paths; never emoji as icons, since fonts differ.
const paths = {
  send: "M4 12l16-8-6 16-3-7-7-1Z",
  close: "M6 6l12 12M18 6L6 18",
  clip: "M20 11.5l-8.2 8.2a5 5 0 0 1-7.1-7.1l8.5-8.5a3.4 3.4 0 0 1 4.8 4.8l-8.5 8.4a1.7 1.7 0 0 1-2.4-2.4l7.8-7.8",
  smile: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8.5 14.5a4.5 4.5 0 0 0 7 0M9 9.5h.01M15 9.5h.01",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM5 20a7 7 0 0 1 14 0",
  star: "M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9-4.3-4.1 5.9-.8L12 3.5Z",
  file: "M7 3h7l4 4v14H7V3ZM14 3v4h4",
  down: "M12 5v14M6 13l6 6 6-6",
  bot: "M5 9h14v10H5V9ZM12 9V5M9 13.5v1.5M15 13.5v1.5",
};

export function Icon({ name, filled }: { name: keyof typeof paths; filled?: boolean }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" class={filled ? "icon filled" : "icon"}>
      <path d={paths[name]} />
    </svg>
  );
}
