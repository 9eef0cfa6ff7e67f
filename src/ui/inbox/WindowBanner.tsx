import { Button } from "@mantine/core";
import { IconClockHour4, IconClockOff } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Conversation } from "../../contract/entities.ts";
import { useObservable } from "../hooks.ts";
import { duration } from "../kit/format.ts";
import { wantsTemplate } from "../start/starting.ts";

const TemplatePicker = lazy(async () => ({ default: (await import("./TemplatePicker.tsx")).TemplatePicker }));

export type WindowState =
  | { readonly at: "open" }
  | { readonly at: "closing"; readonly left: number }
  | { readonly at: "closed"; readonly ever: boolean };

/** The time left is worth a line when there is less than this, in milliseconds. */
const SOON = 4 * 3_600_000;

/** Whether the customer may still be answered freely: WhatsApp's 24 hours since his last message. */
export function windowOf({ window_expires_at: end }: Conversation, now: number): WindowState {
  if (end === null) return { at: "closed", ever: false };
  const left = Date.parse(end) - now;
  if (left <= 0) return { at: "closed", ever: true };
  return left < SOON ? { at: "closing", left } : { at: "open" };
}

interface WindowBannerProps {
  readonly conversation: Conversation;
  readonly state: WindowState;
}

/** How long the customer may be answered, or how else. */
export function WindowBanner({ conversation, state }: WindowBannerProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const wanted = useObservable(wantsTemplate) === conversation.id;
  const close = () => {
    setAsked(false);
    wantsTemplate.set(null);
  };
  if (state.at === "open") return null;
  if (state.at === "closing") {
    return (
      <p className="window" data-state="closing">
        <IconClockHour4 size={16} aria-hidden="true" />
        {t("window.closes", { time: duration(state.left) })}
      </p>
    );
  }
  return (
    <div className="window" data-state="closed">
      <IconClockOff size={22} stroke={1.7} aria-hidden="true" />
      <p>
        <strong>{t(state.ever ? "window.closed" : "window.never")}</strong>
        <span>{t("window.closedHint")}</span>
      </p>
      <Button onClick={() => setAsked(true)}>{t("window.choose")}</Button>
      {(asked || wanted) && (
        <Suspense fallback={null}>
          <TemplatePicker conversation={conversation} onClose={close} />
        </Suspense>
      )}
    </div>
  );
}
