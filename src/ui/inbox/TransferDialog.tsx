import { Button, Modal, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Conversation } from "../../contract/entities.ts";
import type { QueueId, UserId } from "../../contract/ids.ts";
import { useDesk, useStore } from "../hooks.ts";
import { Avatar } from "../kit/Avatar.tsx";
import { transfer } from "./actions.ts";

interface TransferDialogProps {
  readonly conversation: Conversation;
  readonly onClose: () => void;
}

type Target =
  { readonly kind: "queue"; readonly id: QueueId } | { readonly kind: "user"; readonly id: UserId } | null;

/** Hands a conversation to a queue or a person, with a word why. */
export function TransferDialog({ conversation, onClose }: TransferDialogProps) {
  const { t } = useTranslation();
  const desk = useDesk();
  const [target, setTarget] = useState<Target>(null);
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!target) return;
    setBusy(true);
    const words = reason.trim() === "" ? {} : { reason: reason.trim() };
    const to = target.kind === "queue" ? { queue_id: target.id } : { assignee_id: target.id };
    if (await transfer(desk, conversation.id, { ...to, ...words })) onClose();
    else setBusy(false);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("action.transferTitle")}
      closeButtonProps={{ "aria-label": t("app.close") }}
    >
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <Targets conversation={conversation} target={target} onTarget={setTarget} />
        <Textarea
          label={t("action.reason")}
          description={t("action.reasonHint")}
          rows={3}
          maxLength={1000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <div className="buttons">
          <Button variant="default" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" disabled={!target} loading={busy}>
            {t("action.transfer")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

interface TargetsProps {
  readonly conversation: Conversation;
  readonly target: Target;
  readonly onTarget: (target: Target) => void;
}

function Targets({ conversation, target, onTarget }: TargetsProps) {
  const { t } = useTranslation();
  const users = useStore((state) => state.users);
  const queues = useStore((state) => state.queues);
  const agents = [...users.values()].filter(
    (user) => user.active && user.role !== "viewer" && user.id !== conversation.assignee_id,
  );
  return (
    <fieldset className="targets">
      <legend>{t("action.transferTo")}</legend>
      <p className="choices-group">{t("action.toQueue")}</p>
      {[...queues.values()].map((queue, index) => (
        <label key={queue.id} className="target">
          <input
            type="radio"
            name="target"
            data-autofocus={index === 0}
            checked={target?.id === queue.id}
            onChange={() => onTarget({ kind: "queue", id: queue.id })}
          />
          <span className="chip-dot" style={{ "--dot": queue.color }} />
          <span className="ellipsis">{queue.name}</span>
        </label>
      ))}
      <p className="choices-group">{t("action.toAgent")}</p>
      {agents.map((user) => (
        <label key={user.id} className="target">
          <input
            type="radio"
            name="target"
            checked={target?.id === user.id}
            onChange={() => onTarget({ kind: "user", id: user.id })}
          />
          <Avatar name={user.name} id={user.id} size={26} presence={user.presence} />
          <span className="ellipsis">{user.name}</span>
          <span className="muted choice-end">{t(`presence.${user.presence}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}
