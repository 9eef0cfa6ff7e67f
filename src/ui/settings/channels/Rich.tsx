import type { ReactNode } from "react";
import { Trans, useTranslation } from "react-i18next";

const outside = { target: "_blank", rel: "noreferrer" } as const;

/** What stands between tags in the texts of the channels: Meta's pages, what is written on them, code. */
const components = {
  b: <strong />,
  code: <code />,
  app: <Outside href="https://developers.facebook.com/apps/" />,
  system: <Outside href="https://business.facebook.com/settings/system-users" />,
};

type RichKey =
  | "form.numberHint"
  | "form.appSecretHint"
  | `form.prepare.${"app" | "number" | "token"}`
  | `webhook.${"open" | "paste" | "verify" | "fields" | "loopbackText" | "insecureText"}`;

/** A text of the channels with links and emphasis. */
export function Rich({ text }: { readonly text: RichKey }) {
  const { t } = useTranslation("channels");
  return <Trans t={t} i18nKey={text} components={components} />;
}

/** The translation puts the words of the link in. */
function Outside({ href, children }: { readonly href: string; readonly children?: ReactNode }) {
  return (
    <a href={href} {...outside}>
      {children}
    </a>
  );
}
