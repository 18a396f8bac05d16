import { objectPatch, type Patch, resourcePatch } from "../../../constructs/model/patch";
import { formatSteps, pathSteps } from "../../../constructs/model/patch-path";
import { draft, problemsOf, production, shop } from "../../support/input";

const reason = "the model has no word for it";
const at = "environments.production.applications.shop.patches";

function refused(patches: Record<string, unknown>): string[] {
  const { environment, overlay } = draft(production(shop()));
  overlay.patches = patches as Record<string, Patch>;
  return problemsOf(environment);
}

test("a path is read as it is written", () => {
  const path = 'spec.template.spec.containers[web].env[0].valueFrom["a.b/c"]';
  expect(formatSteps(pathSteps(path) ?? [])).toBe(path);
});

test.each(["", ".spec", "spec.", "spec..x", "[web]", "[0]", "spec[", 'spec["a"b"]', "spec x", "spec/x"])(
  "%j is no path",
  (path) => {
    expect(pathSteps(path)).toBeUndefined();
  },
);

test("what other objects go by, and what the model has a word for, is no patch's", () => {
  const patch = (kind: string, ...paths: string[]) =>
    objectPatch({ reason, of: "api", kind, add: Object.fromEntries(paths.map((path) => [path, "x"])) });
  expect(
    refused({
      names: patch(
        "Service",
        "metadata.name",
        "metadata.namespace",
        "apiVersion",
        "kind",
        "status.x",
        "metadata.labels",
      ),
      labels: patch("Deployment", "spec.template.metadata.labels.app", 'metadata.labels["app.kubernetes.io/name"]'),
      own: patch(
        "Deployment",
        "metadata.labels.team",
        'metadata.annotations["example.com/app"]',
        "metadata.labels.apps",
      ),
      model: patch(
        "Deployment",
        "spec.replicas",
        "spec.template.spec.containers[api].image",
        "spec.selector.matchLabels.x",
      ),
      policy: patch("Deployment", "spec.template.spec.containers[api].imagePullPolicy"),
      env: patch("CronJob", "spec.jobTemplate.spec.template.spec.containers[api].env[X]"),
      config: patch("ConfigMap", "data.X"),
      more: patch("Deployment", "spec.template.spec.initContainers", "spec.template.spec.containers[log]"),
    }).map((line) => line.slice(at.length + 1)),
  ).toEqual([
    'names.add["metadata.name"]: other objects and the state go by it; leave it',
    'names.add["metadata.namespace"]: other objects and the state go by it; leave it',
    "names.add.apiVersion: other objects and the state go by it; leave it",
    "names.add.kind: other objects and the state go by it; leave it",
    'names.add["status.x"]: other objects and the state go by it; leave it',
    'names.add["metadata.labels"]: other objects and the state go by it; name the label or annotation in the path',
    'labels.add["spec.template.metadata.labels.app"]: other objects and the state go by it; use a label of your own',
    'labels.add["metadata.labels[\\"app.kubernetes.io/name\\"]"]: other objects and the state go by it; use a label of your own',
    'model.add["spec.replicas"]: the model has it; say it in replicas of the workload',
    'model.add["spec.template.spec.containers[api].image"]: the model has it; say it in image, resources, config or needs of the workload',
    'model.add["spec.selector.matchLabels.x"]: Kubernetes never changes it; leave it',
    'env.add["spec.jobTemplate.spec.template.spec.containers[api].env[X]"]: the model has it; say it in image, resources, config or needs of the workload',
    'config.add["data.X"]: the model has it; say it in config of the workload',
    'more.add["spec.template.spec.initContainers"]: the model has it, and counts what containers ask for; say it in initContainers or sidecars of the workload',
    'more.add["spec.template.spec.containers[log]"]: the model has it, and counts what containers ask for; say it in initContainers or sidecars of the workload',
  ]);
});

test("a resource's meta-arguments are the program's, and its type is one of the cloud's", () => {
  const { environment, overlay } = draft(production(shop()));
  environment.cloud = { ...environment.cloud, title: "AWS", resourceTypePrefix: "aws_" };
  overlay.patches = {
    keep: resourcePatch({ reason, of: "db", type: "aws_db_instance", add: { "lifecycle.prevent_destroy": false } }),
    other: resourcePatch({ reason, of: "db", type: "google_sql_database_instance", add: { x: 1 } }),
    whose: resourcePatch({ reason, of: "api", type: "aws_db_instance", add: { x: 1 } }),
  };
  expect(problemsOf(environment).map((line) => line.slice(at.length + 1))).toEqual([
    'keep.add["lifecycle.prevent_destroy"]: this program keeps what holds data by it; leave it; see drops and protect',
    'other.type: got "google_sql_database_instance", AWS has no such resources; use a type that begins with aws_, or take the patch out here',
    expect.stringMatching(/^whose\.of: got "api", no such service; use "db"/),
  ]);
});

test("two patches change no field together, and each changes something", () => {
  const one = objectPatch({ reason, of: "api", kind: "Deployment", add: { "spec.paused": true } });
  expect(
    refused({ one, two: one, none: objectPatch({ reason, of: "api", kind: "Deployment" }) }).map((line) =>
      line.slice(at.length + 1),
    ),
  ).toEqual([
    'two.add["spec.paused"]: patch "one" changes the same field; change it once',
    "none: changes nothing; give add, replace or remove",
  ]);
});

test("what has not the form of a patch is told field by field", () => {
  expect(
    refused({
      short: { ...objectPatch({ reason: "so", kind: "deployment", add: { "spec x": 1 } }) },
      value: { ...objectPatch({ reason, kind: "Deployment", add: { "spec.x": () => 1 } as never }) },
      kind: { reason },
    }).map((line) => line.slice(at.length + 1)),
  ).toEqual([
    'short.reason: got "so"; use at least 10 characters',
    expect.stringContaining('short.add["spec x"]: write a path as'),
    'short.kind: got "deployment"; use the kind of an object, e.g. "Deployment"',
    expect.stringContaining('value.add["spec.x"]: '),
    "kind.on: make it with objectPatch() or resourcePatch()",
  ]);
});
