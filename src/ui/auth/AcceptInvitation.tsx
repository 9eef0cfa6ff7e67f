import { Button, PasswordInput, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { type Api, ApiError } from "../api.ts";
import { EmptyState } from "../kit/EmptyState.tsx";
import { FormError } from "../kit/FormError.tsx";
import type { TokenAnswer } from "../session.ts";
import { Loading } from "../settings/parts/Loading.tsx";
import { useLoaded } from "../settings/parts/use-loaded.ts";
import { useSubmit } from "../settings/parts/use-submit.ts";
import { go } from "../shell/go.ts";
import { Door } from "./Door.tsx";

/** What a link is for, as `GET /invitations/accept` tells it. */
interface LinkPurpose {
  readonly kind: "invitation" | "password_reset";
  readonly company: string;
  readonly name: string;
  readonly email: string;
}

/** `/invite?token=…`: who was invited, or forgot the password, chooses one and is signed in. */
export function AcceptInvitation({ api }: { readonly api: Api }) {
  const { t } = useTranslation();
  const token = new URLSearchParams(location.search).get("token") ?? "";
  const [state, reload] = useLoaded(() => readPurpose(api, token));
  return (
    <Door>
      <Loading state={state} reload={reload}>
        {(purpose) =>
          purpose === null ? (
            <EmptyState
              title={t("invite.invalid")}
              hint={t("invite.invalidHint")}
              action={<Button onClick={() => go("/")}>{t("invite.toSignIn")}</Button>}
            />
          ) : (
            <PasswordForm api={api} token={token} purpose={purpose} />
          )
        }
      </Loading>
    </Door>
  );
}

/** Null for a link that was used, has expired or never was; rejects where nothing can be said about it. */
async function readPurpose(api: Api, token: string): Promise<LinkPurpose | null> {
  try {
    return (await api.get<LinkPurpose>("/invitations/accept", { token })).data;
  } catch (failure) {
    if (failure instanceof ApiError && !failure.temporary) return null;
    throw failure;
  }
}

interface PasswordFormProps {
  readonly api: Api;
  readonly token: string;
  readonly purpose: LinkPurpose;
}

function PasswordForm({ api, token, purpose }: PasswordFormProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(purpose.name);
  const [password, setPassword] = useState("");
  const submission = useSubmit();
  const isNew = purpose.kind === "invitation";
  const { company } = purpose;
  const accept = async () => {
    const body = { token, password, ...(isNew && { name: name.trim() }) };
    api.session.enter(await api.post<TokenAnswer>("/invitations/accept", body));
    go("/");
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void submission.run(accept);
  };
  return (
    <form className="door-form" onSubmit={submit}>
      <div>
        <h1>{t(isNew ? "invite.title" : "invite.resetTitle")}</h1>
        <p className="muted">{t(isNew ? "invite.intro" : "invite.resetIntro", { company })}</p>
      </div>
      <FormError text={submission.error} />
      <TextInput label={t("auth.email")} value={purpose.email} readOnly autoComplete="username" />
      {isNew && (
        <TextInput
          label={t("invite.name")}
          required
          withAsterisk={false}
          pattern=".*\S.*"
          maxLength={100}
          autoComplete="name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
      <PasswordInput
        label={t("invite.newPassword")}
        description={t("invite.passwordHint")}
        required
        withAsterisk={false}
        minLength={8}
        maxLength={256}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ "aria-label": t("auth.showPassword") }}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button type="submit" size="md" fullWidth loading={submission.busy}>
        {t(isNew ? "invite.submit" : "invite.resetSubmit")}
      </Button>
    </form>
  );
}
