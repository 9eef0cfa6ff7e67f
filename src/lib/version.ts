import packageJson from "../../package.json";

/** The version of this product, as `--version`, `/health` and the API's description say it. */
export const version: string = packageJson.version;
