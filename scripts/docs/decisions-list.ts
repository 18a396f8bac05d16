import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = "docs/decisions";

/** Every record by its number, with the title that it gives itself. */
export const decisionsList = (): string =>
  readdirSync(FOLDER)
    .filter((file) => /^\d{4}-/.test(file))
    .sort()
    .map((file) => `- [${file.slice(0, 4)}](${file}): ${titleOf(file)}`)
    .join("\n");

/** `# 0001: A title` and `# 80. A title` are both in use. */
function titleOf(file: string): string {
  const [, heading] = /^# (?:\d+[.:] )?(.+)$/m.exec(readFileSync(join(FOLDER, file), "utf8")) ?? [];
  if (heading === undefined) throw new Error(`${FOLDER}/${file}: its first heading says nothing`);
  return heading;
}
