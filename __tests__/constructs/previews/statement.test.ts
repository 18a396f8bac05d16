import { loadEnvironments } from "../../../constructs/model/load";
import { FORMATS } from "../../../constructs/previews/formats";
import { type Statement, statementOf } from "../../../constructs/previews/statement";
import { environments } from "../../../environments";
import { previewIn } from "../../support/previews";

/* What is told of a preview in its pull request: all of it of the two models. */

const [production] = loadEnvironments(environments, { only: ["production"] });
if (production === undefined) throw new Error("no production");
const statement = statementOf(production, previewIn("staging").preview);

const rowsOf = ({ applications }: Statement, heading: string): Readonly<Record<string, readonly [string, string]>> =>
  Object.fromEntries(
    applications
      .flatMap(({ parts }) => parts)
      .filter((part) => part.heading === heading)
      .flatMap(({ rows }) => rows.map(({ what, from, to }) => [what, [from, to]])),
  );

test("addresses are those of its routes", () => {
  expect(statement.applications.map(({ addresses }) => addresses)).toEqual([
    ["https://pr-123-my-app-api.staging.example.com/", "https://pr-123-my-app-web.staging.example.com/"],
  ]);
});

test("what matters to a reviewer is in it: who runs data, what is closed, what is a stand-in, who is called", () => {
  expect(rowsOf(statement, "orders-db, mysql")).toMatchObject({ "run by": ["the cloud", "pods in the cluster"] });
  expect(rowsOf(statement, "backend")).toMatchObject({
    pods: ["3 to 10, by load", "1"],
    STRIPE_HOST: ["api.stripe.com", "stripe.closed.invalid"],
    SMTP_HOST: ["smtp.example.com", "mail.closed.invalid"],
  });
  expect(rowsOf(statement, "environment")).toMatchObject({
    'secret "stripe-key"': ["what people made", 'a stand-in: "placeholder"'],
    "rights of pods in the cloud": ["those of their edges and permissions", "none"],
    "measured by": ["Prometheus", "nobody, and nobody is called"],
  });
});

test("every row differs, and no two environments that are the same differ", () => {
  const all = statement.applications.flatMap(({ parts }) => parts.flatMap(({ rows }) => rows));
  expect(all.filter(({ from, to }) => from === to)).toEqual([]);
  expect(statementOf(production, production).applications.map(({ parts }) => parts)).toEqual([[]]);
});

test("the statement of the reference application is this", () => {
  expect(FORMATS.text(statement)).toMatchSnapshot();
});

test("a comment shows what is written and does nothing else", () => {
  const { preview } = previewIn("staging", {
    change: (spec) => ({
      ...spec,
      applications: spec.applications.map((overlay) => ({
        ...overlay,
        workloads: {
          ...overlay.workloads,
          backend: { config: { APP_ENV: "</details>@acme/everybody | [x](https://evil.example.com)\n# head" } },
        },
      })),
    }),
  });
  const text = FORMATS.markdown(statementOf(production, preview));
  expect(text).not.toContain("@acme");
  expect(text).not.toContain("\n# head");
  expect(text).not.toMatch(/(?<!\\)\]\(/);
  expect(text.match(/<\/details>/g)).toHaveLength(2);
  expect(text.split("\n").filter((line) => line.includes("evil"))).toHaveLength(1);
});
