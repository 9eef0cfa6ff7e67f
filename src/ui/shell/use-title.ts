import { useEffect } from "react";

import { useDesk, useObservable } from "../hooks.ts";

/** The number of unread conversations stands before the product's name in the browser's tab. */
export function useTitle(): void {
  const unread = useObservable(useDesk().counts)?.unread ?? 0;
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) balcão` : "balcão";
  }, [unread]);
}
