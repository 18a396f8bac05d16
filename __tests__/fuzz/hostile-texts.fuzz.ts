import { parse } from "yaml";
import { aws } from "../../constructs/clouds/aws";
import { azure } from "../../constructs/clouds/azure";
import type { Cloud } from "../../constructs/clouds/cloud";
import { google } from "../../constructs/clouds/google";
import { local } from "../../constructs/clouds/local";
import type { EnvironmentSpec } from "../../constructs/environment";
import { postgresql } from "../../constructs/kinds/postgresql";
import { literalWords } from "../../constructs/kubernetes/words";
import { loadEnvironments } from "../../constructs/model/load";
import { formatPath, InvalidInput } from "../../constructs/model/problem";
import { composeDocument } from "../../constructs/outputs/compose/compose";
import { composeText } from "../../constructs/outputs/compose/text";
import { mysql } from "../../constructs/services/mysql";
import { rabbitmq } from "../../constructs/services/rabbitmq";
import { literal } from "../../constructs/terraform/literal";
import { HOSTILE } from "../constructs/terraform/hostile";
import { AWS_PROPS } from "../support/aws-environment";
import { applicationChart } from "../support/outputs";
import { synthesizeEnvironments } from "../support/reference";
import { leavesOf, planted } from "./hostile/leaves";
import { IN_EXISTING, maximal, MAXIMAL_AWS, MAXIMAL_AZURE, MAXIMAL_GOOGLE, MAXIMAL_LOCAL } from "./hostile/maximal";

/*
 * What an engine would evaluate, planted in every text of the largest input there is: each is refused where it stands, or
 * comes out of every output as the same text.
 */

const HEAVY = [...HOSTILE, "\0", "\ud800", "\ufeff", "e\u0301", "\ufdd0"].filter((text) => text.trim() !== "");

/** The fields whose texts are anybody's. */
const FREE: readonly string[] = [
  "application.secrets.api-key.description",
  "application.workloads.web.command.0",
  "application.workloads.web.args.0",
  "application.workloads.web.config.TEXT",
  "application.workloads.web.security.reason",
  "application.workloads.web.healthCommand.0",
  "application.workloads.consumer.command.0",
  "application.workloads.consumer.healthCommand.0",
  "application.workloads.migrate.command.0",
  "application.workloads.migrate.args.0",
  "application.workloads.nightly.command.0",
  "workloads.web.config.TEXT",
];

/** What people say of things, which a catalog alone has: nothing that is deployed. */
const SAID = ["application.owner.description", "application.description", "application.workloads.pages.description"];

/** The same, in one line that is not long. */
const TITLES = ["application.owner.title", "application.owner.members.0.title"];

const takes = (text: string): readonly string[] => [
  ...FREE,
  ...SAID,
  ...(/[\r\n]/.test(text) || text.trim().length > 100 ? [] : TITLES),
];

/** Told apart from everything else in an output. */
const MARK = "planted-text";

function problemsOf(spec: EnvironmentSpec): readonly string[] | undefined {
  try {
    loadEnvironments([spec]);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems.map(({ path }) => formatPath(path));
    throw new Error(`not refused in our own words: ${JSON.stringify(spec)}`, { cause: error });
  }
}

const strings = (value: unknown): string[] => {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...strings(inner)]);
};

/** Strings with a planted text in them that do not hold it as a literal. */
function evaluated(json: unknown, texts: readonly string[]): string[] {
  const forms = texts
    .flatMap((text) => [text, JSON.stringify(text).slice(1, -1), ...literalWords([text])])
    .map((form) => literal(form))
    .sort((a, b) => b.length - a.length);
  return strings(json).filter((one) => {
    const rest = forms.reduce((left, form) => left.replaceAll(form, ""), one);
    // Ids made of a text have letters, digits and hyphens of it only.
    return rest.includes(MARK) && /[^\w-]/.test(rest);
  });
}

describe.each<
  [string, () => { readonly props: object; readonly make: (props: never) => Cloud; readonly profile?: "small" }]
>([
  ["AWS", () => ({ props: MAXIMAL_AWS, make: aws })],
  ["Google Cloud", () => ({ props: MAXIMAL_GOOGLE, make: google })],
  ["Azure", () => ({ props: MAXIMAL_AZURE, make: azure })],
  ["AWS in a network of others", () => ({ props: IN_EXISTING.aws, make: aws })],
  ["Google Cloud in a network of others", () => ({ props: IN_EXISTING.google, make: google })],
  ["Azure in a network of others", () => ({ props: IN_EXISTING.azure, make: azure })],
  ["a local cluster", () => ({ props: MAXIMAL_LOCAL, make: local, profile: "small" as const })],
])("in what an environment says of %s", (_, given) => {
  const { props, make, profile } = given();
  const on = (changed: unknown): EnvironmentSpec => ({
    ...maximal(make(changed as never)),
    ...(profile && { profile }),
  });
  const leaves = leavesOf(props);

  test("every field is among those that are tried", () => {
    expect(problemsOf(on(props))).toBeUndefined();
    expect(leaves.length).toBeGreaterThan(1);
  });

  test("each text is refused at its path, or a literal in every stack", () => {
    const astray: string[] = [];
    for (const leaf of leaves) {
      for (const hostile of HEAVY) {
        for (const text of [`${hostile}${MARK}`, `${leaf.value}${hostile}${MARK}`]) {
          const problems = make(planted(props, leaf, text) as never).problems(["cloud"]);
          const at = formatPath(["cloud", ...leaf.path]);
          const named = problems.some(
            ({ path }) =>
              formatPath(path) === at || at.startsWith(`${formatPath(path)}[`) || at.startsWith(`${formatPath(path)}.`),
          );
          if (problems.length > 0 && !named)
            astray.push(`${at}: ${problems.map(({ path }) => formatPath(path)).join()}`);
        }
      }
    }
    expect([...new Set(astray)]).toEqual([]);
    // One text of all forms is enough for a synthesis.
    const text = `\${path.module}%{ if true }$\${x}${MARK}`;
    const taking = leaves.filter(
      (leaf) => make(planted(props, leaf, leaf.value + text) as never).problems([]).length === 0,
    );
    const spec = taking.reduce((all, leaf) => planted(all, leaf, `${leaf.value}${text}`), props);
    expect(evaluated(synthesizeEnvironments([on(spec)]).stacks, [text])).toEqual([]);
  });
});

describe("in an application and its environment", () => {
  const base = maximal(aws(AWS_PROPS));
  const leaves = leavesOf(base, ["cloud", "routing", "services"]);

  // Of the letters and signs that a virtual host may have.
  const refusable = HEAVY.filter((text) => !/^[\w./:@+-]+$/.test(text));
  test.each(refusable.map((text) => [JSON.stringify(text), text] as const))(
    "%s is refused by every service",
    (_, text) => {
      for (const given of [text, `shop${text}`]) {
        const virtualHost = rabbitmq({ virtualHost: given });
        for (const database of [mysql({ database: given }), postgresql({ database: given })])
          expect(database.problems([]).map(({ path }) => path)).toEqual([["database"]]);
        expect(virtualHost.problems([]).map(({ path }) => path)).toEqual([["virtualHost"]]);
      }
    },
  );

  test("texts are tried everywhere", () => {
    expect(problemsOf(base)).toBeUndefined();
    expect(leaves.length).toBeGreaterThan(60);
  });

  const REFUSED = /\0|\ud800|\ufeff|\u0301|\ufdd0/u;

  test("the fields for anybody's texts take all that every output can carry, and no other field takes any", () => {
    // What is a name to somebody is hostile to nobody else.
    const some = HEAVY.filter((text, index) => REFUSED.test(text) || (index % 3 === 0 && /[^\w .:/=+@-]/.test(text)));
    for (const hostile of some) {
      const taking = leaves.filter((leaf) => problemsOf(planted(base, leaf, hostile + MARK)) === undefined);
      const fields = taking.map(({ path }) => path.slice(2).join("."));
      const expected = REFUSED.test(hostile) ? [] : takes(hostile + MARK);
      expect({ hostile, fields: fields.sort() }).toEqual({ hostile, fields: [...expected].sort() });
    }
  });

  // Each field has another text in each synthesis.
  const texts = HEAVY.filter((text) => !REFUSED.test(text)).map((text) => text + MARK);
  const batches = Array.from({ length: Math.ceil(texts.length / FREE.length) }, (_, batch) => batch * FREE.length);
  test.each(batches)("texts from number %d on are literals in Terraform, the chart and Compose", (first) => {
    const free = leaves.filter(({ path }) => FREE.includes(path.slice(2).join(".")));
    const given = free.map((leaf, index) => ({ leaf, text: texts[(first + index) % texts.length] ?? "" }));
    const spec = given.reduce((all, { leaf, text }) => planted(all, leaf, text), base);
    const { stacks } = synthesizeEnvironments([spec]);
    expect(strings(stacks).filter((one) => one.includes(MARK)).length).toBeGreaterThanOrEqual(6);
    expect(
      evaluated(
        stacks,
        given.map(({ text }) => text),
      ),
    ).toEqual([]);
    const environments = loadEnvironments([spec]);
    // Tried by itself before it is returned, by what Helm reads.
    const chart = applicationChart({ application: "shop", environments });
    expect(strings(chart).join("").includes("\ufdd0")).toBe(false);
    const [application] = environments[0]?.applications ?? [];
    if (application === undefined) throw new Error("no application");
    const compose = parse(composeText(composeDocument({ application }))) as unknown;
    const written = given.map(({ text }) => text.replaceAll("$", "$$$$"));
    const inCompose = strings(compose).filter((one) => one.includes(MARK));
    expect(inCompose.length).toBeGreaterThan(3);
    for (const one of inCompose) expect(written.some((text) => one.includes(text))).toBe(true);
  });
});
