import { TextInput } from "@mantine/core";
import { IconPhonePlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { ContactChoice } from "../contacts/ContactChoice.tsx";
import { useContactSearch } from "../contacts/use-contact-search.ts";
import { phoneIn, type Whom } from "./start.ts";

interface WhomFieldProps {
  readonly whom: Whom | null;
  readonly onWhom: (whom: Whom | null) => void;
}

/** Finds somebody by name or number, or takes a number that nobody has yet. */
export function WhomField({ whom, onWhom }: WhomFieldProps) {
  const { t } = useTranslation();
  const [query, setQuery] = useState("");
  const found = useContactSearch(query);
  const phone = phoneIn(query);
  const write = (text: string) => {
    setQuery(text);
    // A whole number is a choice by itself; of names one has to be pointed at.
    const typed = phoneIn(text);
    onWhom(typed === null ? null : { kind: "phone", phone: typed });
  };
  return (
    <>
      <TextInput
        label={t("start.who")}
        description={t("start.whoHint")}
        value={query}
        autoComplete="off"
        data-autofocus
        onChange={(event) => write(event.currentTarget.value)}
      />
      <fieldset className="targets targets-found">
        <legend>{t("start.who")}</legend>
        {phone !== null && (
          <label className="target">
            <input
              type="radio"
              name="contact"
              checked={whom?.kind === "phone"}
              onChange={() => onWhom({ kind: "phone", phone })}
            />
            <IconPhonePlus size={22} stroke={1.7} aria-hidden="true" />
            <span className="ellipsis tabular">{t("start.writeTo", { phone })}</span>
          </label>
        )}
        {found?.map((contact) => (
          <ContactChoice
            key={contact.id}
            contact={contact}
            chosen={whom?.kind === "contact" && whom.contact.id === contact.id}
            onChoose={() => onWhom({ kind: "contact", contact })}
          />
        ))}
        {found?.length === 0 && phone === null && <p className="targets-none">{t("start.nobody")}</p>}
      </fieldset>
    </>
  );
}
