import { Menu } from "@mantine/core";
import { IconArrowBackUp, IconChevronDown, IconCopy, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Message } from "../../contract/entities.ts";
import { useDesk } from "../hooks.ts";
import { toast, toastError } from "../kit/toasts.ts";

interface MessageActionsProps {
  readonly message: Message;
  readonly onReply: (message: Message) => void;
}

const quick = ["👍", "❤️", "😂", "🙏", "😮", "😢"] as const;

/**
 * What can be done with one message; shows on hover, focus and touch. A thread has hundreds: the menu is made when
 * somebody comes near.
 */
export function MessageActions(props: MessageActionsProps) {
  const { t } = useTranslation();
  const desk = useDesk();
  const [state, setState] = useState<"far" | "near" | "open">("far");
  if (!desk.may("attend")) return null;
  if (state !== "far") return <ActionsMenu {...props} opened={state === "open"} />;
  return (
    <button
      type="button"
      className="line-more"
      aria-label={t("thread.actions")}
      aria-haspopup="menu"
      onPointerEnter={(event) => event.pointerType === "mouse" && setState("near")}
      onClick={() => setState("open")}
    >
      <IconChevronDown size={16} aria-hidden="true" />
    </button>
  );
}

function ActionsMenu({ message, onReply, opened }: MessageActionsProps & { readonly opened: boolean }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const note = message.message_type === "note";
  const path = `/conversations/${message.conversation_id}/messages/${message.id}`;
  const mine = message.reactions.find(({ sender_id }) => sender_id === desk.myId)?.emoji;
  const react = (emoji: string) => {
    // The same again takes it back.
    desk.api.post(`${path}/reactions`, { emoji: emoji === mine ? "" : emoji }).catch(toastError);
  };
  const copy = async () => {
    await navigator.clipboard.writeText(message.content);
    toast({ tone: "ok", text: t("app.copied") });
  };
  const removable = message.status === "scheduled" || (note && message.sender_id === desk.myId);
  return (
    <Menu position="bottom-end" defaultOpened={opened}>
      <Menu.Target>
        <button type="button" className="line-more" aria-label={t("thread.actions")}>
          <IconChevronDown size={16} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {!note && (
          <div className="quick" role="group">
            {quick.map((emoji) => (
              <Menu.Item
                key={emoji}
                className="quick-item"
                aria-label={t("thread.react", { emoji })}
                data-on={emoji === mine}
                onClick={() => react(emoji)}
              >
                {emoji}
              </Menu.Item>
            ))}
          </div>
        )}
        {!note && (
          <Menu.Item leftSection={<IconArrowBackUp size={18} />} onClick={() => onReply(message)}>
            {t("thread.reply")}
          </Menu.Item>
        )}
        {message.content !== "" && (
          <Menu.Item leftSection={<IconCopy size={18} />} onClick={() => void copy().catch(toastError)}>
            {t("thread.copyText")}
          </Menu.Item>
        )}
        {removable && (
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={18} />}
            onClick={() => void desk.api.delete(path).catch(toastError)}
          >
            {t("thread.remove")}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
