import { type RefObject, useEffect, useRef } from "react";

/** After this long a focus that stood on what is gone is lost, in milliseconds. */
const SETTLED = 50;

/**
 * For the title of a screen that takes the place of another: it gets the focus when that had it, so that who hears the
 * page learns where he is, and the next Tab is the screen's first field. The element needs `tabIndex={-1}`.
 */
export function useHeadingFocus(): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
    }, SETTLED);
    return () => clearTimeout(timer);
  }, []);
  return heading;
}
