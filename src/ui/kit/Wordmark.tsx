/** The name as it is written: lower case, drawn with one pen. */
export function Wordmark({ height = 28 }: { readonly height?: number }) {
  return (
    <svg className="wordmark" viewBox="0 0 172 56" height={height} role="img" aria-label="balcão">
      <g fill="none" stroke="currentColor" strokeWidth="6" strokeLinecap="round">
        <path d="M5 7v37" />
        <circle cx="16" cy="34" r="11" />
        <circle cx="46" cy="34" r="11" />
        <path d="M57 23v22" />
        <path d="M69 7v38" />
        <path d="M99.8 26.2a11 11 0 1 0 0 15.6" />
        <circle cx="120" cy="34" r="11" />
        <path d="M131 23v22" />
        <path d="M112 12.5c3-4.5 6-4 8.5-2s5.5 2.5 8.5-2" strokeWidth="4.5" />
        <circle cx="153" cy="34" r="11" />
      </g>
    </svg>
  );
}
