import { IconCheck } from "@tabler/icons-react";
import { type ReactNode, useId } from "react";

interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string;
}

interface ChoicesProps<Value extends string> {
  readonly legend: string;
  readonly value: Value;
  readonly choices: readonly Choice<Value>[];
  readonly onChange: (value: Value) => void;
  /** `row`: side by side, for few short ones. */
  readonly layout?: "stack" | "row";
}

/** One of a few, each with what it means. */
export function Choices<Value extends string>(props: ChoicesProps<Value>) {
  const { legend, value, choices, onChange, layout = "stack" } = props;
  const name = useId();
  return (
    <fieldset className="choices" data-layout={layout}>
      <legend>{legend}</legend>
      <div className="choices-list">
        {choices.map((choice) => (
          <label key={choice.value} className="choice" data-on={choice.value === value}>
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
            />
            <span>
              <span className="choice-label">{choice.label}</span>
              {choice.hint && <span className="choice-hint">{choice.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface ChecklistProps {
  readonly legend: string;
  readonly items: readonly { readonly id: string; readonly content: ReactNode }[];
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
  /** Shown instead of an empty list. */
  readonly empty: string;
}

/** Any of a list. */
export function Checklist({ legend, items, chosen, onChange, empty }: ChecklistProps) {
  const toggle = (id: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    onChange(next);
  };
  return (
    <fieldset className="choices">
      <legend>{legend}</legend>
      {items.length === 0 && <p className="muted">{empty}</p>}
      <div className="checklist">
        {items.map(({ id, content }) => (
          <label key={id} className="check">
            <input
              type="checkbox"
              checked={chosen.has(id)}
              onChange={(event) => toggle(id, event.currentTarget.checked)}
            />
            {content}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Colours that can be told apart on paper and at night, azulejo first. */
export const colors = [
  "#1f5fa8",
  "#1c7a4b",
  "#8a5a00",
  "#b3352c",
  "#7a3e9d",
  "#0e7c86",
  "#c2567a",
  "#5a6472",
] as const;

interface SwatchesProps {
  readonly legend: string;
  readonly value: string;
  readonly names: readonly string[];
  readonly onChange: (color: string) => void;
}

/** One colour; one that an integration chose is offered beside ours. */
export function Swatches({ legend, value, names, onChange }: SwatchesProps) {
  const name = useId();
  const offered = colors.some((color) => color === value) ? colors : [...colors, value];
  return (
    <fieldset className="choices">
      <legend>{legend}</legend>
      <div className="swatches">
        {offered.map((color, index) => (
          <label key={color} className="swatch" style={{ "--dot": color }}>
            <input
              type="radio"
              name={name}
              aria-label={names[index] ?? color}
              checked={color === value}
              onChange={() => onChange(color)}
            />
            {color === value && <IconCheck size={18} stroke={2.5} aria-hidden="true" />}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
