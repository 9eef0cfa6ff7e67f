import { Menu } from "@mantine/core";
import { IconAdjustmentsHorizontal, IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Filter } from "../filters.ts";
import { useObservable, useStore } from "../hooks.ts";
import { chosenFilter } from "./list-choice.ts";

/** Queue, label and channel, behind one button. */
export function FilterMenu() {
  const { t } = useTranslation();
  const filter = useObservable(chosenFilter);
  const queues = useStore((state) => state.queues);
  const labels = useStore((state) => state.labels);
  const channels = useStore((state) => state.channels);
  const on = [filter.queueId, filter.labelId, filter.channelId].filter((id) => id !== null).length;
  const choose = (change: Partial<Filter>) => chosenFilter.set({ ...filter, ...change });
  return (
    <Menu closeOnItemClick={false} width={260}>
      <Menu.Target>
        <button
          type="button"
          className="filter-button"
          data-on={on > 0}
          aria-label={on > 0 ? t("inbox.filterOn", { count: on }) : t("inbox.filter")}
        >
          <IconAdjustmentsHorizontal size={18} aria-hidden="true" />
          {t("inbox.filter")}
          {on > 0 && <span className="badge">{on}</span>}
        </button>
      </Menu.Target>
      <Menu.Dropdown className="filter-menu">
        <Group
          name={t("inbox.queue")}
          items={[...queues.values()]}
          chosen={filter.queueId}
          onChoose={(queueId) => choose({ queueId })}
        />
        <Group
          name={t("inbox.label")}
          items={[...labels.values()]}
          chosen={filter.labelId}
          onChoose={(labelId) => choose({ labelId })}
        />
        {channels.size > 1 && (
          <Group
            name={t("inbox.channel")}
            items={[...channels.values()]}
            chosen={filter.channelId}
            onChoose={(channelId) => choose({ channelId })}
          />
        )}
        {on > 0 && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => choose({ queueId: null, labelId: null, channelId: null })}>
              {t("inbox.clearFilters")}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

interface GroupProps<Id> {
  readonly name: string;
  readonly items: readonly { readonly id: Id; readonly name: string; readonly color?: string }[];
  readonly chosen: Id | null;
  readonly onChoose: (id: Id | null) => void;
}

function Group<Id extends string>({ name, items, chosen, onChoose }: GroupProps<Id>) {
  if (items.length === 0) return null;
  return (
    <>
      <Menu.Label>{name}</Menu.Label>
      {items.map((item) => (
        <Menu.CheckboxItem
          key={item.id}
          closeMenuOnClick
          checked={chosen === item.id}
          checkIcon={<IconCheck size={16} aria-hidden="true" />}
          onChange={(checked) => onChoose(checked ? item.id : null)}
          rightSection={item.color && <span className="chip-dot" style={{ "--dot": item.color }} />}
        >
          {item.name}
        </Menu.CheckboxItem>
      ))}
    </>
  );
}
