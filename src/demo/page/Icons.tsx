import type { ReactNode } from "react";

interface IconProps {
  readonly size?: number;
}

function icon(drawing: ReactNode) {
  return function Icon({ size = 20 }: IconProps) {
    return (
      <svg
        width={size}
        height={size}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        {drawing}
      </svg>
    );
  };
}

export const BackIcon = icon(<path d="M15 5l-7 7 7 7" />);
export const CloseIcon = icon(<path d="M6 6l12 12M18 6L6 18" />);
export const PlusIcon = icon(<path d="M12 5v14M5 12h14" />);
export const SendIcon = icon(<path d="M5 12l-1.5-7L21 12 3.5 19 5 12zm0 0h7" />);
export const MoreIcon = icon(<path d="M7 10l5 5 5-5" />);
export const ReplyIcon = icon(<path d="M9 7l-5 5 5 5M4 12h9c4 0 7 2 7 6" />);
export const BinIcon = icon(<path d="M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13" />);
export const BoltIcon = icon(<path d="M13 3L5 14h6l-1 7 8-11h-6l1-7z" />);
export const OutIcon = icon(<path d="M14 4h6v6M20 4l-9 9M18 14v6H4V6h6" />);
export const FileIcon = icon(<path d="M7 3h7l5 5v13H7zM14 3v5h5" />);
export const PinIcon = icon(
  <>
    <path d="M12 21s-7-6.5-7-11.5a7 7 0 0 1 14 0C19 14.5 12 21 12 21z" />
    <circle cx="12" cy="9.5" r="2.5" />
  </>,
);
export const PhotoIcon = icon(<path d="M4 6h16v13H4zM4 16l5-5 4 4 2-2 5 4M15.5 9.5h.01" />);
export const VoiceIcon = icon(
  <path d="M12 4a2.5 2.5 0 0 1 2.5 2.5v5a2.5 2.5 0 0 1-5 0v-5A2.5 2.5 0 0 1 12 4zM6 11a6 6 0 0 0 12 0M12 17v4" />,
);
export const FolderIcon = icon(<path d="M4 6h6l2 2h8v11H4z" />);
export const PersonIcon = icon(<path d="M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM5 20a7 7 0 0 1 14 0" />);
