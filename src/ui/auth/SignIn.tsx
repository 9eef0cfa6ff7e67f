import { Button, PasswordInput, TextInput } from "@mantine/core";
import { type FormEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Api } from "../api.ts";
import { FormError } from "../kit/FormError.tsx";
import type { TokenAnswer } from "../session.ts";
import { go } from "../shell/go.ts";
import { Door } from "./Door.tsx";

interface SignInProps {
  readonly api: Api;
  /** The session ended while somebody was at work. */
  readonly ended: boolean;
}

/** E-mail and password. Where no company exists yet, the set-up comes first. */
export function SignIn({ api, ended }: SignInProps) {
  const { t } = useTranslation();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  useSetupFirst(api);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      api.session.enter(await api.post<TokenAnswer>("/auth/login", { email, password, refresh: true }));
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : String(failure));
      setBusy(false);
    }
  };
  return (
    <Door>
      <form className="door-form" onSubmit={(event) => void submit(event)}>
        <div>
          <h1>{t("auth.welcome")}</h1>
          <p className="muted">{t(ended ? "auth.ended" : "app.tagline")}</p>
        </div>
        <FormError text={error} />
        <TextInput
          label={t("auth.email")}
          type="email"
          name="email"
          autoComplete="username"
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t("auth.password")}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ "aria-label": t("auth.showPassword") }}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" size="md" fullWidth loading={busy}>
          {t("auth.submit")}
        </Button>
        <p className="door-small">{t("auth.forgot")}</p>
      </form>
    </Door>
  );
}

function useSetupFirst(api: Api): void {
  useEffect(() => {
    api.get<{ needed: boolean }>("/setup").then(
      ({ data }) => {
        if (data.needed) go("/setup");
      },
      () => {
        // Offline: the form says so when it is used.
      },
    );
  }, [api]);
}
