// Where a popup goes beside its button so that all of it is on the screen. Pure; px, screen coordinates.
export type PopupSide = "below" | "above" | "beside";
type Box = { left: number; top: number; right: number; bottom: number; width: number; height: number };

const gap = 6;
const margin = 8;

/** Below or above lines up with the nearer edge of the button; without room on its side it takes the other. */
export function placePopup(
  from: Box,
  own: Pick<Box, "width" | "height">,
  side: PopupSide,
  screen: { width: number; height: number },
): { left: number; top: number } {
  const within = (value: number, size: number, all: number) =>
    Math.max(margin, Math.min(value, all - size - margin));
  if (side === "beside") {
    const right = from.right + gap;
    const left = right + own.width + margin > screen.width ? from.left - gap - own.width : right;
    return {
      left: within(left, own.width, screen.width),
      top: within(from.bottom - own.height, own.height, screen.height),
    };
  }
  const below = from.bottom + gap;
  const above = from.top - gap - own.height;
  const fitsBelow = below + own.height + margin <= screen.height;
  const isBelow = side === "below" ? fitsBelow || above < margin : above < margin && fitsBelow;
  const isAtEnd = from.left + from.width / 2 > screen.width / 2;
  const left = isAtEnd ? from.right - own.width : from.left;
  return {
    left: within(left, own.width, screen.width),
    top: within(isBelow ? below : above, own.height, screen.height),
  };
}
