import { Button, TextInput } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { User } from "../../../contract/entities.ts";
import { useDesk, useStore } from "../../hooks.ts";
import { toast } from "../../kit/toasts.ts";
import { Confirm, FormDialog } from "../parts/Dialog.tsx";
import { useSubmit } from "../parts/use-submit.ts";
import type { Link } from "./invitation.ts";
import { LinkDialog } from "./LinkDialog.tsx";
import { chosenQueues, MemberFields } from "./MemberFields.tsx";

interface UserDialogProps {
  readonly user: User;
  readonly onClose: () => void;
}

type Step =
  { readonly at: "form" } | { readonly at: "deactivate" } | { readonly at: "link"; readonly link: Link };

/** Changes somebody's name, role and queues; lets a password be set anew; lets somebody go. */
export function UserDialog({ user, onClose }: UserDialogProps) {
  const { t } = useTranslation("settings");
  const { api } = useDesk();
  const [step, setStep] = useState<Step>({ at: "form" });
  const submission = useSubmit();
  const deactivate = async () => {
    await api.patch(`/users/${user.id}`, { active: false });
    toast({ tone: "ok", text: t("users.saved") });
    onClose();
  };
  switch (step.at) {
    case "form":
      return <UserForm user={user} onClose={onClose} onStep={setStep} />;
    case "link":
      return <LinkDialog kind="password" name={user.name} link={step.link} onClose={onClose} />;
    case "deactivate":
      return (
        <Confirm
          title={t("users.deactivateTitle", { name: user.name })}
          text={t("users.deactivateText")}
          confirm={t("users.deactivate")}
          submission={submission}
          onConfirm={deactivate}
          onClose={() => setStep({ at: "form" })}
        />
      );
  }
}

function UserForm({ user, onClose, onStep }: UserDialogProps & { readonly onStep: (step: Step) => void }) {
  const { t } = useTranslation(["settings", "translation"]);
  const desk = useDesk();
  const all = useStore((state) => state.queues);
  const [name, setName] = useState(user.name);
  const [role, setRole] = useState(user.role);
  const [queues, setQueues] = useState<ReadonlySet<string>>(new Set(user.queue_ids));
  const submission = useSubmit();
  const isMe = user.id === desk.myId;
  const save = async (change: { readonly active?: boolean } = {}) => {
    const roleChange = isMe ? {} : { role };
    const body = { name: name.trim(), queue_ids: chosenQueues(all, queues), ...roleChange, ...change };
    await desk.api.patch(`/users/${user.id}`, body);
    toast({ tone: "ok", text: t("users.saved") });
    onClose();
  };
  const link = async () => {
    onStep({ at: "link", link: await desk.api.post<Link>(`/users/${user.id}/password-link`) });
  };
  return (
    <FormDialog
      title={t("users.editTitle")}
      submit={t("translation:app.save")}
      submission={submission}
      onSubmit={save}
      onClose={onClose}
      aside={
        !isMe && (
          <Activity
            active={user.active}
            onDeactivate={() => onStep({ at: "deactivate" })}
            onActivate={() => void submission.run(() => save({ active: true }))}
          />
        )
      }
    >
      <TextInput
        label={t("users.name")}
        required
        withAsterisk={false}
        maxLength={100}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput label={t("users.email")} value={user.email} readOnly />
      <MemberFields role={role} onRole={setRole} queues={queues} onQueues={setQueues} roleFixed={isMe} />
      {!isMe && user.active && (
        <div className="form-line">
          <span className="muted">{t("users.passwordLinkHint")}</span>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconLock size={16} />}
            onClick={() => void submission.run(link)}
          >
            {t("users.passwordLink")}
          </Button>
        </div>
      )}
    </FormDialog>
  );
}

interface ActivityProps {
  readonly active: boolean;
  readonly onDeactivate: () => void;
  readonly onActivate: () => void;
}

function Activity({ active, onDeactivate, onActivate }: ActivityProps) {
  const { t } = useTranslation("settings");
  return active ? (
    <Button variant="subtle" color="red" onClick={onDeactivate}>
      {t("users.deactivate")}
    </Button>
  ) : (
    <Button variant="subtle" onClick={onActivate}>
      {t("users.activate")}
    </Button>
  );
}
