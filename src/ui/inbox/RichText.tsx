import { Fragment, memo, type ReactNode, useMemo } from "react";

import { parseRichText, type Piece } from "./rich-text.ts";

/** A message's text as it was typed, with WhatsApp's marks and safe links. */
export const RichText = memo(function RichText({ text }: { readonly text: string }) {
  const pieces = useMemo(() => parseRichText(text), [text]);
  return <>{show(pieces)}</>;
});

function show(pieces: readonly Piece[]): ReactNode {
  return pieces.map((piece, index) => (
    // The pieces of one text never move.
    // oxlint-disable-next-line react/no-array-index-key
    <Fragment key={index}>{showOne(piece)}</Fragment>
  ));
}

function showOne(piece: Piece): ReactNode {
  switch (piece.kind) {
    case "text":
      return piece.text;
    case "code":
      return piece.block ? <pre className="code">{piece.text}</pre> : <code>{piece.text}</code>;
    case "link":
      return (
        <a href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
          {piece.text}
        </a>
      );
    case "bold":
      return <strong>{show(piece.pieces)}</strong>;
    case "italic":
      return <em>{show(piece.pieces)}</em>;
    case "strike":
      return <s>{show(piece.pieces)}</s>;
  }
}
