import { i18n } from "../../i18n/setup.ts";
import { channelsEn } from "../channels/texts/en.ts";
import { channelsEs } from "../channels/texts/es.ts";
import { channelsPtBr } from "../channels/texts/pt-br.ts";
import { settingsEn } from "./en.ts";
import { settingsEs } from "./es.ts";
import { settingsPtBr } from "./pt-br.ts";

/** Makes the namespaces `settings` and `channels` known, in every language: who changes it here must see it at once. */
export function addSettingsTexts(): void {
  i18n.addResourceBundle("pt-BR", "settings", settingsPtBr);
  i18n.addResourceBundle("en", "settings", settingsEn);
  i18n.addResourceBundle("es", "settings", settingsEs);
  i18n.addResourceBundle("pt-BR", "channels", channelsPtBr);
  i18n.addResourceBundle("en", "channels", channelsEn);
  i18n.addResourceBundle("es", "channels", channelsEs);
}
