import { Button } from "@mantine/core";
import { IconLock, IconMessage, IconPaperclip, IconSend2 } from "@tabler/icons-react";
import { type KeyboardEvent, useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Conversation, Message } from "../../contract/entities.ts";
import { useDesk } from "../hooks.ts";
import { IconButton } from "../kit/IconButton.tsx";
import { useNow } from "../kit/use-now.ts";
import { useCommand } from "../shell/commands.ts";
import { isOpen } from "./actions.ts";
import { ComposerFiles } from "./ComposerFiles.tsx";
import { ReplyingTo } from "./ReplyingTo.tsx";
import { submitDraft } from "./submit.ts";
import type { DraftControl } from "./use-draft.ts";
import { useTypingSignal } from "./use-typing-signal.ts";
import { WindowBanner, windowOf } from "./WindowBanner.tsx";

interface ComposerProps {
  readonly conversation: Conversation;
  readonly draft: DraftControl;
  /** In order; the last one of the customer is what the answer has seen. */
  readonly messages: readonly Message[];
}

/** Where the answer is written: to the customer, or as a note to the team. */
export function Composer({ conversation, draft, messages }: ComposerProps) {
  const { t } = useTranslation();
  const desk = useDesk();
  const now = useNow(30_000);
  if (!desk.may("attend")) return <p className="composer-viewer">{t("composer.viewer")}</p>;
  const { note } = draft.value;
  const windowState = windowOf(conversation, now);
  const closed = !note && windowState.at === "closed";
  return (
    <section className="composer" data-note={note} aria-label={t("composer.label")}>
      <Modes draft={draft} />
      {!note && <WindowBanner conversation={conversation} state={windowState} />}
      {!closed && <Writing conversation={conversation} draft={draft} messages={messages} />}
    </section>
  );
}

function Modes({ draft: { value, change } }: { readonly draft: DraftControl }) {
  const { t } = useTranslation();
  const choose = (note: boolean) => {
    change({ note, ...(note && { replyTo: null }) });
    const focus = () => document.querySelector<HTMLElement>("#composer-text")?.focus();
    focus();
    // The field may just be coming back; where it is there, not even the next letter may go astray.
    setTimeout(focus, 0);
  };
  useCommand("reply", () => choose(false));
  useCommand("note", () => choose(true));
  return (
    <div className="modes" role="group" aria-label={t("composer.label")}>
      <button type="button" aria-pressed={!value.note} onClick={() => choose(false)}>
        <IconMessage size={16} aria-hidden="true" />
        {t("composer.reply")}
      </button>
      <button type="button" aria-pressed={value.note} onClick={() => choose(true)}>
        <IconLock size={16} aria-hidden="true" />
        {t("composer.note")}
      </button>
    </div>
  );
}

function Writing({ conversation, draft, messages }: ComposerProps) {
  const { t } = useTranslation();
  const desk = useDesk();
  const { text, note, replyTo, files } = draft.value;
  const typing = useTypingSignal(conversation.id);
  const [composing, setComposing] = useState(false);
  const waiting = files.some(({ upload }) => upload.at !== "ready");
  const canSend = (text.trim() !== "" || files.length > 0) && !waiting;
  const send = () => {
    if (!canSend) return;
    typing.stop();
    submitDraft(desk, conversation.id, { draft: draft.value, messages });
  };
  const onKey = (event: KeyboardEvent) => {
    // While an input method composes, Enter takes its suggestion.
    const sends = event.key === "Enter" && !event.shiftKey && !onPhone();
    if (sends && !composing && !event.nativeEvent.isComposing) {
      event.preventDefault();
      send();
    } else if (event.key === "Escape") {
      if (replyTo) draft.change({ replyTo: null });
      // Out of the field the keys of the desk work again; the arrows scroll what was said.
      else document.querySelector<HTMLElement>(".messages")?.focus();
    }
  };
  return (
    <>
      {replyTo && <ReplyingTo message={replyTo} onCancel={() => draft.change({ replyTo: null })} />}
      <ComposerFiles conversationId={conversation.id} files={files} />
      <textarea
        id="composer-text"
        ref={useGrowing(text)}
        aria-label={t(note ? "composer.note" : "composer.label")}
        placeholder={t(note ? "composer.notePlaceholder" : "composer.placeholder")}
        rows={1}
        maxLength={4096}
        value={text}
        onChange={(event) => {
          draft.change({ text: event.currentTarget.value });
          if (!note) typing.beat();
        }}
        onKeyDown={onKey}
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={() => setComposing(false)}
        onPaste={(event) => {
          const pasted = [...event.clipboardData.files];
          if (pasted.length === 0) return;
          event.preventDefault();
          draft.addFiles(pasted);
        }}
      />
      <div className="composer-foot">
        <AttachButton onFiles={draft.addFiles} />
        <span className="composer-hint">
          {isOpen(conversation) || note ? t("composer.hintKeys") : t("composer.resolvedHint")}
        </span>
        <Button
          className="send-button"
          disabled={!canSend}
          onClick={send}
          rightSection={!note && <IconSend2 size={18} aria-hidden="true" />}
        >
          {t(note ? "composer.saveNote" : "composer.send")}
        </Button>
      </div>
    </>
  );
}

/** A phone's Enter breaks the line, as in WhatsApp: there is no Shift to hold, and the button is near. */
function onPhone(): boolean {
  return matchMedia("(pointer: coarse) and (max-width: 719px)").matches;
}

function AttachButton({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton label={t("composer.attach")} onClick={() => input.current?.click()}>
        <IconPaperclip size={20} stroke={1.7} aria-hidden="true" />
      </IconButton>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t("composer.attach")}
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
    </>
  );
}

/** The field is as high as its text, up to where the style sheet stops it. */
function useGrowing(text: string) {
  return useCallback(
    (element: HTMLTextAreaElement | null) => {
      if (!element) return;
      element.style.height = "auto";
      element.style.height = `${element.scrollHeight}px`;
    },
    // A new function makes React call it again after each change.
    // oxlint-disable-next-line react/exhaustive-deps
    [text],
  );
}
