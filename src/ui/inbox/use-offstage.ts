import { type RefObject, useEffect, useState } from "react";

/** How far outside of the view a part may be and still be in the page, in pixels: some screens of fast scrolling. */
const NEAR = 2_000;
/** A window that is being resized is measured again when it rests for this long, in milliseconds. */
const REST = 200;

interface OffstageOptions {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly part: RefObject<HTMLElement | null>;
}

/** The height in pixels to keep free for a part that is far out of view; null for one that is to be shown. */
export function useOffstage({ scroller, part }: OffstageOptions): number | null {
  const [height, setHeight] = useState<number | null>(null);
  useEffect(() => {
    const element = part.current;
    if (!element) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        const entry = entries.at(-1);
        if (entry) setHeight(entry.isIntersecting ? null : entry.boundingClientRect.height);
      },
      { root: scroller.current, rootMargin: `${NEAR}px 0px` },
    );
    observer.observe(element);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const measure = () => {
      setHeight(null);
      observer.unobserve(element);
      observer.observe(element);
    };
    const onResize = () => {
      clearTimeout(timer);
      timer = setTimeout(measure, REST);
    };
    window.addEventListener("resize", onResize);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("resize", onResize);
      observer.disconnect();
    };
  }, [scroller, part]);
  return height;
}
