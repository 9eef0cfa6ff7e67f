import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

interface HoursFieldProps {
  readonly label: string;
  readonly description: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (hours: number) => void;
}

/** A whole number of hours. What is no number yet stays in the field, and the browser says so when it is sent. */
export function HoursField({ label, description, value, min, max, onChange }: HoursFieldProps) {
  const { t } = useTranslation("settings");
  const [text, setText] = useState(String(value));
  return (
    <TextInput
      className="field-short"
      type="number"
      inputMode="numeric"
      label={label}
      description={description}
      required
      withAsterisk={false}
      min={min}
      max={max}
      step={1}
      rightSection={<span className="muted">{t("company.hours")}</span>}
      rightSectionWidth={64}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        if (event.currentTarget.validity.valid) onChange(Number(event.currentTarget.value));
      }}
    />
  );
}
