import { buildDemo } from "./build-demo.ts";
import { buildExecutable } from "./build-executable.ts";
import { buildUi } from "./build-ui.ts";
import { sizeReport } from "./size-report.ts";

await buildUi({ compress: true });
await buildDemo();
await buildExecutable();
console.log(await sizeReport());
