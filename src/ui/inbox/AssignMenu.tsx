import { Button, Menu } from "@mantine/core";
import { IconCheck, IconChevronDown, IconHandStop, IconUserOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Conversation } from "../../contract/entities.ts";
import { useDesk, useStore } from "../hooks.ts";
import { Avatar } from "../kit/Avatar.tsx";
import { assign } from "./actions.ts";

/** Whose it is; nobody's is taken with one press, anybody's is given away through the menu. */
export function AssignMenu({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const users = useStore((state) => state.users);
  const { assignee_id, id } = conversation;
  const attendants = [...users.values()]
    .filter((user) => user.active && user.role !== "viewer")
    .toSorted(
      (a, b) => Number(b.id === desk.myId) - Number(a.id === desk.myId) || a.name.localeCompare(b.name),
    );
  const assignee = assignee_id === null ? undefined : users.get(assignee_id);
  return (
    <div className="assign">
      {assignee_id === null && (
        <Button
          variant="light"
          className="assign-take"
          aria-label={t("action.take")}
          leftSection={<IconHandStop size={17} aria-hidden="true" />}
          onClick={() => void assign(desk, id, desk.myId)}
        >
          {t("action.take")}
        </Button>
      )}
      <Menu width={260}>
        <Menu.Target>
          {assignee_id === null ? (
            <button type="button" className="assign-more" aria-label={t("action.assignTo")}>
              <IconChevronDown size={16} aria-hidden="true" />
            </button>
          ) : (
            <button type="button" className="assign-who">
              {assignee && <Avatar name={assignee.name} id={assignee.id} size={24} />}
              <span className="ellipsis">
                {assignee_id === desk.myId
                  ? t("action.assignedYou")
                  : t("action.assigned", { name: assignee?.name.split(" ")[0] ?? "" })}
              </span>
              <span className="unseen">{t("action.assignTo")}</span>
              <IconChevronDown size={15} aria-hidden="true" />
            </button>
          )}
        </Menu.Target>
        <Menu.Dropdown className="tall-menu">
          <Menu.Label>{t("action.assignTo")}</Menu.Label>
          {attendants.map((user) => (
            <Menu.Item
              key={user.id}
              leftSection={<Avatar name={user.name} id={user.id} size={26} presence={user.presence} />}
              rightSection={user.id === assignee_id && <IconCheck size={16} aria-hidden="true" />}
              onClick={() => void assign(desk, id, user.id)}
            >
              {user.name}
              {user.id === desk.myId && <span className="muted"> ({t("inbox.you").toLowerCase()})</span>}
            </Menu.Item>
          ))}
          {assignee_id !== null && (
            <>
              <Menu.Divider />
              <Menu.Item leftSection={<IconUserOff size={18} />} onClick={() => void assign(desk, id, null)}>
                {t("action.unassign")}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
