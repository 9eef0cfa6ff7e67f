import { Button, PasswordInput, Select, TextInput, useMantineColorScheme } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { locales, type User } from "../../contract/entities.ts";
import { useDesk, useObservable } from "../hooks.ts";
import { languageNames, speak } from "../i18n/setup.ts";
import { FormError } from "../kit/FormError.tsx";
import { toast } from "../kit/toasts.ts";
import { prefer, preferences } from "../shell/preferences.ts";
import { Card } from "./parts/Card.tsx";
import { Choices } from "./parts/Choices.tsx";
import { Confirm } from "./parts/Dialog.tsx";
import { Page } from "./parts/Page.tsx";
import { useSubmit } from "./parts/use-submit.ts";

/** One's own name, password, looks and sessions. */
export function ProfilePage() {
  const { t } = useTranslation("settings");
  return (
    <Page title={t("profile.title")} description={t("profile.description")}>
      <You />
      <Look />
      <Password />
      <Sessions />
    </Page>
  );
}

function You() {
  const { t } = useTranslation(["settings", "translation"]);
  const desk = useDesk();
  const { user } = useObservable(desk.me);
  const [name, setName] = useState(user.name);
  const submission = useSubmit();
  const save = async () => {
    const changed = await desk.api.patch<User>("/users/me", { name });
    desk.me.set({ ...desk.me.value, user: changed });
    toast({ tone: "ok", text: t("translation:app.saved") });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void submission.run(save);
  };
  return (
    <Card title={t("profile.you")}>
      <form className="form" onSubmit={submit}>
        <FormError text={submission.error} />
        <TextInput
          label={t("profile.name")}
          description={t("profile.nameHint")}
          required
          withAsterisk={false}
          maxLength={100}
          autoComplete="name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput label={t("profile.email")} value={user.email} readOnly autoComplete="username" />
        <footer className="form-foot">
          <Button
            type="submit"
            loading={submission.busy}
            disabled={name.trim() === "" || name.trim() === user.name}
          >
            {t("translation:app.save")}
          </Button>
        </footer>
      </form>
    </Card>
  );
}

function Look() {
  const { t, i18n } = useTranslation("settings");
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { density, sound } = useObservable(preferences);
  const locale = locales.find((known) => known === i18n.language) ?? "pt-BR";
  return (
    <Card title={t("profile.look")} description={t("profile.lookHint")}>
      <div className="form">
        <Select
          label={t("profile.language")}
          data={locales.map((value) => ({ value, label: languageNames[value] }))}
          value={locale}
          onChange={(value) => {
            const chosen = locales.find((known) => known === value);
            if (chosen) void speak(chosen);
          }}
        />
        <Choices
          legend={t("profile.theme")}
          layout="row"
          value={colorScheme}
          choices={(["light", "dark", "auto"] as const).map((value) => ({
            value,
            label: t(`profile.${value}`),
          }))}
          onChange={setColorScheme}
        />
        <Choices
          legend={t("profile.density")}
          layout="row"
          value={density}
          choices={(["comfortable", "compact"] as const).map((value) => ({
            value,
            label: t(`profile.${value}`),
          }))}
          onChange={(value) => prefer({ density: value })}
        />
        <Choices
          legend={t("profile.sound")}
          layout="row"
          value={sound ? "on" : "off"}
          choices={[
            { value: "on", label: t("profile.soundOn") },
            { value: "off", label: t("profile.soundOff") },
          ]}
          onChange={(value) => prefer({ sound: value === "on" })}
        />
      </div>
    </Card>
  );
}

function Password() {
  const { t } = useTranslation(["settings", "translation"]);
  const desk = useDesk();
  const { user } = useObservable(desk.me);
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const submission = useSubmit();
  const change = async () => {
    await desk.api.post("/auth/password", { current_password: current, new_password: next });
    setCurrent("");
    setNext("");
    toast({ tone: "ok", text: t("profile.changed") });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void submission.run(change);
  };
  const isWrong = submission.code === "invalid_credentials";
  const shown = { "aria-label": t("translation:auth.showPassword") };
  return (
    <Card title={t("profile.password")} description={t("profile.passwordHint")}>
      <form className="form" onSubmit={submit}>
        <FormError text={isWrong ? t("profile.wrongCurrent") : submission.error} />
        <input type="hidden" autoComplete="username" value={user.email} />
        <PasswordInput
          label={t("profile.current")}
          autoComplete="current-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={shown}
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordInput
          label={t("profile.next")}
          description={t("profile.nextHint")}
          autoComplete="new-password"
          required
          withAsterisk={false}
          minLength={8}
          maxLength={256}
          visibilityToggleButtonProps={shown}
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
        />
        <footer className="form-foot">
          <Button type="submit" variant="default" loading={submission.busy}>
            {t("profile.change")}
          </Button>
        </footer>
      </form>
    </Card>
  );
}

function Sessions() {
  const { t } = useTranslation("settings");
  const { api } = useDesk();
  const [asking, setAsking] = useState(false);
  const submission = useSubmit();
  const leave = async () => {
    await api.post("/auth/logout", { everywhere: true });
    api.session.leave();
  };
  return (
    <Card
      title={t("profile.sessions")}
      description={t("profile.sessionsHint")}
      aside={
        <Button variant="default" color="red" onClick={() => setAsking(true)}>
          {t("profile.everywhere")}
        </Button>
      }
    >
      {asking && (
        <Confirm
          title={t("profile.everywhereAsk")}
          text={t("profile.everywhereText")}
          confirm={t("profile.everywhere")}
          submission={submission}
          onConfirm={leave}
          onClose={() => setAsking(false)}
        />
      )}
    </Card>
  );
}
