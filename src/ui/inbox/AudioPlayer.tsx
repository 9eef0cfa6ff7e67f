import { IconPlayerPauseFilled, IconPlayerPlayFilled } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { seconds } from "../kit/format.ts";

interface AudioPlayerProps {
  readonly url: string;
  /** Seconds; null until the file tells. */
  readonly duration: number | null;
}

const speeds = [1, 1.5, 2] as const;

/** A voice message: play, position, speed. */
export function AudioPlayer({ url, duration }: AudioPlayerProps) {
  const { t } = useTranslation();
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(duration ?? 0);
  const [speed, setSpeed] = useState<number>(1);

  const toggle = () => {
    const element = audio.current;
    if (!element) return;
    if (playing) element.pause();
    else element.play().catch(() => setPlaying(false));
  };
  const seek = (to: number) => {
    if (audio.current) audio.current.currentTime = to;
    setAt(to);
  };
  const faster = () => {
    const next = speeds[(speeds.findIndex((one) => one === speed) + 1) % speeds.length] ?? 1;
    if (audio.current) audio.current.playbackRate = next;
    setSpeed(next);
  };
  return (
    <div className="audio">
      <button
        type="button"
        className="audio-play"
        aria-label={t(playing ? "thread.pause" : "thread.play")}
        onClick={toggle}
      >
        {playing ? <IconPlayerPauseFilled size={18} /> : <IconPlayerPlayFilled size={18} />}
      </button>
      <input
        type="range"
        aria-label={t("thread.seek")}
        min={0}
        max={Math.max(length, 0.1)}
        step={0.1}
        value={at}
        style={{ "--part": `${length > 0 ? (at / length) * 100 : 0}%` }}
        onChange={(event) => seek(Number(event.currentTarget.value))}
      />
      <span className="audio-time tabular">{seconds(playing || at > 0 ? at : length)}</span>
      <button
        type="button"
        className="audio-speed"
        aria-label={t("thread.speed", { speed })}
        onClick={faster}
      >
        {speed}×
      </button>
      {/* A voice message has no subtitles. */}
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
      <audio
        ref={audio}
        src={url}
        preload="metadata"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setAt(0)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onLoadedMetadata={(event) => {
          // Chrome tells Infinity for recordings without a length.
          if (Number.isFinite(event.currentTarget.duration)) setLength(event.currentTarget.duration);
        }}
      />
    </div>
  );
}
