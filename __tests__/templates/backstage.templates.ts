import { parse } from "yaml";
import { type Archive, CLOSE, OPEN } from "../../constructs/templates/archive";
import { backstageTemplate } from "../../constructs/templates/backstage";
import { combinationsOf } from "../../constructs/templates/combinations";
import { inputsOf } from "../../constructs/templates/inputs";
import { RECORD } from "../../constructs/templates/record";
import { renderTemplate } from "../../constructs/templates/render";
import { Random } from "../fuzz/support/random";
import { builtArchives } from "../support/templates/archives";
import { scaffold } from "../support/templates/scaffolder";
import { scaffolderCommon } from "./support/tools";

/* What Backstage makes of each template is what the command writes, byte for byte: by its engine, with its settings, over names and choices. */

const DIGEST = "0".repeat(64);
const OPTIONS = { digest: DIGEST, owner: "platform", package: "^1.2.3" };

const random = new Random("backstage");

const FIXED = ["a", "zz", "x".repeat(28), "api", "my-app", "values", "services"];

/** Names of every length, with hyphens and digits, that sort before and after all others. */
function names(count: number): string[] {
  const letters = "abcdefghijklmnopqrstuvwxyz0123456789-";
  const made = Array.from({ length: count }, () => {
    const text = Array.from({ length: random.between(1, 27) }, () =>
      letters.charAt(random.between(0, letters.length - 1)),
    ).join("");
    return `a${text}`.replace(/-+/g, "-").replace(/-$/, "");
  });
  return made;
}

const written = (archive: Archive, name: string, owner: string, choices: Readonly<Record<string, string>>) => {
  const { files, record } = renderTemplate(
    archive,
    DIGEST,
    inputsOf(archive, { name, owner, package: OPTIONS.package, choices }),
  );
  return new Map([...files.map(({ path, text }) => [path, text] as const), [RECORD, record] as const]);
};

test("every template, for every choice and names that sort otherwise, is what the command writes", async () => {
  for (const archive of await builtArchives()) {
    const form = backstageTemplate(archive, OPTIONS);
    const all = combinationsOf(archive.options);
    for (const choices of all) {
      for (const name of choices === all[0] ? [...FIXED, ...names(2)] : names(1)) {
        const owner = `team-${name.slice(0, 20)}`.replace(/-$/, "");
        const [made, expected] = [scaffold(form, { name, owner, ...choices }), written(archive, name, owner, choices)];
        // By one file after the other: the whole would be megabytes of a difference.
        expect([...made.keys()].sort()).toEqual([...expected.keys()].sort());
        for (const [path, text] of expected)
          if (made.get(path) !== text) expect({ path, text: made.get(path) }).toEqual({ path, text });
      }
    }
  }
}, 240_000);

test("Backstage's own validator takes each, and refuses one that lacks its type", async () => {
  const { templateEntityV1beta3Validator: validator } = scaffolderCommon();
  for (const archive of await builtArchives()) {
    const [file] = backstageTemplate(archive, OPTIONS);
    const entity = parse(file?.text ?? "") as { spec: object };
    expect(await validator.check(entity)).toBe(true);
    const { type, ...spec } = entity.spec as { type: string };
    await expect(validator.check({ ...entity, spec })).rejects.toThrow(`must have required property 'type'`);
    expect(type).toBe(archive.template === "mobile" ? "mobile-app" : "service");
  }
});

test("steps fetch, and do nothing that needs a secret or publishes", async () => {
  for (const archive of await builtArchives()) {
    const [entity] = backstageTemplate(archive, OPTIONS);
    const { spec } = parse(entity?.text ?? "") as { spec: { steps: { action: string; input: { url: string } }[] } };
    expect(spec.steps.map(({ action }) => action).filter((action) => action !== "fetch:template")).toEqual([]);
    expect(new Set(spec.steps.map(({ input }) => input.url)).size).toBe(spec.steps.length);
  }
});

test("no text has the characters that stand around a mark", async () => {
  for (const { files } of await builtArchives()) {
    for (const { text, path } of files) {
      const rest = text.replace(new RegExp(`${OPEN}(?:name|identifier|owner|package)${CLOSE}`, "gu"), "");
      expect({ path, odd: rest.includes(OPEN) || rest.includes(CLOSE) }).toEqual({ path, odd: false });
    }
  }
});
