import { readStack } from "../../../constructs/report/stacks/read-stack";
import { compareStacks } from "../../../constructs/report/stacks/report-stacks";
import { reportOn, risksOf } from "./support/reports";

/* What is told where a database server takes connections without TLS by one of many parameters, wherever it stands among them. */

const SAID = ["high: takes connections without TLS"];

const MAXIMUM = { name: "max_connections", value: "901" };
const one = (name: string, value: string) => ({ name, value });

const planned = (before: object | null, after: object): string[] =>
  risksOf(
    reportOn([{ address: "aws_db_parameter_group.a", before, after, ...(before === null && { actions: ["create"] }) }]),
    "exposure",
  );

describe.each([
  ["PostgreSQL", "rds.force_ssl", "1", "0"],
  ["MySQL", "require_secure_transport", "1", "0"],
  ["MySQL, in words", "require_secure_transport", "ON", "OFF"],
])("a parameter group of %s", (_, name, on, off) => {
  const group = (...parameter: object[]) => ({ family: "one", parameter });

  test("that lets in who comes without TLS", () => {
    expect(planned(group(MAXIMUM, one(name, on)), group(MAXIMUM, one(name, off)))).toEqual(SAID);
    expect(planned(group(MAXIMUM), group(one(name, off), MAXIMUM))).toEqual(SAID);
    expect(planned(null, group(one(name, off)))).toEqual(SAID);
  });

  test("that says both", () => {
    expect(planned(group(one(name, on)), group(one(name, on), MAXIMUM, one(name, off)))).toEqual(SAID);
  });

  test("that says it no more", () => {
    expect(planned(group(one(name, on), MAXIMUM), group(MAXIMUM))).toEqual(SAID);
  });

  test("that asks for it, as before, or did not before", () => {
    expect(planned(group(one(name, on), MAXIMUM), group(one(name, on)))).toEqual([]);
    expect(planned(group(one(name, off)), group(one(name, on)))).toEqual([]);
    expect(planned(group(one(name, off), MAXIMUM), group(one(name, off)))).toEqual([]);
    expect(planned(null, group(MAXIMUM))).toEqual([]);
  });
});

test("a flag of an instance on Google Cloud", () => {
  const instance = (value: string) => ({
    settings: [{ database_flags: [MAXIMUM, one("require_secure_transport", value)] }],
  });
  const address = "google_sql_database_instance.a";
  expect(risksOf(reportOn([{ address, before: instance("on"), after: instance("off") }]), "exposure")).toEqual(SAID);
  expect(risksOf(reportOn([{ address, before: instance("off"), after: instance("on") }]), "exposure")).toEqual([]);
});

test("stacks that are compared without a plan, and a value that only a plan tells", () => {
  const stack = (...parameter: object[]) =>
    readStack(
      JSON.stringify({ terraform: {}, resource: { aws_db_parameter_group: { a: { family: "one", parameter } } } }),
    );
  const compared = (before: object[], after: object[]): string[] =>
    risksOf(compareStacks({ base: { staging: stack(...before) }, head: { staging: stack(...after) } }), "exposure");
  const on = one("rds.force_ssl", "1");
  expect(compared([on], [on, one("rds.force_ssl", "0")])).toEqual(SAID);
  expect(compared([on], [on, MAXIMUM])).toEqual([]);
  const open = one("rds.force_ssl", "${var.tls}");
  expect(compared([on], [open])).toEqual([
    "high: parameter rds.force_ssl is written otherwise, and what it comes to only a plan tells: at worst it takes connections without TLS (${var.tls})",
  ]);
  expect(compared([open], [MAXIMUM, open])).toEqual([]);
});
