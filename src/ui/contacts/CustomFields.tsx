import { Button, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { IconButton } from "../kit/IconButton.tsx";
import { addRow, type FieldRow } from "./custom-fields.ts";

interface CustomFieldsProps {
  readonly rows: readonly FieldRow[];
  readonly onRows: (rows: readonly FieldRow[]) => void;
}

/** What a shop wants to know of its customers besides, such as a birthday. */
export function CustomFields({ rows, onRows }: CustomFieldsProps) {
  const { t } = useTranslation();
  const change = (key: number, part: Partial<FieldRow>) =>
    onRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  return (
    <fieldset className="custom-fields">
      <legend>{t("contacts.custom")}</legend>
      {rows.map(({ key, name, value }) => (
        <div key={key} className="custom-field">
          <TextInput
            aria-label={t("contacts.customName")}
            placeholder={t("contacts.customName")}
            maxLength={60}
            value={name}
            onChange={(event) => change(key, { name: event.currentTarget.value })}
          />
          <TextInput
            aria-label={name.trim() || t("contacts.customValue")}
            placeholder={t("contacts.customValue")}
            maxLength={1000}
            value={value}
            onChange={(event) => change(key, { value: event.currentTarget.value })}
          />
          <IconButton
            label={t("contacts.customRemove", { name })}
            onClick={() => onRows(rows.filter((row) => row.key !== key))}
          >
            <IconX size={18} aria-hidden="true" />
          </IconButton>
        </div>
      ))}
      <Button
        variant="subtle"
        leftSection={<IconPlus size={16} aria-hidden="true" />}
        onClick={() => onRows(addRow(rows))}
      >
        {t("contacts.customAdd")}
      </Button>
    </fieldset>
  );
}
