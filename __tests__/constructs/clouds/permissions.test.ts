import { deployment } from "../../../constructs/kubernetes/deployment";
import { wire } from "../../../constructs/kubernetes/provided";
import type { Permissions } from "../../../constructs/model/workload";
import { onAws, statements } from "../../support/aws-application";
import { onAzure } from "../../support/azure-application";
import { onGoogle } from "../../support/google-application";
import { draft } from "../../support/input";

/* What a workload may do in its cloud by its own word: of one with an identity already, and of one without. */

const QUEUE = "arn:aws:sqs:eu-central-1:111111111111:orders";
const BUS =
  "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/shared/providers/Microsoft.ServiceBus/namespaces/orders";

const permissions: Permissions = {
  aws: {
    send: { actions: ["sqs:SendMessage"], resources: [QUEUE] },
    receive: { actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage"], resources: [QUEUE] },
  },
  google: {
    topic: { role: "roles/pubsub.publisher", on: { topic: "orders" } },
    subscription: { role: "roles/pubsub.subscriber", on: { subscription: "orders-web" } },
    prices: { role: "roles/storage.objectViewer", on: { bucket: "prices" } },
    key: { role: "roles/secretmanager.secretAccessor", on: { secret: "partner" } },
    metrics: { role: "roles/monitoring.metricWriter", reason: "measures have no resource that is narrower" },
  },
  azure: { send: { role: "Azure Service Bus Data Sender", scope: BUS } },
};

function input(given: Readonly<Record<string, Permissions>>) {
  const { environment, workload } = draft();
  for (const [name, permissions] of Object.entries(given)) Object.assign(workload(name), { permissions });
  return environment;
}

/** Addresses of resources in the stack. */
const addresses = ({ text }: { readonly text: string }): string[] => {
  const { resource } = JSON.parse(text) as { resource: Readonly<Record<string, object>> };
  return Object.entries(resource).flatMap(([type, all]) => Object.keys(all).map((id) => `${type}.${id}`));
};

const added = (one: string[], other: string[]): string[] => one.filter((address) => !other.includes(address)).sort();

describe.each([
  ["AWS", onAws],
  ["Google Cloud", onGoogle],
  ["Azure", onAzure],
])("on %s", (_name, on) => {
  const before = on(input({}));
  const after = on(input({ api: permissions, web: permissions }));

  test("nothing that was there is another one, and nothing is where nothing is said", () => {
    expect(added(addresses(before), addresses(after))).toEqual([]);
    expect(added(addresses(after), addresses(before)).length).toBeGreaterThan(2);
    expect(before.provided.identity("web")).toBeUndefined();
    expect(after.provided.identity("web")).toBeDefined();
    expect(after.provided.identity("queue")).toBeUndefined();
  });

  test("another name changes nothing", () => {
    const renamed = Object.fromEntries(
      Object.entries({ ...permissions }).map(([cloud, all]) => [
        cloud,
        Object.fromEntries(Object.entries(all as object).map(([name, one], index) => [`z${9 - index}-${name}`, one])),
      ]),
    );
    expect(on(input({ api: renamed, web: renamed })).text).toBe(after.text);
  });

  test("the order in which they are written changes nothing", () => {
    const turned = Object.fromEntries(
      Object.entries({ ...permissions }).map(([cloud, all]) => [
        cloud,
        Object.fromEntries(Object.entries(all as object).reverse()) as object,
      ]),
    );
    expect(on(input({ api: turned, web: turned })).text).toBe(after.text);
  });
});

describe.each([
  ["AWS", onAws],
  ["Google Cloud", onGoogle],
])("on %s pods that run", (_name, on) => {
  const label = { "goldenpath/identity": "permissions" };
  const all = { api: permissions, web: permissions, nightly: permissions };
  const { application, provided } = on(input(all));
  const templateOf = (name: string) => {
    const found = wire(application, provided).find(({ workload }) => workload.name === name);
    if (found?.workload.kind !== "http") throw new Error(`no ${name} for requests`);
    return deployment(application, found, found.workload).spec.template.metadata.labels;
  };

  test("are replaced when the identity comes with the first permission", () => {
    expect(provided.identity("web")?.podLabels).toEqual(label);
    expect(templateOf("web")).toMatchObject(label);
    expect(on(input({})).provided.identity("web")).toBeUndefined();
  });

  test("stay where an edge had brought it, and where others are added", () => {
    expect(provided.identity("api")).toBeDefined();
    expect(provided.identity("api")?.podLabels).toBeUndefined();
    const { aws, google } = permissions;
    const one = { aws: { send: aws?.["send"] }, google: { topic: google?.["topic"] } } as Permissions;
    expect(on(input({ web: one })).provided.identity("web")?.podLabels).toEqual(label);
  });

  test("are none of a CronJob's", () => {
    expect(provided.identity("nightly")).toBeDefined();
    expect(provided.identity("nightly")?.podLabels).toBeUndefined();
  });
});

test("on AWS the policy of the workload's role has them, after those of its edges", () => {
  const own = [
    { Effect: "Allow", Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage"], Resource: [QUEUE] },
    { Effect: "Allow", Action: ["sqs:SendMessage"], Resource: [QUEUE] },
  ];
  const stack = onAws(input({ api: permissions, web: permissions }));
  const edges = statements(onAws(input({})).resource("aws_iam_role_policy", "api")["policy"]) as object[];
  expect(edges.length).toBeGreaterThan(0);
  expect(statements(stack.resource("aws_iam_role_policy", "api")["policy"])).toEqual([...edges, ...own]);
  expect(statements(stack.resource("aws_iam_role_policy", "web")["policy"])).toEqual(own);
});

test("on Google Cloud the service account has a role on each resource", () => {
  const stack = onGoogle(input({ web: permissions }));
  const member = expect.stringMatching(/^\$\{google_service_account\.Accounts_web_.*\.member\}$/) as string;
  expect(stack.resource("google_pubsub_topic_iam_member")).toMatchObject({
    ...{ topic: "orders", role: "roles/pubsub.publisher", member },
  });
  expect(stack.resource("google_pubsub_subscription_iam_member")).toMatchObject({ subscription: "orders-web", member });
  expect(stack.resource("google_storage_bucket_iam_member", "web")).toMatchObject({ bucket: "prices", member });
  expect(stack.resource("google_secret_manager_secret_iam_member", "web")).toMatchObject({
    secret_id: "partner",
    member,
  });
  expect(stack.resource("google_project_iam_member")).toMatchObject({ role: "roles/monitoring.metricWriter", member });
});

test("on Azure the managed identity has a role on each scope", () => {
  const stack = onAzure(input({ web: permissions }));
  expect(stack.resource("azurerm_role_assignment", "web")).toMatchObject({
    scope: BUS,
    role_definition_name: "Azure Service Bus Data Sender",
    principal_id: expect.stringMatching(/^\$\{azurerm_user_assigned_identity\.Identities_web_/) as string,
  });
  expect(stack.provided.identity("web")?.podLabels).toEqual({ "azure.workload.identity/use": "true" });
});
