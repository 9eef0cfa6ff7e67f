import { useTranslation } from "react-i18next";

import type { Conversation } from "../../contract/entities.ts";
import { useDesk, usePart, useStore } from "../hooks.ts";

/** Who is writing right now: the customer, or a colleague. */
export function TypingLine({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useTranslation();
  const typing = usePart(useDesk().signals, (moment) => moment.typing.get(conversation.id));
  const users = useStore((state) => state.users);
  const [typist] = typing ?? [];
  if (!typist) return null;
  const name = typist.kind === "contact" ? conversation.contact.name : users.get(typist.id)?.name;
  return (
    <div className="typing" data-side={typist.kind === "contact" ? "in" : "out"} role="status">
      <span className="typing-dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {t("thread.typing", { name: name?.split(" ")[0] ?? "" })}
    </div>
  );
}
