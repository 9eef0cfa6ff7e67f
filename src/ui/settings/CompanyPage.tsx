import { Button, Select, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { type Company, locales, visibilities } from "../../contract/entities.ts";
import { useDesk } from "../hooks.ts";
import { languageNames } from "../i18n/setup.ts";
import { FormError } from "../kit/FormError.tsx";
import { toast } from "../kit/toasts.ts";
import { Card } from "./parts/Card.tsx";
import { Choices } from "./parts/Choices.tsx";
import { HoursField } from "./parts/HoursField.tsx";
import { Loading } from "./parts/Loading.tsx";
import { Page } from "./parts/Page.tsx";
import { TimezoneField } from "./parts/TimezoneField.tsx";
import { useLoaded } from "./parts/use-loaded.ts";
import { useSubmit } from "./parts/use-submit.ts";

/** Settings of the whole company. */
export function CompanyPage() {
  const { t } = useTranslation("settings");
  const { api } = useDesk();
  // Asked for anew: there is no event for them, and a colleague may have changed them since this page was loaded.
  const [state, reload] = useLoaded(async () => (await api.get<Company>("/settings")).data);
  return (
    <Page title={t("company.title")} description={t("company.description")}>
      <Loading state={state} reload={reload}>
        {(company) => <CompanyForm company={company} />}
      </Loading>
    </Page>
  );
}

function CompanyForm({ company }: { readonly company: Company }) {
  const { t } = useTranslation(["settings", "translation"]);
  const desk = useDesk();
  const [saved, setSaved] = useState(company);
  const [draft, setDraft] = useState(company);
  const submission = useSubmit();
  const change = (part: Partial<Company>) => setDraft((now) => ({ ...now, ...part }));
  const save = async () => {
    const { id: _id, ...settings } = draft;
    const answer = await desk.api.patch<Company>("/settings", settings);
    setSaved(answer);
    setDraft(answer);
    desk.me.set({ ...desk.me.value, company: answer });
    toast({ tone: "ok", text: t("company.saved") });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void submission.run(save);
  };
  return (
    <form className="cards" onSubmit={submit}>
      <Card title={t("company.about")}>
        <div className="form">
          <TextInput
            label={t("company.name")}
            required
            withAsterisk={false}
            maxLength={100}
            autoComplete="organization"
            value={draft.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <Select
            label={t("company.locale")}
            description={t("company.localeHint")}
            data={locales.map((value) => ({ value, label: languageNames[value] }))}
            value={draft.locale}
            onChange={(value) => change({ locale: locales.find((known) => known === value) ?? draft.locale })}
          />
          <TimezoneField value={draft.timezone} onChange={(timezone) => change({ timezone })} />
        </div>
      </Card>
      <Card title={t("company.attending")}>
        <div className="form">
          <div>
            <Choices
              legend={t("company.visibility")}
              value={draft.visibility}
              choices={visibilities.map((value) => ({
                value,
                label: t(`company.${value}`),
                hint: t(`company.${value}Hint`),
              }))}
              onChange={(visibility) => change({ visibility })}
            />
            <p className="form-hint">{t("company.visibilityHint")}</p>
          </div>
          <HoursField
            label={t("company.reopen")}
            description={t("company.reopenHint")}
            value={draft.reopen_hours}
            min={0}
            max={8_760}
            onChange={(reopen_hours) => change({ reopen_hours })}
          />
          <HoursField
            label={t("company.token")}
            description={t("company.tokenHint")}
            value={draft.token_hours}
            min={1}
            max={720}
            onChange={(token_hours) => change({ token_hours })}
          />
        </div>
      </Card>
      <FormError text={submission.error} />
      <footer className="save-bar">
        <Button type="submit" loading={submission.busy} disabled={isSame(draft, saved)}>
          {t("translation:app.save")}
        </Button>
      </footer>
    </form>
  );
}

function isSame(a: Company, b: Company): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
