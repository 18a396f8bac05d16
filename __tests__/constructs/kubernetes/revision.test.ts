import type { Job } from "../../../constructs/kubernetes/objects";
import { revised, revisedJob } from "../../../constructs/kubernetes/revision";
import { findJob, migrate, render, resolvedApplication, stripeKey, withUsers } from "../../support/resolved";
import { unrevised } from "../../support/revision";

const objects = render({
  application: resolvedApplication({
    workloads: [migrate({ command: ["bin/migrate"], args: ["--all"], secrets: [stripeKey] })],
    routes: [],
  }),
  provided: withUsers(),
});
/** As they were before they were revised. */
const JOBS = ["my-app-migrate", "my-app-orders-db-users", "my-app-orders-db-retire"].map((name): [string, Job] => {
  const { metadata, ...job } = findJob(objects, name);
  const labels = Object.entries(metadata.labels).filter(([label]) => label !== "goldenpath/revision");
  return [name, { ...job, metadata: { ...metadata, name: unrevised(metadata), labels: Object.fromEntries(labels) } }];
});

/** The object with one leaf changed, for each leaf in turn. */
function* otherwise(value: unknown, path = ""): Generator<[path: string, changed: unknown]> {
  if (typeof value === "string") yield [path, `${value}x`];
  else if (typeof value === "number") yield [path, value + 1];
  else if (typeof value === "boolean") yield [path, !value];
  else if (Array.isArray(value)) {
    for (const [index, inner] of value.entries()) {
      for (const [at, changed] of otherwise(inner, `${path}[${index}]`)) yield [at, value.with(index, changed)];
    }
  } else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      for (const [at, changed] of otherwise(inner, `${path}.${key}`)) yield [at, { ...value, [key]: changed }];
    }
  }
}

const nameOf = (job: Job): string => revisedJob(job).metadata.name;

describe.each(JOBS)("%s", (name, job) => {
  test("has a name and a label of its revision, and no other change", () => {
    const { metadata, ...rest } = revisedJob(job);
    const revision = metadata.labels["goldenpath/revision"] ?? "";
    expect(revision).toMatch(/^[0-9a-f]{8}$/);
    expect(metadata).toEqual({
      ...job.metadata,
      name: `${name}-${revision}`,
      labels: { ...job.metadata.labels, "goldenpath/revision": revision },
    });
    expect({ ...rest, metadata: job.metadata }).toEqual(job);
    expect(revisedJob(job)).toEqual(findJob(objects, name));
  });

  test("is another Job whatever literal of its pods is another, and the same for more patience with them", () => {
    const names = new Map([[nameOf(job), "nothing"]]);
    for (const [path, changed] of otherwise(job.spec.template)) {
      const other = nameOf({ ...job, spec: { ...job.spec, template: changed as Job["spec"]["template"] } });
      expect([path, names.get(other)]).toEqual([path, undefined]);
      names.set(other, path);
    }
    expect(names.size).toBeGreaterThan(40);
    expect(nameOf({ ...job, spec: { ...job.spec, backoffLimit: 9, activeDeadlineSeconds: 9 } })).toBe(nameOf(job));
  });

  test("is the same Job whatever its references are called, and wherever it is", () => {
    const spec = JSON.parse(JSON.stringify(job.spec).replace(/TOKEN\.(\d+)/g, "TOKEN.9$1")) as Job["spec"];
    expect(nameOf({ ...job, spec })).toBe(nameOf(job));
    const metadata = { ...job.metadata, namespace: "elsewhere", labels: { app: "other" } };
    expect(nameOf({ ...job, metadata })).toBe(nameOf(job));
  });
});

test("the literal text around a reference counts, and so does where the reference stands", () => {
  const name = (value: string) => revised({ name: "a", labels: {} }, { value }).name;
  const texts = ["x${TfToken[TOKEN.1]}", "y${TfToken[TOKEN.1]}", "x${TfToken[TOKEN.1]}:3306", "3306"];
  expect(new Set(texts.map(name)).size).toBe(texts.length);
  expect(name("x${TfToken[TOKEN.12]}")).toBe(name("x${TfToken[TOKEN.1]}"));
});

test("at least one reference is in what is compared here", () => {
  expect(JOBS.filter(([, job]) => JSON.stringify(job.spec).includes("${TfToken["))).toHaveLength(2);
});

test("a variable of a shell is text like any other, though it looks like a reference", () => {
  const name = (command: string) => revised({ name: "a", labels: {} }, { command }).name;
  expect(name("migrate --to ${A}")).not.toBe(name("migrate --to ${B}"));
});
