import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Command } from "./commands.ts";
import { keyOf } from "./Keyboard.tsx";

const order: readonly Command[] = [
  "next",
  "previous",
  "reply",
  "note",
  "assign",
  "transfer",
  "resolve",
  "search",
];

/** All keys, with what they do. */
export function KeysHelp({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("keys.title")}
      closeButtonProps={{ "aria-label": t("app.close") }}
    >
      <dl className="keys-list">
        {order.map((command) => (
          <Row key={command} what={t(`keys.${command}`)} keys={[keyOf[command]]} />
        ))}
        <Row what={t("keys.inbox")} keys={["g", "i"]} />
        <Row what={t("keys.palette")} keys={["Ctrl", "K"]} />
        <Row what={t("keys.help")} keys={["?"]} />
      </dl>
    </Modal>
  );
}

function Row({ what, keys }: { readonly what: string; readonly keys: readonly string[] }) {
  return (
    <div className="keys-row">
      <dt>{what}</dt>
      <dd>
        <span>
          {keys.map((key) => (
            <kbd key={key} className="kbd">
              {key}
            </kbd>
          ))}
        </span>
      </dd>
    </div>
  );
}
