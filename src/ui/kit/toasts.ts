import { Observable } from "../observable.ts";

export interface Toast {
  readonly id: number;
  readonly tone: "info" | "ok" | "bad";
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** How long a notice stays, in milliseconds; longer where there is something to press. */
const STAYS = 5_000;
const STAYS_WITH_ACTION = 9_000;
const MOST = 4;

/** The notices on the screen, oldest first. */
export const toasts = new Observable<readonly Toast[]>([]);
let last = 0;

/** Shows a notice; it leaves by itself. */
export function toast(notice: Omit<Toast, "id">): void {
  const id = ++last;
  toasts.set([...toasts.value, { ...notice, id }].slice(-MOST));
  setTimeout(() => dismiss(id), notice.action ? STAYS_WITH_ACTION : STAYS);
}

export function dismiss(id: number): void {
  toasts.set(toasts.value.filter((shown) => shown.id !== id));
}

/** Shows why something did not work, in the server's words. */
export function toastError(error: unknown): void {
  toast({ tone: "bad", text: error instanceof Error ? error.message : String(error) });
}
