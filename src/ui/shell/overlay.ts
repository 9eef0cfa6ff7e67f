import { Observable } from "../observable.ts";

/** Which of the dialogs that any screen may open is open. */
export const overlay = new Observable<"none" | "keys" | "palette" | "transfer">("none");
