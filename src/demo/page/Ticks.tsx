import type { Ticks as Far } from "../phone/protocol.ts";
import { words } from "./words.ts";

/** How far an own message got, drawn as WhatsApp does and named for those who don't see it. */
export function Ticks({ far }: { readonly far: Far }) {
  return (
    <svg
      className="ticks"
      data-far={far}
      viewBox="0 0 18 12"
      width="18"
      height="12"
      role="img"
      aria-label={words.ticks[far]}
    >
      {far === "sending" ? (
        <g>
          <circle cx="10" cy="6" r="4.5" />
          <path d="M10 3.5V6l1.6 1" />
        </g>
      ) : (
        <path d="M1.5 6.5l3 3L11 2.5M7.5 8.5l1 1L15.5 2.5" />
      )}
    </svg>
  );
}
