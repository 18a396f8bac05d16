import { join } from "node:path";
import { archivesOf, sourcesOf, workFolder } from "./templates/archives";
import { writeRendered, writeVersions } from "./templates/written";

/**
 * Writes the versions of the templates as they stand in this repository, and with `--package` what is rendered of each, for the package:
 * `npm run templates`.
 */
async function main(): Promise<void> {
  const root = process.cwd();
  const archives = await archivesOf(root, sourcesOf(root), workFolder(root));
  if (process.argv.includes("--package")) {
    writeRendered(join(root, "dist", "templates"), archives);
  } else {
    writeVersions(join(root, "templates", "versions"), archives);
    for (const { template, version } of archives) process.stdout.write(`wrote version ${version} of ${template}\n`);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
