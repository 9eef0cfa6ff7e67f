import { MantineProvider } from "@mantine/core";
import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { Route, Switch } from "wouter";

import type { Api } from "./api.ts";
import { SignIn } from "./auth/SignIn.tsx";
import { Desk, type Me } from "./desk.ts";
import { DeskContext, useObservable } from "./hooks.ts";
import { claimDrafts } from "./inbox/drafts.ts";
import { styleNonce, theme } from "./kit/theme.ts";
import { Toasts } from "./kit/Toasts.tsx";
import { announceMessage, announceNotification } from "./shell/announce.ts";
import { Boundary } from "./shell/Boundary.tsx";
import { Shell } from "./shell/Shell.tsx";
import { Starting } from "./shell/Starting.tsx";

const Setup = lazy(async () => ({ default: (await import("./setup/Setup.tsx")).Setup }));
const AcceptInvitation = lazy(async () => ({
  default: (await import("./auth/AcceptInvitation.tsx")).AcceptInvitation,
}));

/** The whole app: who is not signed in sees the door, everybody else the desk. */
export function App({ api }: { readonly api: Api }) {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
      withGlobalClasses={false}
      deduplicateCssVariables={false}
    >
      <Boundary>
        <Suspense fallback={<Starting />}>
          <Switch>
            <Route path="/setup">
              <Setup api={api} />
            </Route>
            <Route path="/invite">
              <AcceptInvitation api={api} />
            </Route>
            <Route>
              <SignedIn api={api} />
            </Route>
          </Switch>
        </Suspense>
      </Boundary>
      <Toasts />
    </MantineProvider>
  );
}

function SignedIn({ api }: { readonly api: Api }) {
  const session = useObservable(api.session);
  const userId = session.at === "in" ? session.user.id : null;
  const me = useMe(api, userId);
  if (session.at === "starting") return <Starting />;
  if (session.at === "out") return <SignIn api={api} ended={session.ended} />;
  return me ? <AtDesk key={me.user.id} api={api} me={me} /> : <Starting />;
}

/** Who it is and what he may do; asked again until there is an answer. */
function useMe(api: Api, userId: string | null): Me | null {
  const [me, setMe] = useState<Me | null>(null);
  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = () => {
      api.get<Me>("/auth/me").then(
        ({ data }) => !over && setMe(data),
        () => {
          if (!over) timer = setTimeout(ask, 2_000);
        },
      );
    };
    if (userId !== null) ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [api, userId]);
  // The answer may be of who was here before.
  return me?.user.id === userId ? me : null;
}

function AtDesk({ api, me }: { readonly api: Api; readonly me: Me }) {
  const desk = useMemo(() => openDesk(api, me), [api, me]);
  useEffect(() => desk.start(), [desk]);
  return (
    <DeskContext value={desk}>
      <Shell />
    </DeskContext>
  );
}

function openDesk(api: Api, me: Me): Desk {
  claimDrafts(me.user.id);
  const desk: Desk = new Desk({
    api,
    me,
    onMessage: (message) => announceMessage(desk, message),
    onNotification: (notification) => announceNotification(notification),
  });
  return desk;
}
