import { rmSync } from "node:fs";
import { packedIn } from "./packed";

export default function tearDown(): void {
  rmSync(packedIn(), { recursive: true, force: true });
}
