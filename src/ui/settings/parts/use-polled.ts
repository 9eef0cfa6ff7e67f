import { useEffect } from "react";

import { type Loaded, useLoaded } from "./use-loaded.ts";

/** What `load` answers, asked again every `interval` milliseconds while somebody looks at the page. */
export function usePolled<T>(
  load: () => Promise<T>,
  interval: number,
): readonly [state: Loaded<T>, reload: () => Promise<void>] {
  const [state, reload] = useLoaded(load);
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === "visible") void reload();
    };
    const timer = setInterval(look, interval);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [interval, reload]);
  return [state, reload];
}
