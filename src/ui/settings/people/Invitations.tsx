import { Button } from "@mantine/core";
import { IconLink, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useDesk } from "../../hooks.ts";
import { Avatar } from "../../kit/Avatar.tsx";
import { dateTime } from "../../kit/format.ts";
import { IconButton } from "../../kit/IconButton.tsx";
import { toast, toastError } from "../../kit/toasts.ts";
import type { Invitation, Link } from "./invitation.ts";
import { LinkDialog } from "./LinkDialog.tsx";

interface InvitationsProps {
  readonly invitations: readonly Invitation[];
  readonly onChange: () => Promise<void>;
}

/** Who was invited and has not come yet. */
export function Invitations({ invitations, onChange }: InvitationsProps) {
  const { t } = useTranslation("settings");
  const { api } = useDesk();
  const [made, setMade] = useState<(Invitation & Link) | null>(null);
  const again = async ({ name, email, role, queue_ids }: Invitation) => {
    setMade(await api.post<Invitation & Link>("/invitations", { name, email, role, queue_ids }));
    await onChange();
  };
  const revoke = async ({ id }: Invitation) => {
    await api.delete(`/invitations/${id}`);
    toast({ tone: "ok", text: t("users.revoked") });
    await onChange();
  };
  return (
    <>
      <ul className="rows rows-inside">
        {invitations.map((invitation) => (
          <li key={invitation.id}>
            <Row
              invitation={invitation}
              onAgain={() => void again(invitation).catch(toastError)}
              onRevoke={() => void revoke(invitation).catch(toastError)}
            />
          </li>
        ))}
      </ul>
      {made && <LinkDialog kind="invitation" name={made.name} link={made} onClose={() => setMade(null)} />}
    </>
  );
}

interface RowProps {
  readonly invitation: Invitation;
  readonly onAgain: () => void;
  readonly onRevoke: () => void;
}

function Row({ invitation: { id, name, email, role, expires_at }, onAgain, onRevoke }: RowProps) {
  const { t, i18n } = useTranslation(["settings", "translation"]);
  return (
    <div className="row">
      <Avatar name={name} id={id} size={36} />
      <span className="row-main">
        <span className="row-title ellipsis">{email}</span>
        <span className="row-detail ellipsis">
          {t(`translation:role.${role}`)}
          {" · "}
          {t("users.expires", { time: dateTime(expires_at, i18n.language) })}
        </span>
      </span>
      <span className="row-actions">
        <Button variant="default" size="xs" leftSection={<IconLink size={16} />} onClick={onAgain}>
          {t("users.again")}
        </Button>
        <IconButton label={`${t("users.revoke")}: ${email}`} onClick={onRevoke}>
          <IconX size={18} aria-hidden="true" />
        </IconButton>
      </span>
    </div>
  );
}
