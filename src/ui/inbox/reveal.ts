import type { MessageId } from "../../contract/ids.ts";

/** Shows where a message stands; one that is far away comes into the page when its place does. */
export function reveal(id: MessageId): void {
  const name = CSS.escape(id);
  const line = document.querySelector(`[data-message-id="${name}"]`);
  if (line) {
    line.scrollIntoView({ block: "center", behavior: "smooth" });
    line.animate([{ opacity: 0.4 }, { opacity: 1 }], { duration: 600 });
    return;
  }
  const place = document.querySelector(`[data-holds~="${name}"]`);
  if (!place) return;
  const filled = new MutationObserver(() => {
    filled.disconnect();
    reveal(id);
  });
  filled.observe(place, { childList: true });
  place.scrollIntoView({ block: "center", behavior: "instant" });
}
