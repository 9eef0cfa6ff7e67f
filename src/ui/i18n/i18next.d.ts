import "i18next";

import type { channelsPtBr } from "../settings/channels/texts/pt-br.ts";
import type { settingsPtBr } from "../settings/texts/pt-br.ts";
import type { ptBr } from "./pt-br.ts";

/** Makes `t("…")` know every key; a wrong one does not compile. */
declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof ptBr; settings: typeof settingsPtBr; channels: typeof channelsPtBr };
  }
}
