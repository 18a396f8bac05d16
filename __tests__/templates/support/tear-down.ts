import { rmSync } from "node:fs";
import { packedIn } from "../../package/support/packed";

export default function tearDown(): void {
  if (process.env["GOLDENPATH_PACKED_KEPT"] !== "1") rmSync(packedIn(), { recursive: true, force: true });
}
