import { navigate } from "wouter/use-browser-location";

/** Goes to a screen of the app, from where no hook reaches. */
export function go(path: string): void {
  navigate(path);
}
