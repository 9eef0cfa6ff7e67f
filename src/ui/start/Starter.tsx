import { lazy, Suspense } from "react";

import { useObservable } from "../hooks.ts";
import { starting } from "./starting.ts";

const StartDialog = lazy(async () => ({ default: (await import("./StartDialog.tsx")).StartDialog }));

/** Holds the dialog that any screen may open. */
export function Starter() {
  const open = useObservable(starting);
  if (!open) return null;
  return (
    <Suspense fallback={null}>
      <StartDialog contact={open.contact} onClose={() => starting.set(null)} />
    </Suspense>
  );
}
