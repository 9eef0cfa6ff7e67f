import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

import type { ThreadItem } from "./thread-items.ts";

/** Nearer to the end than this is at the end, in pixels. */
const NEAR = 60;
/** Nearer to the top than this asks for older messages, in pixels. */
const TOP = 400;

interface StickOptions {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly items: readonly ThreadItem[];
  readonly atEnd: boolean;
  readonly onAtEnd: (atEnd: boolean) => void;
  readonly onTop: () => void;
}

/**
 * Keeps a thread where it is read: at the end it follows what comes, elsewhere nothing moves, whether messages are
 * added below or above. Returns how many came below, and the ways to go there.
 */
export function useStick({ scroller, items, atEnd, onAtEnd, onTop }: StickOptions) {
  const seen = useRef({ first: "", last: "", height: 0, count: 0 });
  const follow = useRef(true);
  const [below, setBelow] = useState(0);

  const toEnd = useCallback(
    (smooth = false) => {
      const element = scroller.current;
      element?.scrollTo({ top: element.scrollHeight, behavior: smooth ? "smooth" : "instant" });
    },
    [scroller],
  );

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const messages = items.filter((item) => item.kind === "message" || item.kind === "pending");
    const first = messages[0]?.key ?? "";
    const last = messages.at(-1);
    const before = seen.current;
    seen.current = { first, last: last?.key ?? "", height: element.scrollHeight, count: messages.length };
    if (before.count === 0) return toEnd();
    if (first !== before.first) {
      element.scrollBy({ top: element.scrollHeight - before.height, behavior: "instant" });
      return;
    }
    if (last?.key === before.last) {
      if (follow.current) toEnd();
      return;
    }
    const mine = last?.kind === "pending";
    if (mine || follow.current) toEnd();
    else setBelow((n) => n + Math.max(0, messages.length - before.count));
  }, [items, scroller, toEnd]);

  // Media, typing and the keyboard of a phone change heights: at the end one stays at the end.
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      if (follow.current) toEnd();
    });
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, [scroller, toEnd]);

  const onScroll = () => {
    const element = scroller.current;
    if (!element) return;
    const near = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
    follow.current = near;
    if (near !== atEnd) onAtEnd(near);
    if (near) setBelow(0);
    if (element.scrollTop < TOP) onTop();
  };
  return { below, toEnd, onScroll };
}
