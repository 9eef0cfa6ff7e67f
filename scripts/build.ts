import { buildExecutable } from "./build-executable.ts";
import { buildUi } from "./build-ui.ts";
import { sizeReport } from "./size-report.ts";

await buildUi({ compress: true });
await buildExecutable();
console.log(await sizeReport());
