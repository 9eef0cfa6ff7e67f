import { useCallback, useSyncExternalStore } from "react";

/** Only one of list and thread fits the screen; the same as in the style sheets. */
export const onePane = "(max-width: 719px)";

/** Whether a media query holds, kept up to date. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = matchMedia(query);
      list.addEventListener("change", listener);
      return () => list.removeEventListener("change", listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
