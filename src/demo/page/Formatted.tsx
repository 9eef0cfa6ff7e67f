import { Fragment, type ReactNode } from "react";

const marks = /\*(\S(?:[^*\n]*\S)?)\*|_(\S(?:[^_\n]*\S)?)_|~(\S(?:[^~\n]*\S)?)~/g;

/** Text with WhatsApp's *bold*, _italic_ and ~strike~. */
export function Formatted({ text }: { readonly text: string }) {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const match of text.matchAll(marks)) {
    parts.push(text.slice(at, match.index), styled(match));
    at = match.index + match[0].length;
  }
  parts.push(text.slice(at));
  return parts.map((part, index) => <Fragment key={index}>{part}</Fragment>);
}

function styled([whole, bold, italic, strike]: RegExpExecArray): ReactNode {
  if (bold !== undefined) return <strong>{bold}</strong>;
  if (italic !== undefined) return <em>{italic}</em>;
  return strike === undefined ? whole : <s>{strike}</s>;
}
