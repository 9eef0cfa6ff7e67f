import { useCallback, useEffect, useRef, useState } from "react";

export type Loaded<T> =
  | { readonly at: "loading" }
  | { readonly at: "failed"; readonly error: string }
  | { readonly at: "there"; readonly data: T };

/** What `load` answers, and how to ask again. What is there stays on the screen while it is asked again. */
export function useLoaded<T>(
  load: () => Promise<T>,
): readonly [state: Loaded<T>, reload: () => Promise<void>] {
  const [state, setState] = useState<Loaded<T>>({ at: "loading" });
  const latest = useRef(load);
  const asked = useRef(0);
  useEffect(() => {
    latest.current = load;
  });
  const reload = useCallback(async () => {
    const turn = ++asked.current;
    try {
      const data = await latest.current();
      if (turn === asked.current) setState({ at: "there", data });
    } catch (failure) {
      const error = failure instanceof Error ? failure.message : String(failure);
      if (turn === asked.current) setState((now) => (now.at === "there" ? now : { at: "failed", error }));
    }
  }, []);
  useEffect(() => {
    void reload();
    return () => {
      asked.current += 1;
    };
  }, [reload]);
  return [state, reload];
}
