import type { Report } from "../../../constructs/report/report";
import { readStack } from "../../../constructs/report/stacks/read-stack";
import { compareStacks } from "../../../constructs/report/stacks/report-stacks";

/* What a comparison said nothing of though a plan would: arguments are as they were, and what they come to is not. */

type Resources = Readonly<Record<string, Readonly<Record<string, object>>>>;

const stack = (resource: Resources, more: object = {}) => readStack(JSON.stringify({ terraform: {}, resource, ...more }));

const between = (base: Resources, head: Resources, more: { base?: object; head?: object } = {}): Report =>
  compareStacks({ base: { staging: stack(base, more.base) }, head: { staging: stack(head, more.head) } });

const told = ({ risks }: Report): string[] => risks.map(({ level, class: kind, says }) => `${level} ${kind}: ${says}`);

const becomes = ({ elements }: Report): string[] =>
  elements.flatMap(({ resources }) => resources.map((one) => `${one.address} is ${one.becomes}`));

const PERHAPS = "is changed in place or made anew: only a plan tells";
const variable = (value: unknown) => ({ variable: { x: { default: value } } });

describe("how often it is there", () => {
  test.each([
    ["count by a variable", { count: "${var.x ? 1 : 0}" }, variable(true), variable(false)],
    ["for_each by a variable", { for_each: "${toset(var.x)}" }, variable(["a", "b"]), variable(["a"])],
    ["for_each by a local that leads to one", { for_each: "${local.y}" }, variable({ a: 1 }), variable({})],
  ])("%s that is another now", (_, repeated, base, head) => {
    const locals = { locals: { y: "${var.x}" } };
    const databases = { aws_db_instance: { orders: { db_name: "app", ...repeated } } };
    const report = between(databases, databases, { base: { ...base, ...locals }, head: { ...head, ...locals } });
    expect(becomes(report)).toEqual([`aws_db_instance.orders ${PERHAPS}`]);
    expect(told(report)).toContainEqual(expect.stringMatching(/^critical data loss: /));
  });

  test("as before, by a variable that is as before, is nothing", () => {
    const databases = { aws_db_instance: { orders: { db_name: "app", count: "${var.x ? 1 : 0}" } } };
    expect(becomes(between(databases, databases, { base: variable(true), head: variable(true) }))).toEqual([]);
  });
});

test.each([
  ["a member of an object", "${each.value.name}", { name: "app" }, { name: "shop" }],
  ["an object that is taken apart elsewhere", "${lookup(each.value, \"name\", null)}", { name: "app" }, { name: "shop" }],
  ["a text within a function", "${lower(each.value)}", "app", "shop"],
  ["a number", "${each.value}", 1, 2],
])("what an instance is told is another: %s", (_, name, was, is) => {
  const databases = (value: unknown): Resources => ({
    aws_db_instance: { orders: { for_each: { a: value, b: "same" }, db_name: name } },
  });
  const report = between(databases(was), databases(is));
  expect(becomes(report)).toEqual([expect.stringMatching(/^aws_db_instance\.orders\["a"\] is replaced/)]);
  expect(told(report)).toContainEqual(expect.stringMatching(/^critical data loss: is replaced/));
});

test("of two that move to one place one goes", () => {
  const buckets = (...names: readonly string[]): Resources => ({
    aws_s3_bucket: Object.fromEntries(names.map((name) => [name, { bucket: "same" }])),
  });
  const moved = [
    { from: "aws_s3_bucket.a", to: "aws_s3_bucket.b" },
    { from: "aws_s3_bucket.b", to: "aws_s3_bucket.c" },
  ];
  const report = between(buckets("a", "b"), buckets("c"), { head: { moved } });
  expect(becomes(report)).toContain("aws_s3_bucket.a is deleted");
  expect(told(report)).toContainEqual(expect.stringMatching(/^critical data loss: /));
  expect(becomes(between(buckets("a"), buckets("c"), { head: { moved } }))).not.toContain("aws_s3_bucket.a is deleted");
});

describe("what a stack is told by names", () => {
  const key = { aws_kms_key: { key: { description: "of all" } } };

  test("its provider, by a variable", () => {
    const provider = { provider: { aws: [{ region: "${var.x}" }] } };
    const report = between(key, key, {
      base: { ...provider, ...variable("eu-west-1") },
      head: { ...provider, ...variable("us-east-1") },
    });
    expect(told(report)).toEqual([expect.stringMatching(/^critical unknown: tells its provider aws something else/)]);
  });

  test("a module, by a local", () => {
    const module = { module: { tables: { source: "./tables", size: "${local.size}" } } };
    const report = between(key, key, { base: { ...module, locals: { size: 1 } }, head: { ...module, locals: { size: 2 } } });
    expect(told(report)).toEqual([expect.stringMatching(/^critical unknown: has module tables otherwise/)]);
  });
});

test("what was let be and is not any more may be anything by now", () => {
  const database = (ignored: readonly string[]): Resources => ({
    aws_db_instance: { orders: { db_name: "app", kms_key_id: "k", backup_window: "w", lifecycle: { ignore_changes: ignored } } },
  });
  const report = between(database(["kms_key_id"]), database([]));
  expect(told(report)).toContainEqual(expect.stringMatching(/^critical data loss: /));
  expect(told(between(database([]), database(["kms_key_id"])))).not.toContainEqual(expect.stringMatching(/^critical/));
});

test.each(["kubernetes_secret", "kubernetes_secret_v1", "kubernetes_secret_v1_data"])("what %s holds is not shown", (type) => {
  const secret = (word: string): Resources => ({ [type]: { S: { metadata: { name: "s" }, data: { open: word } } } });
  const report = JSON.stringify(between(secret("hunter-one"), secret("hunter-two")));
  expect(report).toContain(`${type}.S`);
  expect(report).not.toContain("hunter");
});
