import { outside } from "../../../constructs/export/outside";
import { stackFiles } from "../../../constructs/export/stack-files";
import { environments } from "../../../environments";
import { exportedStacks } from "../../../stacks/exported-stacks";
import { merged } from "../../support/plain-stacks";
import { type Block, synthesizeReference } from "../../support/reference";

const exported = exportedStacks(
  environments,
  environments.map(({ name }) => name),
).flatMap(({ stacks }) => stacks);

const uncommented = (block: unknown): Block =>
  Object.fromEntries(Object.entries(block as Block).filter(([key]) => key !== "//"));

const each = (values: Block, make: (value: unknown) => unknown): Block =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, make(value)]));

/** A stack without what is allowed to be another: comments of blocks, and where a state is that is a file. */
function bare(stack: Block): Block {
  const sections = uncommented(stack);
  const terraform = sections.terraform as { readonly backend: Readonly<Record<string, { readonly path?: string }>> };
  const path = terraform.backend.local?.path?.replace(/^(?:\.\.\/)+/, "");
  const backend = path === undefined ? terraform.backend : { local: { path } };
  const typed = Object.entries(sections).map(([section, value]): [string, unknown] => {
    if (!["resource", "data", "ephemeral"].includes(section)) return [section, value];
    return [section, each(value as Block, (blocks) => each(blocks as Block, uncommented))];
  });
  return { ...Object.fromEntries(typed), terraform: { ...terraform, backend } };
}

test("every shipped stack is exported", () => {
  expect(exported.map(({ name }) => name).sort()).toEqual(Object.keys(synthesizeReference().stacks).sort());
});

describe.each(exported.map((stack) => [stack.name, stack] as const))("%s", (name, stack) => {
  const files = stackFiles(stack);

  test("is the same blocks, arguments and backend as its synthesis", () => {
    const written = synthesizeReference().stacks[name] as unknown as Block;
    expect(bare(merged(files))).toEqual(bare(written));
  });

  test("names nothing that is not in its folder", () => {
    expect(outside(stack)).toEqual([]);
    expect(files["terraform.tf.json"]).not.toContain("../");
  });

  test("has a comment on each resource, and nothing that cdktf keeps for itself", () => {
    const { resource } = merged(files) as { resource: Record<string, Record<string, Block>> };
    const says = Object.values(resource).flatMap((blocks) => Object.values(blocks).map((block) => block["//"]));
    expect(says.filter((text) => typeof text !== "string")).toEqual([]);
    expect(Object.values(files).join()).not.toMatch(/uniqueId|"metadata": \{\s*"path"/);
  });
});

test("a workload, a service and an add-on have a file each, and ephemeral passwords are with their service", () => {
  const of = (name: string): Readonly<Record<string, string>> => {
    const found = exported.find((stack) => stack.name === name);
    if (found === undefined) throw new Error(name);
    return stackFiles(found);
  };
  expect(Object.keys(of("staging"))).toEqual([
    "moved.tf.json",
    "providers.tf.json",
    "terraform.tf.json",
    "application.tf.json",
    "lookups.tf.json",
    "routes.tf.json",
    "service-cache.tf.json",
    "service-events.tf.json",
    "service-orders-db.tf.json",
    "service-uploads.tf.json",
    "workload-backend.tf.json",
    "workload-consumer.tf.json",
    "workload-cron.tf.json",
    "workload-frontend.tf.json",
    "workload-migrate.tf.json",
    "workload-notifications.tf.json",
  ]);
  const database = JSON.parse(of("staging")["service-orders-db.tf.json"] ?? "{}") as Record<string, object>;
  expect(Object.keys(database)).toEqual(["ephemeral", "resource"]);
  expect(Object.keys(of("staging-platform"))).toEqual(expect.arrayContaining(["traefik.tf.json", "loki.tf.json"]));
});
