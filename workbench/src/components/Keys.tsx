// Key caps, for the palette, the help and tooltips.
import { keyCaps } from "./commands.ts";

export function Keys({ keys }: { keys: string }) {
  return (
    <span className="keys">
      {keyCaps(keys).map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  );
}
