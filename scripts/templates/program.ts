import { readFileSync } from "node:fs";
import { join } from "node:path";
import { filesOf as initFiles } from "../../cli/init/files";
import type { PackageManifest } from "../../cli/init/manifest";
import { text } from "../../cli/init/text";
import { STAND_INS } from "./archived";
import { newCloud, placeOf } from "./clouds";
import { layered, sourceFile, type SourceFile } from "./source";

interface ProgramOf {
  readonly cloud: string;
  /** Whether its application has routes: without, it has no hosts. */
  readonly isRouted: boolean;
}

const HOSTS = /, hosts: \{[^}]*\}/;

/** What a repository has that is a program of goldenpath: the pieces of `goldenpath init`, with three environments. */
export function programFiles(root: string, { cloud, isRouted }: ProgramOf): readonly SourceFile[] {
  const own = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as PackageManifest;
  const begun = initFiles({ name: STAND_INS.name, cloud: newCloud(cloud), own, specifier: STAND_INS.package });
  return [
    ...layered(root, [{ from: "templates/parts/program" }]).map((file) =>
      isRouted ? file : { ...file, text: file.text.replace(HOSTS, "") },
    ),
    sourceFile("package.json", manifestOf(begun["package.json"] ?? "")),
    sourceFile("tsconfig.json", tsconfigOf(begun["tsconfig.json"] ?? "")),
    sourceFile("cdktf.json", begun["cdktf.json"] ?? ""),
    sourceFile(".nvmrc", begun[".nvmrc"] ?? ""),
    sourceFile("main.ts", begun["main.ts"] ?? ""),
    sourceFile(".gitignore", `${begun[".gitignore"] ?? ""}.rendered.*/\nvendor/\n`),
    sourceFile("environments/staging.ts", environmentOf(cloud, "staging", isRouted)),
    sourceFile("environments/production.ts", environmentOf(cloud, "production", isRouted)),
  ];
}

function manifestOf(begun: string): string {
  const { scripts, ...rest } = JSON.parse(begun) as { scripts: Record<string, string>; [field: string]: unknown };
  const { name, private: isPrivate, engines, ...packages } = rest;
  const more = {
    scripts: { ...scripts, render: "goldenpath render", report: "goldenpath report" },
    goldenpath: { outputs: "environments/outputs.ts" },
  };
  return `${JSON.stringify({ name, private: isPrivate, engines, ...more, ...packages }, null, 2)}\n`;
}

/** Environments read files of images. */
function tsconfigOf(begun: string): string {
  const { compilerOptions, ...rest } = JSON.parse(begun) as { compilerOptions: object };
  return `${JSON.stringify({ compilerOptions: { ...compilerOptions, resolveJsonModule: true }, ...rest }, null, 2)}\n`;
}

function environmentOf(cloud: string, environment: "staging" | "production", isRouted: boolean): string {
  const { imports, expression } = placeOf(cloud, environment);
  const isSmall = environment === "staging";
  const domain = isSmall ? "staging.example.com" : "example.com";
  const profile = isSmall
    ? `
    // One of each data service, without protection against deletion.
    profile: "small",`
    : `
    // The registry refuses to overwrite a tag.
    images: "immutable-tags",`;
  const written = text`
  import { environment, ingress, prometheus, withImages } from "goldenpath";
  ${imports}
  import { ALERTS } from "./alerts";
  import images from "./images/${environment}.json";
  import { app } from "./my-app";

  export const ${environment} = environment({
    name: "${environment}",
    cloud: ${expression},
    routing: ingress(),
    observability: prometheus(ALERTS),${profile.replaceAll("\n    ", "\n  ")}
    contact: "my-team@example.com",
    costCenter: "my-app",
    applications: [withImages({ application: app, hosts: { main: "my-app.${domain}" } }, images)],
  });
`;
  return isRouted ? written : written.replace(HOSTS, "");
}
