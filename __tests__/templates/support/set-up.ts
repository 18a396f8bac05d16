import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { packedIn, readManifest, VARIABLE } from "../../package/support/packed";
import packPackage from "../../package/support/set-up";
import { checkRequirements } from "../../real/support/requirements";

/**
 * Packs the package, and installs it as somebody does who calls it: with what it depends on, from the registry. Where the folder of one that was
 * packed before is in `GOLDENPATH_PACKED`, that one is tried, and is left there.
 */
export default function setUp(): void {
  checkRequirements("npm run test:templates", [
    "bubblewrap",
    "composer",
    "curl",
    "mariadb",
    "php",
    "rabbitmq",
    "redis",
  ]);
  if (process.env[VARIABLE] === undefined) packPackage();
  else process.env["GOLDENPATH_PACKED_KEPT"] = "1";
  if (existsSync(join(packedIn(), "host"))) return;
  const { version } = readManifest(join(packedIn(), "package")) as { version?: string };
  const host = ["--prefix", join(packedIn(), "host"), "--no-audit", "--no-fund", "--loglevel=error"];
  execFileSync("npm", ["install", ...host, join(packedIn(), `goldenpath-${version}.tgz`)], { stdio: "ignore" });
}
