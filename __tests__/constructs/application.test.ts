import { App, Aspects, dependable, Testing } from "cdktf";
import { Application } from "../../constructs/application";
import { aws } from "../../constructs/clouds/aws";
import { loadEnvironments } from "../../constructs/model/load";
import { FastStack } from "../../constructs/terraform/fast-stack";
import { StateRecord } from "../../constructs/terraform/state-record";
import { AWS_PROPS } from "../support/aws-environment";
import { patched } from "./patches/support";

/* What programs do with an application beside what the model says. */

function made(helm = false) {
  const cloud = aws(AWS_PROPS);
  const [environment] = loadEnvironments([patched(undefined, { cloud, helm })]);
  const [resolved] = environment?.applications ?? [];
  if (environment === undefined || resolved === undefined) throw new Error("no application");
  const stack = new FastStack(new App({ stackTraces: false }), "staging");
  cloud.configure(stack, environment);
  const cluster = cloud.connect(stack, environment);
  return { stack, application: new Application(stack, "shop", { environment, application: resolved, cluster }) };
}

const json = (stack: FastStack) =>
  JSON.parse(Testing.synth(stack)) as { resource: Record<string, Record<string, Record<string, unknown>>> };

test("objects are found by kind and name, whatever revision they have", () => {
  const { application } = made();
  expect(application.resource("Deployment", "shop-web").terraformResourceType).toBe("kubernetes_deployment_v1");
  expect(application.resource("ConfigMap", "shop-web").terraformResourceType).toBe("kubernetes_config_map_v1");
  expect(() => application.resource("Deployment", "shop-wbe")).toThrow(
    "no such object; give it in `objects` or correct",
  );
  // Helm's.
  expect(() => made(true).application.resource("Deployment", "shop-web")).toThrow("no such object");
});

test("what is beside an application waits for a resource of it", () => {
  const { application, stack } = made();
  const smokeTest = new StateRecord(stack, "smoke-test", { input: { url: "https://shop.example.com" } });
  const deployment = application.resource("Deployment", "shop-web");
  smokeTest.dependsOn = [...(smokeTest.dependsOn ?? []), dependable(deployment)];
  expect(json(stack).resource.terraform_data?.["smoke-test"]).toMatchObject({
    depends_on: [`kubernetes_deployment_v1.${deployment.friendlyUniqueId}`],
  });
});

test("resources of a service are found by type; an override and an aspect come last", () => {
  const { application, stack } = made();
  const [db, ...more] = application.resources("db", "aws_db_instance");
  expect(more).toEqual([]);
  expect(application.resources("db", "google_sql_database_instance")).toEqual([]);
  expect(() => application.resources("bd", "aws_db_instance")).toThrow('staging/shop: has no service bd; use "db"');
  db?.addOverride("iops", 6000);
  Aspects.of(stack).add({
    visit: (construct) => {
      if (construct === db) db.addOverride("tags.Auditor", "${not.evaluated}");
    },
  });
  const [block] = Object.values(json(stack).resource.aws_db_instance ?? {});
  expect(block).toMatchObject({ iops: 6000, tags: { Auditor: "$${not.evaluated}" } });
});

test("a connection has references and places of secrets, and no secret", () => {
  const { application } = made();
  const { parts } = application.connection("web", "db");
  expect(parts.host).toEqual({ value: expect.stringContaining("TfToken[") as unknown });
  expect(parts.password).toHaveProperty("secret");
  expect(() => application.connection("web", "bd")).toThrow("has no service bd");
});
