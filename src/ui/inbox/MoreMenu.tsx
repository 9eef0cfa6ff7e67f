import { ActionIcon, Menu } from "@mantine/core";
import {
  IconAlarmSnooze,
  IconArrowsRightLeft,
  IconCheck,
  IconDotsVertical,
  IconFlag,
  IconTag,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { type Conversation, priorities } from "../../contract/entities.ts";
import type { LabelId } from "../../contract/ids.ts";
import { useDesk, useStore } from "../hooks.ts";
import { dateTime } from "../kit/format.ts";
import { useNow } from "../kit/use-now.ts";
import { isOpen, patch } from "./actions.ts";
import { snoozeChoices } from "./snooze.ts";

interface MoreMenuProps {
  readonly conversation: Conversation;
  readonly onTransfer: () => void;
}

/** The rarer actions. */
export function MoreMenu({ conversation, onTransfer }: MoreMenuProps) {
  const { t } = useTranslation();
  return (
    <Menu width={250}>
      <Menu.Target>
        <ActionIcon aria-label={t("action.more")}>
          <IconDotsVertical size={20} stroke={1.7} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {isOpen(conversation) && (
          <Menu.Item leftSection={<IconArrowsRightLeft size={18} />} onClick={onTransfer}>
            {t("action.transfer")}
          </Menu.Item>
        )}
        <PriorityItems conversation={conversation} />
        <LabelItems conversation={conversation} />
        {isOpen(conversation) && <SnoozeItems conversation={conversation} />}
      </Menu.Dropdown>
    </Menu>
  );
}

interface ItemsProps {
  readonly conversation: Conversation;
}

function PriorityItems({ conversation }: ItemsProps) {
  const { t } = useTranslation();
  const desk = useDesk();
  return (
    <Menu.Sub position="left-start">
      <Menu.Sub.Target>
        <Menu.Sub.Item leftSection={<IconFlag size={18} />}>{t("action.priority")}</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown>
        {priorities.toReversed().map((priority) => (
          <Menu.Item
            key={priority}
            rightSection={conversation.priority === priority && <IconCheck size={16} aria-hidden="true" />}
            onClick={() => void patch(desk, conversation.id, { priority })}
          >
            {t(`inbox.priority.${priority}`)}
          </Menu.Item>
        ))}
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  );
}

function LabelItems({ conversation }: ItemsProps) {
  const { t } = useTranslation();
  const desk = useDesk();
  const labels = useStore((state) => state.labels);
  const worn = new Set<LabelId>(conversation.labels);
  const toggle = (id: LabelId) => {
    const next = worn.has(id) ? [...worn].filter((other) => other !== id) : [...worn, id];
    void patch(desk, conversation.id, { labels: next });
  };
  return (
    <Menu.Sub position="left-start">
      <Menu.Sub.Target>
        <Menu.Sub.Item leftSection={<IconTag size={18} />}>{t("action.labels")}</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown className="tall-menu">
        {labels.size === 0 && <Menu.Label>{t("action.noLabels")}</Menu.Label>}
        {[...labels.values()].map(({ id, name, color }) => (
          <Menu.CheckboxItem
            key={id}
            closeMenuOnClick={false}
            checked={worn.has(id)}
            checkIcon={<IconCheck size={16} aria-hidden="true" />}
            onChange={() => toggle(id)}
            rightSection={<span className="chip-dot" style={{ "--dot": color }} />}
          >
            {name}
          </Menu.CheckboxItem>
        ))}
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  );
}

function SnoozeItems({ conversation }: ItemsProps) {
  const { t, i18n } = useTranslation();
  const desk = useDesk();
  const now = useNow(60_000);
  const until = conversation.snoozed_until;
  const set = (snoozed_until: string | null) => void patch(desk, conversation.id, { snoozed_until });
  if (until !== null && Date.parse(until) > now) {
    return (
      <>
        <Menu.Label>{t("action.snoozedUntil", { time: dateTime(until, i18n.language) })}</Menu.Label>
        <Menu.Item leftSection={<IconAlarmSnooze size={18} />} onClick={() => set(null)}>
          {t("action.unsnooze")}
        </Menu.Item>
      </>
    );
  }
  return (
    <Menu.Sub position="left-start">
      <Menu.Sub.Target>
        <Menu.Sub.Item leftSection={<IconAlarmSnooze size={18} />}>{t("action.snooze")}</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown>
        {snoozeChoices(new Date(now)).map(({ name, at }) => (
          <Menu.Item key={name} onClick={() => set(at.toISOString())}>
            {t(`action.${name}`)}
          </Menu.Item>
        ))}
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  );
}
