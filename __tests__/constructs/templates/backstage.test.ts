import { createRequire } from "node:module";
import { type Archive, mark } from "../../../constructs/templates/archive";
import { backstageTemplate } from "../../../constructs/templates/backstage";
import { inputsOf } from "../../../constructs/templates/inputs";
import { RECORD } from "../../../constructs/templates/record";
import { renderTemplate } from "../../../constructs/templates/render";
import { scaffold } from "../../support/templates/scaffolder";

/* What Backstage's engine makes of texts that mean something to it. __tests__/templates/backstage.templates.ts has every template. */

const DIGEST = "0".repeat(64);
const OPTIONS = { digest: DIGEST, owner: "platform", package: "^1.2.3" };

/** A template with everything in it that means something to the engine. */
const HOSTILE: Archive = {
  format: 1,
  template: "hostile",
  version: 1,
  title: "Hostile",
  description: "texts that mean something to the engine",
  options: { side: { description: "left or right", choices: ["left", "right"], default: "left" } },
  files: [
    {
      path: `.github/${mark("name")}.yml`,
      class: "merged",
      part: "program",
      text: `\${{ github.ref }} $\${{ x }} {% if a %}{# no #}{{ .Values.a }} $${mark("name")}}} {${mark("identifier")}} {%- raw %} {%endraw%} "\${{" '\\n' {{"{{"}}\n\n`,
    },
    {
      path: "run",
      class: "merged",
      part: "program",
      executable: true,
      when: { side: "left" },
      text: "#!/bin/sh\necho ${#a} ${a%%b} {#} ##}} %} #}",
    },
    { path: "empty", class: "seeded", part: "program", when: { side: "right" }, text: "" },
  ],
};

const written = (archive: Archive, name: string, owner: string, choices: Readonly<Record<string, string>>) => {
  const { files, record } = renderTemplate(
    archive,
    DIGEST,
    inputsOf(archive, { name, owner, package: OPTIONS.package, choices }),
  );
  return new Map([...files.map(({ path, text }) => [path, text] as const), [RECORD, record] as const]);
};

test("texts that mean something to the engine come out as they are", () => {
  const form = backstageTemplate(HOSTILE, OPTIONS);
  for (const side of ["left", "right"]) {
    for (const name of ["a-b", "zz"])
      expect(scaffold(form, { name, owner: "o", side })).toEqual(written(HOSTILE, name, "o", { side }));
  }
});

test("the engine is the one that the scaffolder has", () => {
  const { version } = createRequire(__filename)("nunjucks/package.json") as { version: string };
  expect(version).toBe("3.2.4");
});
