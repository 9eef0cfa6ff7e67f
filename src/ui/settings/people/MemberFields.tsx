import { useTranslation } from "react-i18next";

import { type Role, roles } from "../../../contract/entities.ts";
import type { QueueId } from "../../../contract/ids.ts";
import { useStore } from "../../hooks.ts";
import { Checklist, Choices } from "../parts/Choices.tsx";
import { QueueChip } from "./QueueChips.tsx";

interface MemberFieldsProps {
  readonly role: Role;
  readonly onRole: (role: Role) => void;
  readonly queues: ReadonlySet<string>;
  readonly onQueues: (ids: ReadonlySet<string>) => void;
  /** One's own role is another admin's to change. */
  readonly roleFixed?: boolean;
}

/** What somebody may do, and in which queues. */
export function MemberFields({ role, onRole, queues, onQueues, roleFixed = false }: MemberFieldsProps) {
  const { t } = useTranslation(["settings", "translation"]);
  const all = useStore((state) => state.queues);
  return (
    <>
      {roleFixed ? (
        <p className="form-hint">{t("users.selfHint")}</p>
      ) : (
        <Choices
          legend={t("users.role")}
          value={role}
          choices={roles.map((value) => ({
            value,
            label: t(`translation:role.${value}`),
            hint: t(`users.roleHint.${value}`),
          }))}
          onChange={onRole}
        />
      )}
      <Checklist
        legend={t("users.queues")}
        empty={t("users.noQueues")}
        items={[...all.values()].map((queue) => ({ id: queue.id, content: <QueueChip {...queue} /> }))}
        chosen={queues}
        onChange={onQueues}
      />
    </>
  );
}

/** The chosen ids among those that exist. */
export function chosenQueues(
  all: ReadonlyMap<QueueId, unknown>,
  chosen: ReadonlySet<string>,
): readonly QueueId[] {
  return [...all.keys()].filter((id) => chosen.has(id));
}
