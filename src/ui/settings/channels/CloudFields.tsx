import { PasswordInput, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { CloudDraft, CloudField, Problem } from "./cloud-settings.ts";
import { Rich } from "./Rich.tsx";

interface CloudFieldsProps {
  readonly draft: CloudDraft;
  readonly onChange: (change: Partial<CloudDraft>) => void;
  readonly problems: ReadonlyMap<CloudField, Problem>;
  /** The secrets are there already: an empty field keeps them. */
  readonly kept: boolean;
}

/** The data of a number, in the order in which one meets them on Meta's pages. */
export function CloudFields(props: CloudFieldsProps) {
  const { t } = useTranslation("channels");
  return (
    <>
      <Group title={t("form.number")} hint={<Rich text="form.numberHint" />}>
        <Plain {...props} field="name" />
        <Plain {...props} field="phoneNumberId" />
        <Plain {...props} field="wabaId" />
      </Group>
      <Group title={t("form.access")} hint={t("form.accessHint")}>
        <Secret {...props} field="accessToken" hint={t("form.accessTokenHint")} />
        <Secret {...props} field="appSecret" hint={<Rich text="form.appSecretHint" />} />
      </Group>
      <details className="more">
        <summary>{t("form.advanced")}</summary>
        <div className="form">
          <Plain {...props} field="verifyToken" />
          <Plain {...props} field="apiVersion" />
        </div>
      </details>
    </>
  );
}

interface GroupProps {
  readonly title: string;
  readonly hint: ReactNode;
  readonly children: ReactNode;
}

function Group({ title, hint, children }: GroupProps) {
  return (
    <fieldset className="group">
      <legend>{title}</legend>
      <p className="group-hint">{hint}</p>
      <div className="form">{children}</div>
    </fieldset>
  );
}

type PlainField = "name" | "phoneNumberId" | "wabaId" | "verifyToken" | "apiVersion";

function Plain({ field, ...props }: CloudFieldsProps & { readonly field: PlainField }) {
  const { t } = useTranslation("channels");
  const { draft, onChange, kept } = props;
  const error = useProblem(field, props);
  const isOptional = field === "wabaId" || field === "apiVersion";
  return (
    <TextInput
      label={
        isOptional ? (
          <>
            {t(`form.${field}`)} <span className="optional">{t("form.optional")}</span>
          </>
        ) : (
          t(`form.${field}`)
        )
      }
      description={kept && field === "verifyToken" ? t("form.keep") : t(`form.${field}Hint`)}
      name={field}
      autoComplete="off"
      spellCheck={false}
      inputMode={field === "phoneNumberId" || field === "wabaId" ? "numeric" : "text"}
      error={error}
      value={draft[field]}
      onChange={(event) => onChange({ [field]: event.currentTarget.value })}
    />
  );
}

interface SecretProps extends CloudFieldsProps {
  readonly field: "accessToken" | "appSecret";
  readonly hint: ReactNode;
}

function Secret({ field, hint, ...props }: SecretProps) {
  const { t } = useTranslation(["channels", "translation"]);
  const { draft, onChange, kept } = props;
  const error = useProblem(field, props);
  return (
    <PasswordInput
      label={t(`form.${field}`)}
      description={hint}
      name={field}
      // "off" is not heeded for passwords, and the browser's own must not land here.
      autoComplete="new-password"
      placeholder={kept ? t("form.keep") : undefined}
      error={error}
      visibilityToggleButtonProps={{ "aria-label": t("translation:auth.showPassword") }}
      value={draft[field]}
      onChange={(event) => onChange({ [field]: event.currentTarget.value })}
    />
  );
}

/** The problem in words; undefined where there is none. */
function useProblem(field: CloudField, { problems }: CloudFieldsProps): string | undefined {
  const { t } = useTranslation("channels");
  const problem = problems.get(field);
  switch (problem) {
    case undefined:
      return undefined;
    case "missing":
      return t("form.missing");
    case "isPhone":
      return t("form.phoneNumberIdIsPhone");
    case "wrong":
      return field === "name" ? t("form.missing") : t(`form.${field}Wrong`);
  }
}
