import { Button, Modal } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Channel, Contact, Conversation } from "../../contract/entities.ts";
import type { ChannelId } from "../../contract/ids.ts";
import { useDesk, useStore } from "../hooks.ts";
import { windowOf } from "../inbox/WindowBanner.tsx";
import { FormError } from "../kit/FormError.tsx";
import { useSubmit } from "../settings/parts/use-submit.ts";
import { go } from "../shell/go.ts";
import { ChannelChoice } from "./ChannelChoice.tsx";
import { start, type Whom } from "./start.ts";
import { wantsTemplate } from "./starting.ts";
import { WhomField } from "./WhomField.tsx";

interface StartDialogProps {
  /** Whom to write to, where that is settled. */
  readonly contact: Contact | null;
  readonly onClose: () => void;
}

/** Begins a conversation: with whom, and through which channel. */
export function StartDialog({ contact, onClose }: StartDialogProps) {
  const { t } = useTranslation();
  const submission = useSubmit();
  const begin = useBegin(onClose);
  const channels = useStore((state) => state.channels);
  const [whom, setWhom] = useState<Whom | null>(contact && { kind: "contact", contact });
  const [chosen, setChosen] = useState<ChannelId | null>(null);
  const channelId = chosen ?? firstOf(channels.values())?.id;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (whom && channelId) void submission.run(() => begin(whom, channelId));
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={520}
      title={t("start.title")}
      closeButtonProps={{ "aria-label": t("app.close") }}
    >
      <form className="stack" onSubmit={submit}>
        <FormError text={channelId ? submission.error : t("start.noChannel")} />
        {contact ? (
          <p>{t("start.with", { name: contact.name })}</p>
        ) : (
          <WhomField whom={whom} onWhom={setWhom} />
        )}
        {channels.size > 1 && <ChannelChoice chosen={channelId} onChoose={setChosen} />}
        <div className="buttons">
          <Button variant="default" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" disabled={!whom || !channelId} loading={submission.busy}>
            {t("start.submit")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** The first that works, else the first. */
function firstOf(channels: Iterable<Channel>): Channel | undefined {
  const all = [...channels];
  return all.find(({ status }) => status === "connected") ?? all[0];
}

/** Opens the conversation and goes there; the first words are a template where nothing else may be sent. */
function useBegin(onClose: () => void): (whom: Whom, channelId: ChannelId) => Promise<void> {
  const desk = useDesk();
  return async (whom, channelId) => {
    const started = await start({
      whom,
      channelId,
      assigneeId: desk.myId,
      post: (body) => desk.api.post<Conversation>("/conversations", body),
    });
    onClose();
    if (started.kind === "open") {
      go(`/conversations/${started.id}`);
      return;
    }
    const { conversation } = started;
    desk.store.addChanged(conversation);
    if (windowOf(conversation, Date.now()).at === "closed") wantsTemplate.set(conversation.id);
    go(`/conversations/${conversation.id}`);
  };
}
