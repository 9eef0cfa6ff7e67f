import type { Content, ListRow, MediaKind } from "../phone/protocol.ts";
import { Formatted } from "./Formatted.tsx";
import { FileIcon, PersonIcon, PinIcon } from "./Icons.tsx";
import { words } from "./words.ts";

interface BubbleContentProps {
  readonly content: Content;
  readonly chosen: string | null;
  readonly onChoose: (option: string) => void;
}

export function BubbleContent({ content, chosen, onChoose }: BubbleContentProps) {
  switch (content.type) {
    case "text":
      return (
        <p>
          <Formatted text={content.text} />
        </p>
      );
    case "media":
      return (
        <>
          <Media {...content} />
          {content.caption !== "" && (
            <p>
              <Formatted text={content.caption} />
            </p>
          )}
        </>
      );
    case "place":
      return (
        <div className="place">
          <span className="map" aria-hidden="true">
            <PinIcon size={26} />
          </span>
          <strong>{content.name === "" ? `${content.latitude}, ${content.longitude}` : content.name}</strong>
          <small>{content.address}</small>
        </div>
      );
    case "card":
      return (
        <div className="card">
          <PersonIcon size={26} />
          <span>
            <strong>{content.name}</strong>
            <small>{content.phone}</small>
          </span>
        </div>
      );
    case "choices":
      return <Choices {...content} chosen={chosen} onChoose={onChoose} />;
  }
}

interface MediaProps {
  readonly kind: MediaKind;
  readonly url: string;
  readonly name: string;
  readonly caption: string;
}

function Media({ kind, url, name, caption }: MediaProps) {
  switch (kind) {
    case "image":
    case "sticker":
      return (
        <img
          className={kind}
          src={url}
          alt={caption === "" ? words.media[kind] : caption}
          width="240"
          height="180"
        />
      );
    case "video":
      // oxlint-disable-next-line jsx-a11y/media-has-caption -- there are no captions to have
      return <video src={url} controls width="240" height="180" aria-label={words.media.video} />;
    case "audio":
      // oxlint-disable-next-line jsx-a11y/media-has-caption -- there are no captions to have
      return <audio src={url} controls preload="metadata" aria-label={words.media.audio} />;
    case "document":
      return (
        <a className="file" href={url} target="_blank" rel="noreferrer">
          <FileIcon size={24} /> <span>{name === "" ? words.media.document : name}</span>
        </a>
      );
  }
}

interface ChoicesProps {
  readonly header: string;
  readonly text: string;
  readonly footer: string;
  readonly menu: string;
  readonly options: readonly ListRow[];
  readonly chosen: string | null;
  readonly onChoose: (option: string) => void;
}

function Choices({ header, text, footer, menu, options, chosen, onChoose }: ChoicesProps) {
  return (
    <>
      {header !== "" && <strong className="title">{header}</strong>}
      <p>
        <Formatted text={text} />
      </p>
      {footer !== "" && <small className="under">{footer}</small>}
      {menu !== "" && <small className="under">{menu}</small>}
      {options.length > 0 && (
        <div className="options">
          {options.map(({ id, title, description }) => (
            <button
              key={id}
              type="button"
              aria-pressed={chosen === id}
              disabled={chosen !== null}
              onClick={() => onChoose(id)}
            >
              {title}
              {description !== "" && <small>{description}</small>}
            </button>
          ))}
        </div>
      )}
    </>
  );
}

/** One line that says what a message is, for where it is quoted. */
export function summaryOf(content: Content): string {
  switch (content.type) {
    case "text":
      return content.text;
    case "media":
      return content.caption || content.name || words.media[content.kind];
    case "place":
      return content.name || words.samples.place;
    case "card":
      return content.name;
    case "choices":
      return content.text;
  }
}
