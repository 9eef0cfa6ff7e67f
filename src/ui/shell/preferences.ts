import { Observable } from "../observable.ts";

export interface Preferences {
  /** A sound for new messages; off until somebody turns it on, since browsers refuse it before a gesture anyway. */
  readonly sound: boolean;
  readonly density: "comfortable" | "compact";
  /** The contact panel beside the thread, where there is room. */
  readonly panel: boolean;
}

const key = "balcao:preferences";
const initial: Preferences = { sound: false, density: "comfortable", panel: true };

/** What this browser remembers of how its user likes the screens. */
export const preferences = new Observable<Preferences>(read());

export function prefer(change: Partial<Preferences>): void {
  preferences.set({ ...preferences.value, ...change });
  localStorage.setItem(key, JSON.stringify(preferences.value));
  showDensity();
}

/** The style sheet reads the density from the page. */
export function showDensity(): void {
  document.documentElement.dataset["density"] = preferences.value.density;
}

function read(): Preferences {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<Preferences>;
    return { ...initial, ...kept };
  } catch {
    return initial;
  }
}
