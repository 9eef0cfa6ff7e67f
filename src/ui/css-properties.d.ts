import "react";

/** Our own custom properties may stand in `style`. */
declare module "react" {
  interface CSSProperties {
    readonly [property: `--${string}`]: string | number | undefined;
  }
}
