import { environmentDocument } from "../../../constructs/model-json/document";
import type { EnvironmentDocument } from "../../../constructs/model-json/schema";
import { loadEnvironments } from "../../../constructs/model/load";
import { changedParts } from "../../../constructs/report/model-changes";
import { scorecard } from "../../../constructs/report/risks/scorecard";
import { fallsOf } from "../../../constructs/scorecard/falls";
import { production } from "../../../environments/production";
import { staging } from "../../../environments/staging";

/* Grades that fall between two models, and those that only seem to. */

const documentOf = (spec: typeof production): EnvironmentDocument => {
  const [environment] = loadEnvironments([spec]);
  if (environment === undefined) throw new Error("no environment");
  return environmentDocument(
    environment,
    environment.applications.map(({ stackName }) => stackName),
  );
};

const PRODUCTION = documentOf(production);

/** The same with one thing changed; `edit` gets a copy. */
function edited(edit: (application: EnvironmentDocument["applications"][string]) => void, of = PRODUCTION) {
  const copy = structuredClone(of);
  const application = copy.applications["my-app"];
  if (application === undefined) throw new Error("no application");
  edit(application);
  return copy;
}

const cron = (application: EnvironmentDocument["applications"][string]) => {
  const found = application.workloads["cron"];
  if (found?.kind !== "cron") throw new Error("no cron");
  return found;
};

const falls = (base: EnvironmentDocument, head: EnvironmentDocument) =>
  fallsOf("production", "my-app", { base, head }).map(({ name, from, to, lost }) => [
    ...[name, from, to],
    lost.map(({ rule }) => rule),
  ]);

test("a grade falls by what is not there any more, and rises again in silence", () => {
  const worse = edited((application) => {
    cron(application).concurrency = "Allow";
  });
  expect(falls(PRODUCTION, worse)).toEqual([["cron", "gold", "bronze", ["one-at-a-time"]]]);
  expect(falls(worse, PRODUCTION)).toEqual([]);
  expect(falls(worse, worse)).toEqual([]);
});

test("who misses something of its grade already falls no further by more of it", () => {
  const worse = edited(({ workloads }) => {
    const frontend = workloads["frontend"];
    if (frontend?.kind === "http") frontend.metrics = undefined;
  });
  // It promises nothing: bronze before, bronze after.
  expect(falls(PRODUCTION, worse)).toEqual([]);
});

test("what an earlier release did not write has not been lost", () => {
  const old = edited((application) => {
    Reflect.deleteProperty(cron(application), "instrumented");
  });
  const head = edited((application) => {
    cron(application).instrumented = false;
  });
  expect(falls(PRODUCTION, head)).toEqual([["cron", "gold", "silver", ["traced"]]]);
  expect(falls(old, head)).toEqual([]);
});

test("an environment that becomes production loses nothing by what it is asked from then on", () => {
  const before: EnvironmentDocument = { ...PRODUCTION, profile: "small" };
  expect(falls(before, PRODUCTION)).toEqual([]);
  const worse = edited((application) => {
    cron(application).concurrency = "Allow";
  });
  expect(falls(before, worse)).toEqual([["cron", "gold", "bronze", ["one-at-a-time"]]]);
});

test("what is new had nothing to lose, and what goes is no fall", () => {
  const less = edited(({ workloads }) => {
    Reflect.deleteProperty(workloads, "cron");
  });
  expect(falls(less, PRODUCTION)).toEqual([]);
  expect(falls(PRODUCTION, less)).toEqual([]);
});

const risks = (
  environment: string,
  base: EnvironmentDocument,
  head: EnvironmentDocument,
  stacks: readonly string[],
) => {
  const models = { base: { environments: { [environment]: base } }, head: { environments: { [environment]: head } } };
  return scorecard({ models, changes: [], parts: changedParts(models, environment), stacks });
};

test("a report tells of it in production as medium, with the fact and where to write", () => {
  const worse = edited((application) => {
    cron(application).concurrency = "Allow";
  });
  expect(risks("production", PRODUCTION, worse, ["production"])).toEqual([
    {
      id: expect.stringMatching(/^scorecard:production:my-app\/cron:gold bronze [0-9a-f]{8}$/) as string,
      class: "scorecard",
      level: "medium",
      stack: "production",
      element: "my-app / cron",
      says: "falls from gold to bronze: runs do not pile up",
      because: [{ what: "a slow run meets the next", from: "applications.my-app.workloads.cron.concurrency" }],
    },
  ]);
  expect(risks("production", PRODUCTION, worse, ["production-platform"])).toEqual([]);
});

test("elsewhere as low, and of a change to the environment for each application", () => {
  const before = documentOf(staging);
  const after = structuredClone(before);
  after.observability = undefined;
  expect(risks("staging", before, after, ["staging"])).toMatchObject([
    { level: "low", element: "my-app", says: "falls from gold below bronze: somebody is called when it fails" },
  ]);
});

test("a document in which a field has another form ends nothing, and grades fall by what is known", () => {
  const FORMS: readonly unknown[] = [null, 7, "text", [], {}, true];
  const paths = [
    ["observability"],
    ["backups"],
    ["applications", "my-app", "recovery"],
    ["applications", "my-app", "drops"],
    ["applications", "my-app", "patches"],
    ["applications", "my-app", "services", "orders-db", "sizing"],
    ["applications", "my-app", "services", "orders-db", "provided"],
    ["applications", "my-app", "workloads", "backend", "security"],
    ["applications", "my-app", "workloads", "backend", "permissions"],
    ["applications", "my-app", "workloads", "backend", "autoscaling"],
    ["applications", "my-app", "workloads", "backend", "volumes"],
    ["applications", "my-app", "workloads", "cron", "image"],
  ] as const;
  for (const path of paths) {
    for (const form of FORMS) {
      const head = structuredClone(PRODUCTION);
      const around = path.slice(0, -1).reduce<unknown>((at, step) => Reflect.get(at as object, step), head);
      Reflect.set(around as object, path.at(-1) ?? "", form);
      expect(() => [falls(PRODUCTION, head), falls(head, PRODUCTION)]).not.toThrow();
    }
  }
});
