import { readFileSync } from "node:fs";
import { join } from "node:path";
import { InvalidInput } from "../../../constructs/model/problem";
import type { Answer, Consequences } from "../../../constructs/requests/answer";
import { FORMATS } from "../../../constructs/requests/formats";
import { readSources } from "../../../constructs/requests/read-request";
import { withRequests } from "../../../constructs/requests/with-requests";
import { answerRequests } from "../../../stacks/requests/answers";
import { environments, POLICY, TODAY } from "./support/world";

/* What an answer says that merging would do, read from two compiles. */

const corpus = (name: string): string => readFileSync(join(__dirname, "corpus", `${name}.yaml`), "utf8");

function answersTo(files: Readonly<Record<string, string>>, where: readonly string[], names: readonly string[] = []) {
  const sources = Object.entries(files).map(([name, text]) => ({
    file: `requests/${name}.yaml`,
    content: Buffer.from(text),
  }));
  const some = environments.filter(({ name }) => where.includes(name));
  const put = withRequests(some, readSources("requests", sources), POLICY);
  return answerRequests({ environments: put, names, today: TODAY });
}

function only(answers: readonly Answer[]): Consequences {
  const [first] = answers.flatMap((answer) => answer.environments);
  if (first === undefined) throw new Error("no consequences");
  return first;
}

describe("a database in production", () => {
  const answers = answersTo({ "invoices-db": corpus("approval-personal-read") }, ["production"]);
  const one = only(answers);

  test("costs two servers and their disks, of the class that the cloud has for the size", () => {
    expect(one.costs).toEqual([
      "Amazon RDS for MySQL, MySQL 8.4",
      "2 of db.m7g.large, standbys among them",
      "disk gp3, 100Gi each, which grows to 500Gi",
    ]);
  });

  test("gives its reader the right to read, and a variable of its own", () => {
    expect(one.rights[0]).toBe("cron may read invoices-db");
    expect(one.variables).toEqual(["cron: INVOICES_DB_DATABASE_URL, a secret", "cron: INVOICES_DB_DATABASE_SSL_CA"]);
  });

  test("opens the way for who makes its users and who measures it, and none that was open before", () => {
    expect(new Set(one.network.map((way) => way.split(" ")[0]))).toEqual(
      new Set(["my-app-invoices-db-users", "my-app-invoices-db-exporter"]),
    );
  });

  test("calls people for it alone", () => {
    expect(one.alerts).toContain("DataServiceDown of invoices-db, critical");
    expect(one.alerts).toContain("DatabaseDiskNearMaximum, by the cloud");
    expect(one.alerts.filter((alert) => !/invoices-db|by the cloud/.test(alert))).toEqual([]);
  });

  test("says what is promised beside what brings data back", () => {
    expect(one.recovery).toEqual([
      "promised: at most 5m lost, back within 1h",
      "point-in-time recovery of RDS over 14 days: at most 5m lost",
      "backups: any second of 14 days",
    ]);
  });

  test.each(["text", "markdown", "json"] as const)("is printed as %s", (format) => {
    expect(FORMATS[format](answers)).toMatchSnapshot();
  });
});

test("a bucket gives its workload rights in the cloud", () => {
  const one = only(answersTo({ receipts: corpus("allowed-bucket") }, ["gke-staging"]));
  expect(one.rights).toContain("backend may read and write receipts");
  expect(
    one.rights.filter((right) => right.startsWith("my-app / receipts:") || right.startsWith("my-app / backend:")),
  ).not.toEqual([]);
});

test("a domain opens a way to the workload that answers, and is told as exposure", () => {
  const text = corpus("allowed-domain")
    .replace(/^ {2}(?!lab)\S+: .*\n/gm, "")
    .replace("my-app", "reports");
  const one = only(
    answersTo(
      { help: text.replace("to: frontend", "to: web").replace("domains:", "domains: { lab: help.localhost }") },
      ["lab"],
    ),
  );
  expect(one.notes).toContain("exposure: reports / routes help.localhost/ can be asked for now, and leads to web");
  expect([one.costs, one.recovery]).toEqual([[], []]);
});

test("an environment is all new, with everything that it runs", () => {
  const one = only(answersTo({ demo: corpus("approval-environment-of-my-app") }, ["local"]));
  expect(one.environment).toBe("demo");
  expect(Object.keys(one.resources)).toEqual(["create"]);
  expect(one.costs.map((cost) => cost.split(":")[0])).toEqual(["orders-db", "cache", "events", "uploads"]);
});

test("each request is compared with the program that has all others", () => {
  const files = { one: corpus("allowed-temporary-database"), two: corpus("allowed-temporary-bucket") };
  const [one, two] = answersTo(files, ["lab"]);
  expect(one?.environments[0]?.variables.every((variable) => variable.includes("DATABASE"))).toBe(true);
  expect(two?.environments[0]?.variables.every((variable) => variable.includes("S3"))).toBe(true);
});

test("what rests on an environment that is asked for goes with it", () => {
  const files = {
    db: corpus("allowed-temporary-database").replace("until: 2027-01-15", "sizes: { demo: small }"),
    demo: corpus("approval-environment"),
  };
  const answers = answersTo(files, ["lab"]);
  expect(answers.map(({ file, with: others }) => [file, others])).toEqual([
    ["requests/db.yaml", []],
    ["requests/demo.yaml", ["requests/db.yaml"]],
  ]);
  expect(answers[0]?.environments.map(({ environment }) => environment)).toEqual(["demo", "lab"]);
});

test("one is answered by its name, its file or its path, and another name is told", () => {
  const files = { one: corpus("allowed-temporary-database"), two: corpus("allowed-temporary-bucket") };
  for (const name of ["two", "two.yaml", "requests/two.yaml"])
    expect(answersTo(files, ["lab"], [name]).map(({ file }) => file)).toEqual(["requests/two.yaml"]);
  expect(() => answersTo(files, ["lab"], ["three"])).toThrow(
    'arguments: got "three", no such request in requests; use "one" or "two"',
  );
});

test("a program without requests is told how to have them", () => {
  expect(() => answerRequests({ environments, names: [], today: TODAY })).toThrow(InvalidInput);
});

test("a comment is as long as a comment may be", () => {
  const [answer] = answersTo({ one: corpus("allowed-temporary-database") }, ["lab"]);
  if (answer === undefined) throw new Error("no answer");
  const many = Array.from({ length: 60 }, () => answer);
  const markdown = FORMATS.markdown(many);
  expect(markdown.length).toBeLessThanOrEqual(65_535);
  expect(markdown).toContain("too long for a comment");
  expect(FORMATS.markdown([answer])).not.toContain("too long for a comment");
});

test("what a comment folds is headed by HTML, in which Markdown is not read", () => {
  const [answer] = answersTo({ one: corpus("allowed-temporary-database") }, ["lab"]);
  const one = answer?.environments[0];
  if (answer === undefined || one === undefined) throw new Error("no answer");
  const costs = ["1 of B_Standard_B2s", "<b> & @team"];
  const markdown = FORMATS.markdown([{ ...answer, environments: [{ ...one, costs }] }]);
  expect(markdown).toContain("<details><summary>lab: 1 of B_Standard_B2s; &lt;b&gt; &amp; @<!-- -->team</summary>\n");
});
