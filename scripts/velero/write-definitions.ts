import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { veleroDefinitions } from "./definitions";

/* `node scripts/run.mjs scripts/velero/write-definitions.ts`, after `bash .ci/install-velero` */

const TEMPLATES = join("constructs", "addons", "charts", "velero-crds", "templates");

for (const [file, text] of Object.entries(veleroDefinitions(join(".cache", "velero", "definitions")))) {
  writeFileSync(join(TEMPLATES, file), text);
}
