import { fieldChanges } from "../../../constructs/plan/fields";
import { readPlan } from "../../../constructs/plan/read-plan";
import { markdownOf } from "../../../constructs/report/markdown";
import { reportPage } from "../../../constructs/report/page";
import type { Report } from "../../../constructs/report/report";
import { fateOf } from "../../../constructs/report/stacks/anew";
import { readStack } from "../../../constructs/report/stacks/read-stack";
import { compareStacks } from "../../../constructs/report/stacks/report-stacks";
import { verdictOf } from "../../../constructs/report/verdict";
import { fileOf, RECORDED, recordedText } from "../../plans/support/recorded";

/* What is compared without an engine: addresses, expressions, what repeats, what is let be, and what stays unknown. */

type Resources = Readonly<Record<string, Readonly<Record<string, object>>>>;

const stack = (resource: Resources, more: object = {}) => readStack(JSON.stringify({ terraform: {}, resource, ...more }));

const between = (base: Resources, head: Resources, more: { base?: object; head?: object } = {}): Report =>
  compareStacks({
    base: { staging: stack(base, more.base) },
    head: { staging: stack(head, more.head) },
  });

const told = ({ risks }: Report): string[] => risks.map(({ level, class: kind, says }) => `${level} ${kind}: ${says}`);

const becomes = ({ elements }: Report): string[] =>
  elements.flatMap(({ resources }) => resources.map((one) => `${one.address} is ${one.becomes}`));

const database = (fields: object): Resources => ({ aws_db_instance: { orders: { db_name: "app", ...fields } } });

const LOST = "lost with it: its databases, and copies that it made by itself";
const PERHAPS = "is changed in place or replaced, which only a plan tells";

describe("what becomes of it", () => {
  test("is known where the provider was read", () => {
    expect(becomes(between(database({ instance_class: "a" }), database({ instance_class: "b" })))).toEqual([
      "aws_db_instance.orders is changed in place",
    ]);
    const anew = between(database({}), database({ db_name: "shop" }));
    expect(told(anew)).toContain(`critical data loss: is replaced by a new one; ${LOST}`);
  });

  test("is judged as the worst where it is not", () => {
    const report = between(database({}), database({ license_model: "other" }));
    expect(becomes(report)).toEqual(["aws_db_instance.orders is changed in place or made anew: only a plan tells"]);
    expect(told(report)).toEqual([
      `critical data loss: ${PERHAPS}; lost with it then: its databases, and copies that it made by itself`,
      `high downtime: ${PERHAPS}; away with it then: whoever uses it`,
    ]);
  });

  test("of a type that nobody knows is the worst, too", () => {
    const tables = (read: number): Resources => ({ aws_dynamodb_table: { orders: { read_capacity: read } } });
    expect(told(between(tables(1), tables(2)))).toEqual([expect.stringMatching(/^critical unknown: is perhaps replaced/)]);
  });

  test.each([
    ["20Gi", "40Gi", "changed in place"],
    ["40Gi", "20Gi", "replaced, the old one first"],
    ["1024Mi", "1Gi", "changed in place"],
    ["20Gi", "${var.size}", "changed in place or made anew: only a plan tells"],
  ])("of a claim of %s that is to have %s: %s", (was, is, said) => {
    const claim = (storage: string): Resources => ({
      kubernetes_persistent_volume_claim_v1: {
        uploads: { metadata: { name: "uploads" }, spec: { resources: { requests: { storage } } } },
      },
    });
    expect(becomes(between(claim(was), claim(is)))).toEqual([`kubernetes_persistent_volume_claim_v1.uploads is ${said}`]);
  });
});

describe("addresses", () => {
  const bucket = (name: string, fields: object = {}): Resources => ({ google_storage_bucket: { [name]: { name: "b", ...fields } } });
  const moved = [{ from: "google_storage_bucket.a", to: "google_storage_bucket.b" }];

  test("that are moved are one resource, and what refers to it stays", () => {
    const base = { ...bucket("a"), google_storage_bucket_iam_member: { m: { bucket: "${google_storage_bucket.a.name}" } } };
    const head = { ...bucket("b"), google_storage_bucket_iam_member: { m: { bucket: "${google_storage_bucket.b.name}" } } };
    const report = between(base, head, { head: { moved } });
    expect(becomes(report)).toEqual(["google_storage_bucket.b is moved from google_storage_bucket.a"]);
    expect(report.risks).toEqual([]);
  });

  test("that are not are two, and the first is lost", () => {
    expect(told(between(bucket("a"), bucket("b")))).toContain("critical data loss: is deleted; lost with it: its objects");
  });

  test("that leave the state are left to nobody", () => {
    const removed = [{ from: "google_storage_bucket.a", lifecycle: [{ destroy: false }] }];
    expect(told(between(bucket("a"), {}, { head: { removed } }))).toEqual([
      "high unmanaged: leaves the state and goes on existing, with its objects: no plan names it any more",
    ]);
  });

  test("that are taken in are as only a plan tells", () => {
    const report = between({}, bucket("a"), { head: { import: [{ to: "google_storage_bucket.a", id: "b" }] } });
    expect(becomes(report)).toEqual([
      "google_storage_bucket.a is taken in, as it is there already, changed in place or made anew: only a plan tells",
    ]);
  });

  test("with a key are apart, as far as keys are written", () => {
    const all = (keys: string): Resources => bucket("a", { for_each: keys });
    const report = between(all('${toset(["x", "y"])}'), all('${toset(["y", "z"])}'));
    expect(becomes(report).sort()).toEqual([
      'google_storage_bucket.a["x"] is deleted',
      'google_storage_bucket.a["z"] is created',
    ]);
    const unknown = between(all("${toset(var.a)}"), all("${toset(var.b)}"));
    expect(unknown.stacks[0]?.notes).toEqual(["how often 1 resource is there only a plan tells: of each, one is compared"]);
    expect(told(unknown)).toEqual([`critical data loss: ${PERHAPS}; lost with it then: its objects`]);
    expect(becomes(between(bucket("a", { count: 2 }), bucket("a", { count: 1 })))).toEqual([
      "google_storage_bucket.a[1] is deleted",
    ]);
  });
});

describe("expressions", () => {
  const subnet = (region: string): Resources => ({
    google_compute_network: { n: { name: "n", project: region } },
    google_container_cluster: { c: { name: "c", network: "${google_compute_network.n.id}", subnetwork: "${google_compute_network.n.name}" } },
  });

  test("that lead to what is made anew have another value, where it is not written what it is", () => {
    const report = between(subnet("a"), subnet("b"));
    const cluster = report.elements.flatMap(({ resources }) => resources).find(({ address }) => /cluster/.test(address));
    expect(cluster?.fields.map(({ path, after }) => [path, after])).toEqual([["network", "(known after apply)"]]);
    expect(told(report)).toContainEqual(expect.stringMatching(/^critical data loss: is replaced.*every object and volume/));
  });

  test("that lead to a data source or a variable that is another are not known", () => {
    const rule = (data: string) => ({ data: { aws_ami: { a: { name: data } } }, locals: { ami: "${data.aws_ami.a.id}" } });
    const nodes: Resources = { aws_eks_node_group: { n: { ami_type: "${local.ami}" } } };
    expect(becomes(between(nodes, nodes, { base: rule("a"), head: rule("b") }))).toEqual([
      "aws_eks_node_group.n is replaced, the old one first",
    ]);
    expect(between(nodes, nodes, { base: rule("a"), head: rule("a") }).outcome).toBe("nothing");
  });

  test("in place of a switch are taken for what they may be", () => {
    const report = between(database({ deletion_protection: true }), database({ deletion_protection: "${var.keep}" }));
    expect(told(report)).toEqual([
      "high protection: deletion_protection is written otherwise, and what it comes to only a plan tells: at worst it is off: a plan or a person can delete it now (true → ${var.keep})",
    ]);
    expect(told(between(database({ publicly_accessible: false }), database({ publicly_accessible: "${var.open}" })))).toEqual([
      expect.stringMatching(/^high exposure: publicly_accessible is written otherwise/),
    ]);
  });

  test("that are the same, and texts that only look like one, are values", () => {
    const same = database({ deletion_protection: "${var.keep}", tags: { a: "$${x}" } });
    const other = database({ deletion_protection: "${var.keep}", tags: { a: "$${y}" } });
    expect(between(same, same).outcome).toBe("nothing");
    const [field] = between(same, other).elements[0]?.resources[0]?.fields ?? [];
    expect(field).toMatchObject({ before: "${x}", after: "${y}" });
  });

  test("a switch that is not written any more is what the provider makes of it", () => {
    const account = (fields: object): Resources => ({ azurerm_key_vault: { v: { name: "v", ...fields } } });
    expect(told(between(account({ public_network_access_enabled: false }), account({})))).toEqual([
      expect.stringMatching(/^high exposure: public_network_access_enabled is written otherwise.*\(false → not written\)$/),
    ]);
    expect(told(between(account({}), account({ public_network_access_enabled: false })))).toEqual([]);
  });
});

describe("what the engine is told", () => {
  const kept = (lifecycle: object, fields: object = {}): Resources => database({ ...fields, lifecycle });

  test("may be that it may destroy now, which no plan tells", () => {
    const report = between(kept({ prevent_destroy: true }), kept({ prevent_destroy: false }));
    expect(told(report)).toEqual([
      "high protection: lifecycle[0].prevent_destroy is off: a plan or a person can delete it now (true → false)",
    ]);
    expect(becomes(report)).toEqual([
      "aws_db_instance.orders is left as it is, and what the engine may do with it is told otherwise",
    ]);
    const both = between(kept({ prevent_destroy: true }), kept({ prevent_destroy: false }, { instance_class: "b" }));
    expect(told(both)).toContainEqual(expect.stringMatching(/^high protection: lifecycle\[0\]\.prevent_destroy/));
  });

  test("may be to let an argument be", () => {
    const ignored = { ignore_changes: ["engine_version"] };
    expect(between(kept(ignored, { engine_version: "8.0" }), kept(ignored, { engine_version: "8.4" })).outcome).toBe("nothing");
    const all = { ignore_changes: "all" };
    expect(between(kept(all), kept(all, { db_name: "shop" })).outcome).toBe("nothing");
  });

  test("may be to make it anew with something else", () => {
    const head = (name: string): Resources => ({
      ...kept({ replace_triggered_by: ["terraform_data.trigger"] }),
      terraform_data: { trigger: { input: name } },
    });
    expect(told(between(head("a"), head("b")))).toContain(`critical data loss: is replaced by a new one; ${LOST}`);
  });

  test.each([
    ["another region", { provider: { aws: [{ region: "a" }] } }, { provider: { aws: [{ region: "b" }] } }, /^critical unknown: tells its provider aws something else \(region\)/],
    ["another place of its state", { terraform: { backend: { s3: { key: "a" } } } }, { terraform: { backend: { s3: { key: "b" } } } }, /^critical unknown: looks for its state elsewhere/],
    ["a module", {}, { module: { m: { source: "x" } } }, /^critical unknown: has module m otherwise/],
    [
      "another release of a provider",
      { terraform: { required_providers: { aws: { version: "6.25.0" } } } },
      { terraform: { required_providers: { aws: { version: "6.26.0" } } } },
      /^medium versions: asks for provider aws 6\.25\.0 → 6\.26\.0/,
    ],
  ])("may be %s", (_, base, head, says) => {
    expect(told(between(database({}), database({}), { base, head }))).toEqual([expect.stringMatching(says)]);
  });
});

test("what is secret by its name or type is told as changed, and not what it is", () => {
  const secrets = (value: string): Resources => ({
    aws_db_instance: { orders: { password: value, manage_master_user_password: value === "first-secret" } },
    azurerm_key_vault_secret: { login: { value } },
    kubernetes_secret_v1: { login: { metadata: { name: "login" }, data: { "login.key": value } } },
    kubernetes_manifest: { login: { manifest: { kind: "Secret", apiVersion: "v1", stringData: { a: value } } } },
    helm_release: { chart: { set_sensitive: [{ name: "a", value }] } },
  });
  const report = between(secrets("first-secret"), secrets("other-secret"));
  const input = { verdict: verdictOf(report, "medium", []), problems: [] };
  for (const text of [markdownOf(report, input), reportPage(report, input), JSON.stringify(report)]) {
    expect(text).not.toMatch(/first-secret|other-secret/);
    expect(text).toContain("(sensitive)");
    expect(text.replaceAll("<wbr>", "")).toContain("manage_master_user_password");
  }
});

test("a comparison says that it is none of a plan, wherever it is read", () => {
  const report = between(database({}), database({ db_name: "shop" }));
  const input = { verdict: verdictOf(report, "medium", []), problems: [] };
  expect(markdownOf(report, input)).toContain("## Comparison of what is synthesized, and no plan, of staging: ");
  expect(markdownOf(report, input)).toContain("only a plan tells");
  expect(reportPage(report, input)).toContain("this is no plan");
  expect(JSON.stringify(report)).not.toMatch(/"digest"|"the plan"/);
});

test.each([
  ["", "is no JSON, or cut short"],
  ["[]", "is no stack"],
  ['{"resource":{}}', "is no stack"],
  ['{"terraform":{},"resource":[]}', "resource: is no object"],
  ['{"terraform":{},"resource":{"a":{"b":1}}}', "resource.a.b: is no object"],
])("%j is refused in one line, with nothing of it", (text, says) => {
  expect(() => readStack(text)).toThrow(new RegExp(`^${says}; give the folder of a synthesis`.replaceAll(".", "\\.").replace("is no stack;", "is no stack, as it has no terraform;")));
});

/** What engines and providers made of arguments, in plans that were run. */
describe("the table of what is made anew", () => {
  const run = RECORDED.filter(({ made, invalid }) => made === "run" && invalid === undefined);
  const changes = run.flatMap((recorded) =>
    readPlan(recordedText(fileOf(recorded))).changes.map((change) => ({ name: recorded.name, change })),
  );

  test("is right where a plan says for what it makes something anew", () => {
    const replaced = changes.filter(({ change }) => change.replacePaths.length > 0);
    expect(replaced.length).toBeGreaterThan(50);
    const wrong = replaced.flatMap(({ name, change }) =>
      change.replacePaths.flatMap((path) => {
        const field = fieldChanges(change).find((one) => JSON.stringify(one.path.slice(0, path.length)) === JSON.stringify(path));
        const [before, after] = [field?.before, field?.after];
        const { is } = fateOf(change.type, [{ path, before, after }]);
        return is === "in place" ? [`${name}: ${change.type} ${path.join(".")}`] : [];
      }),
    );
    expect(wrong).toEqual([]);
  });

  test("makes nothing anew that a plan changes in place", () => {
    // That one shows what a provider writes in another way, of which no stack has anything.
    const updated = changes.filter(({ name, change }) => change.kind === "update" && name !== "k8s-normalised");
    expect(updated.length).toBeGreaterThan(50);
    const wrong = updated.flatMap(({ name, change }) => {
      const fate = fateOf(change.type, fieldChanges(change));
      return fate.is === "anew" ? [`${name}: ${change.type} ${JSON.stringify(fate.for)}`] : [];
    });
    expect(wrong).toEqual([]);
  });
});
