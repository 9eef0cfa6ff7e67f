import { Modal } from "@mantine/core";
import { type KeyboardEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";

import { Avatar } from "../kit/Avatar.tsx";
import { type Entry, useEntries } from "./palette-entries.ts";

/** Ctrl K: find a conversation, go somewhere, do something. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const listId = useId();
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const entries = useEntries(query);
  const current = entries[Math.min(at, entries.length - 1)];

  const choose = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    // After the dialog has given the focus back, or it would take it from where the command puts it.
    setTimeout(entry.act, 0);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt((n) => Math.min(n + 1, entries.length - 1));
    else if (event.key === "ArrowUp") setAt((n) => Math.max(n - 1, 0));
    else if (event.key === "Enter") choose(current);
    else return;
    event.preventDefault();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      // There at once: who knows the key is typing already.
      transitionProps={{ duration: 0 }}
      padding={0}
      size={560}
      // On the modal itself it would name the frame around the dialog.
      attributes={{ content: { "aria-label": t("palette.title") } }}
    >
      <input
        className="palette-input"
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={current && `${listId}-${current.id}`}
        aria-label={t("palette.placeholder")}
        placeholder={t("palette.placeholder")}
        value={query}
        data-autofocus
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKey}
      />
      <div className="palette-list" role="listbox" id={listId} aria-label={t("palette.title")}>
        {entries.length === 0 && <p className="palette-group">{t("palette.empty")}</p>}
        {entries.map((entry, index) => (
          <button
            key={entry.id}
            type="button"
            role="option"
            id={`${listId}-${entry.id}`}
            aria-selected={entry === current}
            data-on={entry === current}
            className="palette-item"
            tabIndex={-1}
            onMouseMove={() => setAt(index)}
            onClick={() => choose(entry)}
          >
            {entry.person && <Avatar name={entry.text} id={entry.id} size={28} />}
            <span className="ellipsis">{entry.text}</span>
            {entry.detail && <span className="muted tabular ellipsis">{entry.detail}</span>}
            {entry.keyHint && <kbd className="kbd">{entry.keyHint}</kbd>}
          </button>
        ))}
      </div>
    </Modal>
  );
}
