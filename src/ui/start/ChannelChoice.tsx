import { useTranslation } from "react-i18next";

import type { ChannelId } from "../../contract/ids.ts";
import { useStore } from "../hooks.ts";
import { phoneText } from "../kit/format.ts";

interface ChannelChoiceProps {
  readonly chosen: ChannelId | undefined;
  readonly onChoose: (id: ChannelId) => void;
}

/** From which of the shop's numbers. */
export function ChannelChoice({ chosen, onChoose }: ChannelChoiceProps) {
  const { t } = useTranslation();
  const channels = useStore((state) => state.channels);
  return (
    <fieldset className="targets">
      <legend>{t("start.channel")}</legend>
      <p className="choices-group">{t("start.channel")}</p>
      {[...channels.values()].map(({ id, name, phone }) => (
        <label key={id} className="target">
          <input type="radio" name="channel" checked={id === chosen} onChange={() => onChoose(id)} />
          <span className="ellipsis">{name}</span>
          {phone && <span className="muted choice-end tabular">{phoneText(phone)}</span>}
        </label>
      ))}
    </fieldset>
  );
}
