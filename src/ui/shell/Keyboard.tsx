import { lazy, Suspense, useEffect } from "react";

import { useObservable } from "../hooks.ts";
import { type Command, run } from "./commands.ts";
import { go } from "./go.ts";
import { overlay } from "./overlay.ts";

const KeysHelp = lazy(async () => ({ default: (await import("./KeysHelp.tsx")).KeysHelp }));
const loadPalette = async () => ({ default: (await import("./Palette.tsx")).Palette });
const Palette = lazy(loadPalette);

/** Keys that do something wherever nothing is being typed (design.md, "Keys"). */
export const keyOf: Readonly<Record<Command, string>> = {
  next: "j",
  previous: "k",
  reply: "r",
  note: "n",
  assign: "a",
  transfer: "t",
  resolve: "e",
  search: "s",
};

const commands = new Map(Object.entries(keyOf).map(([command, key]) => [key, command as Command]));
/** How long `g` waits for its second key, in milliseconds. */
const CHORD = 1_200;
/** When the first screen has had its turn, in milliseconds: what is typed right after Ctrl K must find the palette there. */
const EARLY = 2_000;

/** Listens to the keyboard, and holds the dialogs that any screen may open. */
export function Keyboard() {
  const open = useObservable(overlay);
  useEffect(listen, []);
  const close = () => overlay.set("none");
  return (
    <Suspense fallback={null}>
      {open === "keys" && <KeysHelp onClose={close} />}
      {open === "palette" && <Palette onClose={close} />}
    </Suspense>
  );
}

function listen(): () => void {
  let chordUntil = 0;
  // Where the line is down just then, Ctrl K itself asks again.
  const early = setTimeout(() => void loadPalette().catch(() => undefined), EARLY);
  const onKey = (event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      overlay.set("palette");
      return;
    }
    // A dialog that is still on its way has the keys already.
    if (overlay.value !== "none") return;
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || hasDialog()) return;
    if (chordUntil > Date.now()) {
      chordUntil = 0;
      if (event.key === "i") go("/");
      return;
    }
    if (event.key === "g") chordUntil = Date.now() + CHORD;
    else if (event.key === "?") overlay.set("keys");
    else {
      const command = commands.get(event.key);
      // The letter must not land in the field that the command puts the cursor into.
      if (command && run(command)) event.preventDefault();
    }
  };
  window.addEventListener("keydown", onKey);
  return () => {
    clearTimeout(early);
    window.removeEventListener("keydown", onKey);
  };
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}

function hasDialog(): boolean {
  return document.querySelector('[role="dialog"],[role="menu"]') !== null;
}
