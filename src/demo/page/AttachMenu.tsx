import { useRef } from "react";

import { type Persona, type SampleName, sampleNames } from "../phone/protocol.ts";
import type { PhoneConnection } from "./connection.ts";
import { FileIcon, FolderIcon, PhotoIcon, PinIcon, VoiceIcon } from "./Icons.tsx";
import { words } from "./words.ts";

const icons: Readonly<Record<SampleName, typeof FileIcon>> = {
  photo: PhotoIcon,
  voice: VoiceIcon,
  document: FileIcon,
  place: PinIcon,
};

interface AttachMenuProps {
  readonly phone: PhoneConnection;
  readonly persona: Persona;
  readonly onClose: () => void;
}

/** What can be sent besides words: samples that the demo has, or a file of one's own. */
export function AttachMenu({ phone, persona, onClose }: AttachMenuProps) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <div className="attach" role="group" aria-label={words.attach}>
      {sampleNames.map((name) => {
        const Icon = icons[name];
        return (
          <button
            key={name}
            type="button"
            onClick={() => {
              phone.send({ type: "sample", persona: persona.id, name });
              onClose();
            }}
          >
            <Icon size={22} />
            {words.samples[name]}
          </button>
        );
      })}
      <button type="button" onClick={() => picker.current?.click()}>
        <FolderIcon size={22} />
        {words.pickPhoto}
      </button>
      <input
        ref={picker}
        hidden
        type="file"
        aria-label={words.pickPhoto}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file !== undefined)
            void upload(persona.id, file)
              .then((isTaken) => !isTaken && phone.fail())
              .finally(onClose);
        }}
      />
    </div>
  );
}

/** Whether the phone's server took it. */
async function upload(persona: string, file: File): Promise<boolean> {
  const query = new URLSearchParams({ name: file.name });
  const answer = await fetch(`/chats/${encodeURIComponent(persona)}/files?${query}`, {
    method: "POST",
    headers: { "Content-Type": file.type || "application/octet-stream" },
    body: file,
  }).catch(() => undefined);
  return answer?.ok === true;
}
