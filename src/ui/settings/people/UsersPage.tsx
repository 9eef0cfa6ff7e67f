import { Button } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { User } from "../../../contract/entities.ts";
import { useDesk, useObservable, useStore } from "../../hooks.ts";
import { Avatar } from "../../kit/Avatar.tsx";
import { listTime } from "../../kit/format.ts";
import { Card } from "../parts/Card.tsx";
import { Page } from "../parts/Page.tsx";
import { useLoaded } from "../parts/use-loaded.ts";
import type { Invitation } from "./invitation.ts";
import { Invitations } from "./Invitations.tsx";
import { InviteDialog } from "./InviteDialog.tsx";
import { QueueChips } from "./QueueChips.tsx";
import { UserDialog } from "./UserDialog.tsx";

/** Everybody of the company, and who was invited. */
export function UsersPage() {
  const { t } = useTranslation("settings");
  const desk = useDesk();
  const users = useStore((state) => state.users);
  const [inviting, setInviting] = useState(false);
  const [editing, setEditing] = useState<User["id"] | null>(null);
  const [invitations, reload] = useLoaded(
    async () => (await desk.api.get<readonly Invitation[]>("/invitations")).data,
  );
  const edited = editing === null ? undefined : users.get(editing);
  return (
    <Page
      title={t("users.title")}
      description={t("users.description")}
      action={
        <Button leftSection={<IconUserPlus size={18} />} onClick={() => setInviting(true)}>
          {t("users.invite")}
        </Button>
      }
    >
      <ul className="rows">
        {sorted([...users.values()]).map((user) => (
          <li key={user.id}>
            <Row user={user} onOpen={() => setEditing(user.id)} />
          </li>
        ))}
      </ul>
      {invitations.at === "there" && invitations.data.length > 0 && (
        <Card title={t("users.pending")} description={t("users.pendingHint")}>
          <Invitations invitations={invitations.data} onChange={reload} />
        </Card>
      )}
      {inviting && (
        <InviteDialog
          onClose={() => {
            setInviting(false);
            void reload();
          }}
        />
      )}
      {edited && <UserDialog user={edited} onClose={() => setEditing(null)} />}
    </Page>
  );
}

function Row({ user, onOpen }: { readonly user: User; readonly onOpen: () => void }) {
  const { t, i18n } = useTranslation(["settings", "translation"]);
  const { user: me } = useObservable(useDesk().me);
  const seen =
    user.presence === "offline" && user.last_seen_at !== null
      ? t("users.lastSeen", { time: listTime(user.last_seen_at, i18n.language) })
      : t(`translation:presence.${user.presence}`);
  return (
    <button type="button" className="row" data-off={!user.active} onClick={onOpen}>
      <Avatar name={user.name} id={user.id} url={user.avatar_url} size={40} presence={user.presence} />
      <span className="row-main">
        <span className="row-title ellipsis">
          {user.name}
          {user.id === me.id && <span className="muted"> ({t("users.you")})</span>}
        </span>
        <span className="row-detail ellipsis">{user.email}</span>
      </span>
      <span className="row-queues">
        <QueueChips ids={user.queue_ids} />
      </span>
      <span className="row-aside row-person">
        <span>{t(`translation:role.${user.role}`)}</span>
        <span className="row-detail">{user.active ? seen : t("users.inactive")}</span>
      </span>
    </button>
  );
}

/** Those who are active first, then by name. */
function sorted(users: readonly User[]): readonly User[] {
  return users.toSorted((a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name));
}
