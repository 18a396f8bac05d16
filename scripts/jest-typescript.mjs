// Lets the processes that run tests read TypeScript, and none of those that tests start. Types are checked before, by
// `npm test`.
import { register as registerRequire } from "tsx/cjs/api";
import { register as registerImport } from "tsx/esm/api";

registerRequire();
registerImport();
