import { lazy, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Redirect, Route, Switch, useRoute } from "wouter";

import { useObservable } from "../hooks.ts";
import { Inbox } from "../inbox/Inbox.tsx";
import { Starter } from "../start/Starter.tsx";
import { spoken } from "./announce.ts";
import { ConnectionStatus } from "./ConnectionStatus.tsx";
import { Keyboard } from "./Keyboard.tsx";
import { showDensity } from "./preferences.ts";
import { Rail } from "./Rail.tsx";
import { useTitle } from "./use-title.ts";

const Settings = lazy(async () => ({ default: (await import("../settings/Settings.tsx")).Settings }));
const Contacts = lazy(async () => ({ default: (await import("../contacts/Contacts.tsx")).Contacts }));

/** The frame around every screen of who is signed in. */
export function Shell() {
  const { t } = useTranslation();
  const [inThread] = useRoute("/conversations/:id");
  useTitle();
  useEffect(showDensity, []);
  return (
    <div className="shell" data-thread={inThread}>
      <a className="skip" href="#content">
        {t("app.skip")}
      </a>
      <Rail />
      <div className="shell-body" id="content">
        <ConnectionStatus />
        <Suspense fallback={null}>
          <Switch>
            <Route path="/">
              <Inbox conversationId={null} />
            </Route>
            <Route path="/conversations/:id">{({ id }) => <Inbox conversationId={id} />}</Route>
            <Route path="/contacts">
              <Contacts />
            </Route>
            <Route path="/settings" nest>
              <Settings />
            </Route>
            <Route>
              <Redirect to="/" replace />
            </Route>
          </Switch>
        </Suspense>
      </div>
      <Keyboard />
      <Starter />
      <Spoken />
    </div>
  );
}

function Spoken() {
  return (
    <div className="unseen" aria-live="polite" role="log">
      {useObservable(spoken)}
    </div>
  );
}
