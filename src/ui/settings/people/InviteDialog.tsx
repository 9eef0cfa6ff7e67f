import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Role } from "../../../contract/entities.ts";
import { useDesk, useStore } from "../../hooks.ts";
import { FormDialog } from "../parts/Dialog.tsx";
import { useSubmit } from "../parts/use-submit.ts";
import type { Invitation, Link } from "./invitation.ts";
import { LinkDialog } from "./LinkDialog.tsx";
import { chosenQueues, MemberFields } from "./MemberFields.tsx";

/** Invites somebody; then shows the link to send. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation("settings");
  const { api } = useDesk();
  const all = useStore((state) => state.queues);
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("agent");
  // Most shops have one queue: whoever comes is in it.
  const [queues, setQueues] = useState<ReadonlySet<string>>(new Set(all.size === 1 ? all.keys() : []));
  const [made, setMade] = useState<(Invitation & Link) | null>(null);
  const submission = useSubmit();
  if (made) return <LinkDialog kind="invitation" name={made.name} link={made} onClose={onClose} />;
  const invite = async () => {
    const body = { name: name.trim(), email: email.trim(), role, queue_ids: chosenQueues(all, queues) };
    setMade(await api.post<Invitation & Link>("/invitations", body));
  };
  return (
    <FormDialog
      title={t("users.inviteTitle")}
      submit={t("users.makeLink")}
      submission={submission}
      onSubmit={invite}
      onClose={onClose}
    >
      <TextInput
        label={t("users.name")}
        required
        withAsterisk={false}
        maxLength={100}
        data-autofocus
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={t("users.email")}
        type="email"
        required
        withAsterisk={false}
        maxLength={254}
        autoComplete="off"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <MemberFields role={role} onRole={setRole} queues={queues} onQueues={setQueues} />
    </FormDialog>
  );
}
