import { useEffect, useState } from "react";

import type { Contact } from "../../contract/entities.ts";
import { useDesk } from "../hooks.ts";
import { toastError } from "../kit/toasts.ts";

/** A request for each pause in the typing, not for each letter; in milliseconds. */
const PAUSE = 180;
const MOST = 20;

/** The contacts whose name or number fits, newest first; null until the first answer. */
export function useContactSearch(query: string): readonly Contact[] | null {
  const { api } = useDesk();
  const [found, setFound] = useState<readonly Contact[] | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      const asked = { search: query.trim(), limit: MOST };
      api.get<readonly Contact[]>("/contacts", asked, abort.signal).then(
        ({ data }) => setFound(data),
        (error: unknown) => {
          if (!abort.signal.aborted) toastError(error);
        },
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [api, query]);
  return found;
}
