import { useEffect } from "react";

import { faultNames } from "../phone/protocol.ts";
import type { PhoneConnection } from "./connection.ts";
import { CloseIcon } from "./Icons.tsx";
import { words } from "./words.ts";

/** What may go wrong between the product and WhatsApp, one switch each. */
export function FaultDrawer({
  phone,
  onClose,
}: {
  readonly phone: PhoneConnection;
  readonly onClose: () => void;
}) {
  useEffect(() => {
    const onKey = ({ key }: KeyboardEvent) => key === "Escape" && onClose();
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [onClose]);
  return (
    <section className="drawer" id="faults" aria-label={words.wrong}>
      <header>
        <div>
          <h2>{words.wrong}</h2>
          <p>{words.wrongAbout}</p>
        </div>
        <button type="button" className="plain" aria-label={words.close} onClick={onClose}>
          <CloseIcon />
        </button>
      </header>
      <ul>
        {faultNames.map((name) => {
          const on = phone.state.faults.includes(name);
          const { title, about } = words.faults[name];
          return (
            <li key={name}>
              <button
                type="button"
                role="switch"
                aria-checked={on}
                aria-label={`${title}: ${about}`}
                onClick={() => phone.send({ type: "fault", name, on: !on })}
              >
                <span>
                  <strong>{title}</strong>
                  <small>{about}</small>
                </span>
                <i className="knob" aria-hidden="true" />
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
