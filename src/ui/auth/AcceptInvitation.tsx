import { Button, PasswordInput, TextInput } from "@mantine/core";
import { type FormEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { type Api, ApiError } from "../api.ts";
import { EmptyState } from "../kit/EmptyState.tsx";
import { FormError } from "../kit/FormError.tsx";
import type { TokenAnswer } from "../session.ts";
import { go } from "../shell/go.ts";
import { Door } from "./Door.tsx";

interface Invitation {
  readonly name: string;
  readonly email: string;
}

/** `/invite?token=…`: who was invited chooses a password and is signed in. */
export function AcceptInvitation({ api }: { readonly api: Api }) {
  const { t } = useTranslation();
  const token = new URLSearchParams(location.search).get("token") ?? "";
  const [invitation, setInvitation] = useState<Invitation | "invalid" | null>(null);
  useEffect(() => {
    api.get<Invitation>("/invitations/accept", { token }).then(
      ({ data }) => setInvitation(data),
      () => setInvitation("invalid"),
    );
  }, [api, token]);
  if (invitation === null) return <Door>{null}</Door>;
  if (invitation === "invalid") {
    return (
      <Door>
        <EmptyState
          title={t("invite.invalid")}
          action={<Button onClick={() => go("/")}>{t("invite.toSignIn")}</Button>}
        />
      </Door>
    );
  }
  return (
    <Door>
      <PasswordForm api={api} token={token} invitation={invitation} />
    </Door>
  );
}

interface PasswordFormProps {
  readonly api: Api;
  readonly token: string;
  readonly invitation: Invitation;
}

function PasswordForm({ api, token, invitation }: PasswordFormProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(invitation.name);
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      api.session.enter(await api.post<TokenAnswer>("/invitations/accept", { token, name, password }));
      go("/");
    } catch (failure) {
      setError(failure instanceof ApiError ? failure.message : String(failure));
      setBusy(false);
    }
  };
  return (
    <form className="door-form" onSubmit={(event) => void submit(event)}>
      <div>
        <h1>{t("invite.title")}</h1>
        <p className="muted">{t("invite.introPlain")}</p>
      </div>
      <FormError text={error} />
      <TextInput label={t("auth.email")} value={invitation.email} readOnly autoComplete="username" />
      <TextInput
        label={t("invite.name")}
        required
        withAsterisk={false}
        autoComplete="name"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <PasswordInput
        label={t("invite.newPassword")}
        description={t("invite.passwordHint")}
        required
        withAsterisk={false}
        minLength={8}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ "aria-label": t("auth.showPassword") }}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button type="submit" size="md" fullWidth loading={busy}>
        {t("invite.submit")}
      </Button>
    </form>
  );
}
