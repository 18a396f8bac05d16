import { rmSync } from "node:fs";
import setUpReal from "../../real/support/set-up";
import { ROWS } from "./rows";

/** Once, before any test. */
export default function setUp(): void {
  setUpReal();
  rmSync(ROWS, { force: true });
}
