import { readFileSync } from "node:fs";
import { join } from "node:path";

const TEMPLATES = join(__dirname, "../../../templates");

/* The whole folder of the code is copied into the image, and is committed but for what git leaves out. */

test.each([
  ["parts/node", ".dockerignore", [".env*", ".npmrc", "node_modules"]],
  ["parts/node", ".gitignore", [".env*", "node_modules/"]],
  ["php-api/all", ".dockerignore", [".env*", "auth.json", "vendor"]],
  ["php-api/all", ".gitignore", [".env*", "auth.json", "vendor/"]],
])("%s: %s leaves out credentials, and what is installed", (template, file, wanted) => {
  const lines = readFileSync(join(TEMPLATES, template, "services/my-app", file), "utf8").split("\n");
  expect(lines).toEqual(expect.arrayContaining(wanted));
});
