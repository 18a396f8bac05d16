import type { Permissions } from "../../../constructs/model/workload";
import { draft, environmentOption, problemsOf } from "../../support/input";

/* What is refused of permissions that a workload has in its cloud. */

const ARN = "arn:aws:sqs:eu-central-1:111111111111:orders";
const SUBSCRIPTION = "/subscriptions/11111111-1111-4111-8111-111111111111";
const send = { actions: ["sqs:SendMessage"], resources: [ARN] };
const publish = { role: "roles/pubsub.publisher", on: { topic: "orders" } };
const assign = { role: "Azure Service Bus Data Sender", scope: `${SUBSCRIPTION}/resourceGroups/a/providers/b/c/d` };
const reason = "the names of the queues are made up by the program";

const given = (permissions: unknown, override?: unknown, cloud?: keyof Permissions): string[] => {
  const { environment, overlay, workload } = draft();
  Object.assign(workload("api"), { permissions });
  if (override !== undefined) Object.assign(overlay, { workloads: { api: { permissions: override } } });
  Object.assign(environment, { cloud: { ...environmentOption(), ...(cloud !== undefined && { permissions: cloud }) } });
  return problemsOf(environment);
};

const FIX = "narrow it, or say why it cannot be narrower in reason";

test.each([
  [
    { aws: { a: { actions: ["SendMessage"], resources: [ARN] } } },
    'aws.a.actions[0]: got "SendMessage"; use an action of a service: "sqs:SendMessage"',
  ],
  [{ aws: { a: { ...send, resources: ["orders"] } } }, `aws.a.resources[0]: got "orders"; use an ARN: "${ARN}"`],
  [{ aws: { a: { ...send, resources: [] } } }, "aws.a.resources: got []; use at least 1 entry"],
  [{ aws: { a: { ...send, actions: ["sqs:*"] } } }, `aws.a.actions[0]: got "sqs:*", it is more than one; ${FIX}`],
  [{ aws: { a: { ...send, resources: [ARN, "*"] } } }, `aws.a.resources[1]: got "*", it is more than one; ${FIX}`],
  [{ google: { a: { role: "publisher" } } }, 'google.a.role: got "publisher"; use a role: "roles/pubsub.publisher"'],
  [
    { google: { a: { role: publish.role } } },
    "google.a: it is given on the whole project; say what on, or why in reason",
  ],
  [
    { google: { a: { ...publish, on: {} } } },
    "google.a.on: nothing that it is given on; name one: topic, subscription, bucket or secret",
  ],
  [
    { google: { a: { ...publish, on: { topic: "a", bucket: "b" } } } },
    "google.a.on: several things that it is given on",
  ],
  [
    { google: { a: { ...publish, role: "roles/editor" } } },
    `google.a.role: got "roles/editor", it is one of all services; ${FIX}`,
  ],
  [{ azure: { a: { ...assign, scope: "orders" } } }, 'azure.a.scope: got "orders"; use the id of a resource'],
  [
    { azure: { a: { ...assign, scope: SUBSCRIPTION } } },
    `azure.a.scope: got "${SUBSCRIPTION}", it is everything that is in there; ${FIX}`,
  ],
  [{ azure: { a: { ...assign, role: "owner" } } }, `azure.a.role: got "owner", it is one of all services; ${FIX}`],
  [
    { azure: { a: { ...assign, role: "69a216fc-b8fb-44d8-bc22-1f3c2cd27a39" } } },
    'azure.a.role: got "69a216fc-b8fb-44d8-bc22-1f3c2cd27a39"; use the name of a role: "Azure Service Bus Data Sender"',
  ],
  [{ azure: { a: { ...assign, role: "Owner" } } }, `azure.a.role: got "Owner", it is one of all services; ${FIX}`],
  [{ aws: { a: { ...send, reason: "because" } } }, 'aws.a.reason: got "because"; use at least 10 characters'],
  [{ oracle: {} }, "permissions.oracle: unknown field"],
])("%j is told: %s", (permissions, problem) => {
  expect(given(permissions).join("\n")).toContain(problem);
});

test.each([
  "resourceGroups/a",
  "providers/Microsoft.Storage",
  "resourceGroups/a/providers/Microsoft.Storage/storageAccounts",
])("%s is more than one resource of Azure", (part) => {
  const problems = given({ azure: { a: { ...assign, scope: `${SUBSCRIPTION}/${part}` } } });
  expect(problems).toHaveLength(1);
  expect(problems.join()).toMatch(/azure\.a\.scope: got ".*, it is everything that is in there; narrow it/);
});

test.each([
  "providers/Microsoft.A/b/c",
  "resourceGroups/a/providers/Microsoft.Storage/storageAccounts/b/blobServices/default/containers/c",
])("%s is one", (part) => {
  expect(given({ azure: { a: { ...assign, scope: `${SUBSCRIPTION}/${part}` } } })).toEqual([]);
});

test("what is wide is taken with a reason", () => {
  expect(
    given({
      aws: { a: { actions: ["sqs:*"], resources: ["*"], reason } },
      google: { a: { role: "roles/viewer", reason } },
      azure: { a: { role: "Reader", scope: SUBSCRIPTION, reason } },
    }),
  ).toEqual([]);
});

test("an environment on a cloud of which the workload says nothing is refused, unless it says that it needs nothing", () => {
  const problem =
    "permissions.google: missing, and the workload has permissions for aws and azure; say what it may do here, or {} where that is nothing more";
  const permissions = { aws: { send }, azure: { send: assign } };
  expect(given(permissions, undefined, "google").join()).toContain(problem);
  expect(given({ ...permissions, google: {} }, undefined, "google")).toEqual([]);
  expect(given(permissions, { google: { send: publish } }, "google")).toEqual([]);
  expect(given(permissions, undefined, "aws")).toEqual([]);
  // Where nobody has an identity, there is nothing to say.
  expect(given(permissions)).toEqual([]);
});

test.each([
  ["aws", send, { actions: ["sqs:sendmessage"], resources: [ARN], reason }],
  ["google", publish, { ...publish, reason }],
  ["google", { role: "roles/viewer", reason }, { role: "roles/viewer", reason, on: undefined }],
  [
    "azure",
    assign,
    { role: assign.role.toLowerCase(), scope: assign.scope.toUpperCase().replace("/SUBSCRIPTIONS", "/subscriptions") },
  ],
])("on %s one that gives what another gives is refused, and told of the second", (cloud, one, other) => {
  const problem = `permissions.${cloud}.second: gives what first gives; give it once`;
  expect(given({ [cloud]: { first: one, second: other } }).join()).toContain(problem);
  expect(given({ [cloud]: { first: one } }, { [cloud]: { second: other } }).join()).toContain(
    `workloads.api.${problem}`,
  );
  expect(given({ [cloud]: { first: one } }, { [cloud]: { first: false, second: other } })).toEqual([]);
});

test("the same role on something else is another one", () => {
  expect(
    given({
      aws: { send, wait: { ...send, actions: ["sqs:ReceiveMessage"] } },
      google: { one: publish, other: { ...publish, on: { subscription: "orders" } } },
      azure: { one: assign, other: { ...assign, scope: `${assign.scope}/e/f` } },
    }),
  ).toEqual([]);
});

test("an environment changes, adds and takes away by name", () => {
  const wide = given({ aws: { send } }, { aws: { all: { ...send, actions: ["sqs:*"] }, send: false } }, "aws");
  expect(wide.join()).toContain(`workloads.api.permissions.aws.all.actions[0]: got "sqs:*"`);
  expect(given({ aws: { send } }, { aws: { sand: false } }, "aws").join()).toContain(
    'permissions.aws.sand: the application has no such permission to take away; use "send" (did you mean "send"?)',
  );
  expect(given({ aws: { send } }, { aws: { send: false } }, "aws")).toEqual([]);
});
