import { useMediaQuery } from "@mantine/hooks";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Redirect, Route, Switch, useLocation } from "wouter";

import { useDesk } from "../hooks.ts";
import { ApiKeysPage } from "./ApiKeysPage.tsx";
import { ChannelPage } from "./channels/ChannelPage.tsx";
import { ChannelsPage } from "./channels/ChannelsPage.tsx";
import { NewChannelPage } from "./channels/NewChannelPage.tsx";
import { CompanyPage } from "./CompanyPage.tsx";
import { LabelsPage } from "./LabelsPage.tsx";
import { MonitorPage } from "./MonitorPage.tsx";
import { Page } from "./parts/Page.tsx";
import { UsersPage } from "./people/UsersPage.tsx";
import { ProfilePage } from "./ProfilePage.tsx";
import { QueuesPage } from "./QueuesPage.tsx";
import { SettingsNav } from "./SettingsNav.tsx";
import { addSettingsTexts } from "./texts/add-texts.ts";

addSettingsTexts();

/** Where the sections and a page no longer stand side by side; the style sheet has the same width. */
const narrow = "(max-width: 719px)";

/** All of the settings, below `/settings`: the sections at the left, one of them at the right. */
export function Settings() {
  const [path] = useLocation();
  const isNarrow = useMediaQuery(narrow, undefined, { getInitialValueInEffect: false });
  const atIndex = path === "/";
  if (atIndex && !isNarrow) return <Redirect to="/profile" replace />;
  return (
    <div className="settings" data-index={atIndex}>
      <SettingsNav asTitle={atIndex} />
      <main className="settings-page" key={path}>
        <Pages />
      </main>
    </div>
  );
}

function Pages() {
  return (
    <Switch>
      <Route path="/">{null}</Route>
      <Route path="/profile">
        <ProfilePage />
      </Route>
      <Route path="/company">
        <Guarded permission="manage_settings">
          <CompanyPage />
        </Guarded>
      </Route>
      <Route path="/channels/new">
        <Guarded permission="manage_channels">
          <NewChannelPage />
        </Guarded>
      </Route>
      <Route path="/channels/:id">
        {({ id }) => (
          <Guarded permission="manage_channels">
            <ChannelPage id={id} />
          </Guarded>
        )}
      </Route>
      <Route path="/channels">
        <Guarded permission="manage_channels">
          <ChannelsPage />
        </Guarded>
      </Route>
      <Route path="/users">
        <Guarded permission="manage_users">
          <UsersPage />
        </Guarded>
      </Route>
      <Route path="/queues">
        <Guarded permission="manage_queues">
          <QueuesPage />
        </Guarded>
      </Route>
      <Route path="/labels">
        <Guarded permission="manage_labels">
          <LabelsPage />
        </Guarded>
      </Route>
      <Route path="/api-keys">
        <Guarded permission="manage_api_keys">
          <ApiKeysPage />
        </Guarded>
      </Route>
      <Route path="/monitor">
        <Guarded permission="view_connections">
          <MonitorPage />
        </Guarded>
      </Route>
      <Route>
        <Redirect to="/" replace />
      </Route>
    </Switch>
  );
}

/** A page for those who may; the server decides in any case, this only says it sooner. */
function Guarded({ permission, children }: { readonly permission: string; readonly children: ReactNode }) {
  const { t } = useTranslation("settings");
  if (useDesk().may(permission)) return children;
  return <Page title={t("title")} description={t("forbidden")} />;
}
