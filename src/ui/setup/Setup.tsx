import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import type { ChannelId } from "../../contract/ids.ts";
import type { Api } from "../api.ts";
import { Door } from "../auth/Door.tsx";
import { useObservable } from "../hooks.ts";
import { EmptyState } from "../kit/EmptyState.tsx";
import { Loading } from "../settings/parts/Loading.tsx";
import { useLoaded } from "../settings/parts/use-loaded.ts";
import { addSettingsTexts } from "../settings/texts/add-texts.ts";
import { go } from "../shell/go.ts";
import { ChannelStep } from "./ChannelStep.tsx";
import { CodeStep } from "./CodeStep.tsx";
import { CompanyStep } from "./CompanyStep.tsx";
import { emptyDraft } from "./draft.ts";
import { Steps } from "./Steps.tsx";
import { WebhookStep } from "./WebhookStep.tsx";
import { YouStep } from "./YouStep.tsx";

addSettingsTexts();

/** `/setup?code=…`: the first company, its admin, and their WhatsApp number. */
export function Setup({ api }: { readonly api: Api }) {
  const [state, reload] = useLoaded(async () => (await api.get<{ needed: boolean }>("/setup")).data);
  return (
    <Door wide>
      <div className="setup">
        <Loading state={state} reload={reload}>
          {({ needed }) => (needed ? <Wizard api={api} /> : <AlreadyDone api={api} />)}
        </Loading>
      </div>
    </Door>
  );
}

function AlreadyDone({ api }: { readonly api: Api }) {
  const { t } = useTranslation("settings");
  const session = useObservable(api.session);
  // A reload in the middle of the wizard: whoever has just made the company is at home.
  useEffect(() => {
    if (session.at === "in") go("/");
  }, [session.at]);
  return (
    <EmptyState
      title={t("setup.already")}
      hint={t("setup.alreadyHint")}
      action={<Button onClick={() => go("/")}>{t("setup.signIn")}</Button>}
    />
  );
}

type Step =
  | { readonly at: "code" | "company" | "you" | "channel" }
  | { readonly at: "webhook"; readonly channelId: ChannelId };

function Wizard({ api }: { readonly api: Api }) {
  const [code, setCode] = useState(() => new URLSearchParams(location.search).get("code") ?? "");
  const [draft, setDraft] = useState(emptyDraft);
  const [step, setStep] = useState<Step>({ at: code === "" ? "code" : "company" });
  useEffect(() => {
    // A step begins at its top, wherever the one before was left.
    document.querySelector(".door-side")?.scrollTo(0, 0);
  }, [step.at]);
  const goOn = (at: "code" | "company" | "you" | "channel") => () => setStep({ at });
  const finish = () => go("/");
  const fields = {
    draft,
    onChange: (part: Partial<typeof draft>) => setDraft((now) => ({ ...now, ...part })),
  };
  switch (step.at) {
    case "code":
      return <CodeStep code={code} onCode={setCode} onNext={goOn("company")} />;
    case "company":
      return (
        <>
          <Steps current="company" />
          <CompanyStep {...fields} onNext={goOn("you")} />
        </>
      );
    case "you":
      return (
        <>
          <Steps current="you" />
          <YouStep
            {...fields}
            {...{ api, code }}
            onBack={goOn("company")}
            onWrongCode={goOn("code")}
            onCreated={goOn("channel")}
          />
        </>
      );
    case "channel":
      return (
        <>
          <Steps current="whatsapp" />
          <ChannelStep
            api={api}
            onCreated={(channelId) => setStep({ at: "webhook", channelId })}
            onLater={finish}
          />
        </>
      );
    case "webhook":
      return (
        <>
          <Steps current="whatsapp" />
          <WebhookStep api={api} id={step.channelId} onDone={finish} />
        </>
      );
  }
}
