import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Api } from "../api.ts";
import type { TokenAnswer } from "../session.ts";
import { useSubmit } from "../settings/parts/use-submit.ts";
import type { DraftProps } from "./draft.ts";
import { Sheet } from "./Sheet.tsx";

interface YouStepProps extends DraftProps {
  readonly api: Api;
  readonly code: string;
  readonly onBack: () => void;
  /** The server does not know the code: it has to be asked for. */
  readonly onWrongCode: () => void;
  readonly onCreated: () => void;
}

/** The admin's account; with it the company is made and its admin signed in. */
export function YouStep({ draft, onChange, api, code, onBack, onWrongCode, onCreated }: YouStepProps) {
  const { t } = useTranslation(["settings", "translation"]);
  const submission = useSubmit();
  const isWrongCode = submission.code === "setup_code_invalid";
  const create = async () => {
    api.session.enter(await api.post<TokenAnswer>("/setup", { ...draft, code }));
    onCreated();
  };
  return (
    <Sheet
      title={t("setup.youTitle")}
      hint={t("setup.youHint")}
      submission={submission}
      onSubmit={create}
      foot={
        <>
          <Button variant="default" size="md" onClick={isWrongCode ? onWrongCode : onBack}>
            {isWrongCode ? t("setup.otherCode") : t("translation:app.back")}
          </Button>
          <Button type="submit" size="md" loading={submission.busy}>
            {t("setup.create")}
          </Button>
        </>
      }
    >
      <TextInput
        label={t("profile.name")}
        required
        withAsterisk={false}
        pattern=".*\S.*"
        maxLength={100}
        autoComplete="name"
        value={draft.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <TextInput
        label={t("profile.email")}
        type="email"
        required
        withAsterisk={false}
        maxLength={254}
        autoComplete="username"
        value={draft.email}
        onChange={(event) => onChange({ email: event.currentTarget.value.trim() })}
      />
      <PasswordInput
        label={t("setup.password")}
        description={t("profile.nextHint")}
        required
        withAsterisk={false}
        minLength={8}
        maxLength={256}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ "aria-label": t("translation:auth.showPassword") }}
        value={draft.password}
        onChange={(event) => onChange({ password: event.currentTarget.value })}
      />
    </Sheet>
  );
}
