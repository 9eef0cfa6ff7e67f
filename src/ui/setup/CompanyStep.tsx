import { Button, Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { locales } from "../../contract/entities.ts";
import { languageNames } from "../i18n/setup.ts";
import { TimezoneField } from "../settings/parts/TimezoneField.tsx";
import { useSubmit } from "../settings/parts/use-submit.ts";
import type { DraftProps } from "./draft.ts";
import { Sheet } from "./Sheet.tsx";

/** The company's name, language and time zone. */
export function CompanyStep({ draft, onChange, onNext }: DraftProps & { readonly onNext: () => void }) {
  const { t } = useTranslation("settings");
  const submission = useSubmit();
  return (
    <Sheet
      title={t("setup.companyTitle")}
      hint={t("setup.companyHint")}
      submission={submission}
      onSubmit={async () => onNext()}
      foot={
        <Button type="submit" size="md">
          {t("setup.next")}
        </Button>
      }
    >
      <TextInput
        label={t("company.name")}
        required
        withAsterisk={false}
        pattern=".*\S.*"
        maxLength={100}
        autoComplete="organization"
        value={draft.company}
        onChange={(event) => onChange({ company: event.currentTarget.value })}
      />
      <div className="form-pair">
        <Select
          label={t("company.locale")}
          data={locales.map((value) => ({ value, label: languageNames[value] }))}
          value={draft.locale}
          onChange={(value) => onChange({ locale: locales.find((known) => known === value) ?? draft.locale })}
        />
        <TimezoneField value={draft.timezone} onChange={(timezone) => onChange({ timezone })} />
      </div>
    </Sheet>
  );
}
