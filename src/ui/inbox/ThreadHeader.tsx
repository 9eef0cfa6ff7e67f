import { Button } from "@mantine/core";
import {
  IconArrowLeft,
  IconArrowsRightLeft,
  IconCheck,
  IconInfoCircle,
  IconRotate2,
} from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Conversation } from "../../contract/entities.ts";
import { useDesk, usePart, useStore } from "../hooks.ts";
import { Avatar } from "../kit/Avatar.tsx";
import { phoneText } from "../kit/format.ts";
import { IconButton } from "../kit/IconButton.tsx";
import { useCommand } from "../shell/commands.ts";
import { go } from "../shell/go.ts";
import { assign, isOpen, reopen, resolve } from "./actions.ts";
import { AssignMenu } from "./AssignMenu.tsx";
import { MoreMenu } from "./MoreMenu.tsx";

const TransferDialog = lazy(async () => ({ default: (await import("./TransferDialog.tsx")).TransferDialog }));

interface ThreadHeaderProps {
  readonly conversation: Conversation;
  readonly onDetails: () => void;
}

/** Who it is, who has it, and what can be done with it. */
export function ThreadHeader({ conversation, onDetails }: ThreadHeaderProps) {
  const { t } = useTranslation();
  const { contact } = conversation;
  return (
    <header className="thread-head">
      <span className="thread-back">
        {/* The browser's own way back, so that its button and this one agree. */}
        <IconButton label={t("action.back")} onClick={back}>
          <IconArrowLeft size={22} aria-hidden="true" />
        </IconButton>
      </span>
      <button type="button" className="thread-who" onClick={onDetails}>
        <Avatar name={contact.name} id={contact.id} url={contact.avatar_url} size={38} />
        <span className="thread-name">
          <strong className="ellipsis">{contact.name}</strong>
          <Under conversation={conversation} />
        </span>
        <span className="unseen">{t("action.details")}</span>
      </button>
      <HeaderActions conversation={conversation} onDetails={onDetails} />
    </header>
  );
}

function back(): void {
  if (history.length > 1) history.back();
  else go("/");
}

function Under({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const { contact, number, id } = conversation;
  // With one channel only, its name says nothing.
  const channel = useStore(({ channels }) =>
    channels.size > 1 ? channels.get(conversation.channel_id) : undefined,
  );
  const users = useStore((state) => state.users);
  const viewing = usePart(desk.signals, (moment) => moment.viewing.get(id));
  const others = (viewing ?? []).filter((user) => user !== desk.myId).map((user) => users.get(user)?.name);
  const names = others.filter((name) => name !== undefined).map((name) => name.split(" ")[0]);
  if (names.length > 0) {
    return (
      <span className="thread-viewing ellipsis" role="status">
        {t("thread.viewing", { names: names.join(", "), count: names.length })}
      </span>
    );
  }
  const facts = [contact.phone && phoneText(contact.phone), channel?.name, `#${number}`];
  return <span className="thread-facts ellipsis tabular">{facts.filter(Boolean).join(" · ")}</span>;
}

function HeaderActions({ conversation, onDetails }: ThreadHeaderProps) {
  const { t } = useTranslation();
  const desk = useDesk();
  const [transferring, setTransferring] = useState(false);
  const open = isOpen(conversation);
  const attends = desk.may("attend");
  const toggle = () =>
    void (open ? resolve(desk, conversation) : reopen(desk, conversation.id, conversation.assignee_id));
  useCommand("resolve", attends ? toggle : null);
  useCommand("transfer", attends && open ? () => setTransferring(true) : null);
  useCommand("assign", attends && open ? () => void assign(desk, conversation.id, desk.myId) : null);
  return (
    <div className="thread-actions">
      {attends && (
        <>
          {open && <AssignMenu conversation={conversation} />}
          {open && (
            <span className="only-wide">
              <IconButton label={t("action.transfer")} hint="t" onClick={() => setTransferring(true)}>
                <IconArrowsRightLeft size={20} stroke={1.7} aria-hidden="true" />
              </IconButton>
            </span>
          )}
          <Button
            className="resolve-button"
            aria-label={t(open ? "action.resolve" : "action.reopen")}
            variant={open ? "filled" : "default"}
            leftSection={
              open ? <IconCheck size={18} aria-hidden="true" /> : <IconRotate2 size={18} aria-hidden="true" />
            }
            onClick={toggle}
          >
            {t(open ? "action.resolve" : "action.reopen")}
          </Button>
          <MoreMenu conversation={conversation} onTransfer={() => setTransferring(true)} />
        </>
      )}
      <span className="only-wide">
        <IconButton label={t("action.details")} onClick={onDetails}>
          <IconInfoCircle size={20} stroke={1.7} aria-hidden="true" />
        </IconButton>
      </span>
      {transferring && (
        <Suspense fallback={null}>
          <TransferDialog conversation={conversation} onClose={() => setTransferring(false)} />
        </Suspense>
      )}
    </div>
  );
}
