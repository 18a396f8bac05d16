import { rmSync } from "node:fs";
import setUpCluster from "../../cluster/support/set-up";
import setUpReal from "../../real/support/set-up";
import { ROWS } from "./rows";

/** Once, before any test. */
export default async function setUp(): Promise<void> {
  setUpReal();
  await setUpCluster();
  rmSync(ROWS, { force: true });
}
