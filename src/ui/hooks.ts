import { createContext, useContext, useSyncExternalStore } from "react";

import type { State } from "../contract/apply.ts";
import type { Desk } from "./desk.ts";
import type { Observable } from "./observable.ts";

/** What an observable holds, kept up to date. */
export function useObservable<T>(observable: Observable<T>): T {
  return useSyncExternalStore(observable.subscribe, () => observable.value);
}

/** A part of what an observable holds; `pick` must give the same object while that part has not changed. */
export function usePart<T, Part>(observable: Observable<T>, pick: (value: T) => Part): Part {
  return useSyncExternalStore(observable.subscribe, () => pick(observable.value));
}

export const DeskContext = createContext<Desk | null>(null);

/** The desk of who is signed in. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("no desk around this component");
  return desk;
}

/** A part of the state that the server told. */
export function useStore<Part>(pick: (state: State) => Part): Part {
  return usePart(useDesk().store, pick);
}
