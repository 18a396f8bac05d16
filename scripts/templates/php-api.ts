import { CLOUD } from "./clouds";
import { programFiles } from "./program";
import { type Layer, layered, sourceFile, type SourceFile, type TemplateSource } from "./source";

const CODE = "services/my-app";

/** Code that the sample of this repository runs, too. */
const SAMPLES: readonly Layer[] = [
  ...["Console/Command", "Console/Console", "Console/Migrate", "Console/StopSignals", "Console/Usage"],
  ...["Http/Request", "Http/Response", "Logger", "Metrics"],
  ...["Service/Cache", "Service/Database", "Service/Endpoint", "Service/Environment"],
].map((name) => ({ from: `docker/samples/backend/src/${name}.php`, to: `${CODE}/src/${name}.php` }));

/** What the sources say, in place of which another version may stand. */
const DEFAULT_PHP = "8.4";

export const phpApi = (root: string): TemplateSource => ({
  name: "php-api",
  version: 1,
  title: "HTTP API on PHP-FPM",
  description: "a service on PHP-FPM that answers requests, with MySQL and Redis",
  options: {
    // Those that are in support on the day of this version: 8.2 ends with 2026.
    php: { description: "version of PHP", choices: ["8.3", DEFAULT_PHP, "8.5"], default: DEFAULT_PHP },
    cloud: CLOUD,
  },
  files: ({ cloud = "", php = "" }) => [
    ...programFiles(root, { cloud, isRouted: true }),
    ...layered(root, [{ from: "docker/php", to: "docker/php" }, ...SAMPLES, { from: "templates/php-api/all" }]).map(
      (file): SourceFile =>
        file.path === "environments/outputs.ts"
          ? sourceFile(file.path, file.text.replaceAll(`"${DEFAULT_PHP}"`, `"${php}"`))
          : file,
    ),
  ],
});
