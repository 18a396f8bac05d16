import { posix } from "node:path";
import type { EnvironmentSpec } from "../../../constructs/environment";
import type { KubernetesObject } from "../../../constructs/kubernetes/objects";
import { isProtected, PROTECTED_LABEL } from "../../../constructs/kubernetes/protection";
import { loadEnvironments } from "../../../constructs/model/load";
import { BREAK_GLASS_LABEL } from "../../../constructs/model/session-names";
import { alertGroups } from "../../../constructs/observability/alerts/alerts";
import { ofKind } from "../../../constructs/observability/alerts/watched";
import { logAlerts } from "../../../constructs/observability/logs/alerts";
import { condition } from "../../../constructs/observability/runbooks/in-words";
import { traceAlerts } from "../../../constructs/observability/traces/alerts";
import { runbooks } from "../../../constructs/outputs/outputs";
import { renderEnvironments } from "../../../constructs/rendering/render-environment";
import { environments } from "../../../environments";
import { BASE, blocks, commands, type Rendered, runbooksOfAll } from "../../support/runbooks";

const all = runbooksOfAll();

/** Names that every cluster of the platform has: charts of add-ons call them so. */
const OF_THE_PLATFORM = [
  "-n cert-manager deployment/cert-manager",
  "-n external-secrets deployment/external-secrets",
  "-n alloy daemonset/alloy",
  "-n loki service/loki",
  "-n loki statefulset/loki",
  "app.kubernetes.io/name=loki",
  "-n tempo deployment/otlp",
  "-n tempo service/otlp",
  "-n tempo statefulset/tempo",
  "app.kubernetes.io/name=tempo",
  "-n keda deployment/keda-operator",
  "-n keda deployment/keda-operator-metrics-apiserver",
  "app=keda-operator",
  "app=keda-operator-metrics-apiserver",
  "apiservice/v1beta1.external.metrics.k8s.io",
  "-n observability service/kube-prometheus-stack-grafana",
  "-n observability service/kube-prometheus-stack-prometheus",
];

const templatesOf = (object: KubernetesObject) => {
  switch (object.kind) {
    case "Deployment":
    case "StatefulSet":
    case "Job":
      return [object.spec.template];
    case "CronJob":
      return [object.spec.jobTemplate.spec.template];
    default:
      return [];
  }
};

/** Every name that a command may use: `-n <namespace> <kind>/<name>`, `app=<label>`, `-c <container>`. */
function known({ application: { namespace }, objects }: Rendered): Set<string> {
  const inNamespace = [
    ...objects.map(({ kind, metadata }) => `${kind.toLowerCase()}/${metadata.name}`),
    // Made by controllers, which name them so.
    ...ofKind({ objects }, "RabbitmqCluster").map(({ metadata }) => `statefulset/${metadata.name}-server`),
    ...ofKind({ objects }, "ScaledObject").map(
      ({ spec }) => `horizontalpodautoscaler/${spec.advanced.horizontalPodAutoscalerConfig.name}`,
    ),
    ...ofKind({ objects }, "Ingress").flatMap(({ spec }) =>
      spec.tls.map(({ secretName }) => `certificate/${secretName}`),
    ),
    ...ofKind({ objects }, "Gateway").flatMap(({ spec }) =>
      spec.listeners.flatMap(({ tls }) => tls?.certificateRefs.map(({ name }) => `certificate/${name}`) ?? []),
    ),
    // Made by the command before.
    ...ofKind({ objects }, "CronJob").map(({ metadata }) => `job/${metadata.name}-by-hand`),
  ];
  const templates = objects.flatMap(templatesOf);
  return new Set([
    ...OF_THE_PLATFORM,
    `namespace/${namespace}`,
    ...(objects.some(({ metadata }) => isProtected(metadata))
      ? [`${PROTECTED_LABEL}=true`, `-n ${namespace} ${PROTECTED_LABEL}`, `-n ${namespace} ${PROTECTED_LABEL}-`]
      : []),
    // Of a session that `goldenpath connect` makes: `constructs/sessions` has the same word.
    `${BREAK_GLASS_LABEL}=true`,
    `-n ${namespace} ${BREAK_GLASS_LABEL}`,
    ...inNamespace.map((name) => `-n ${namespace} ${name}`),
    ...templates.map(({ metadata }) => `app=${metadata.labels["app"] ?? ""}`),
    ...ofKind({ objects }, "RabbitmqCluster").map(({ metadata }) => `app.kubernetes.io/name=${metadata.name}`),
    // The operator calls it so.
    ...(ofKind({ objects }, "RabbitmqCluster").length > 0 ? ["-c rabbitmq"] : []),
    "app.kubernetes.io/name=kube-state-metrics",
    ...templates.flatMap(({ spec }) => spec.containers.map(({ name }) => `-c ${name}`)),
  ]);
}

/** The names in a line of `kubectl`. */
function used(line: string): string[] {
  // Tools of clouds name what no object is; they are compared with the model where their pages are tested.
  if (!/\bkubectl /.test(line)) return [];
  const [, namespace] = /^(?:until |if )?kubectl -n (\S+) /.exec(line) ?? [];
  const [own = ""] = line.split(" -- ");
  return [
    ...[...own.matchAll(/(?:^|[ =])([a-z]+\/[a-z0-9][a-z0-9.-]*)/g)].map(([, name = ""]) =>
      namespace === undefined ? name : `-n ${namespace} ${name}`,
    ),
    ...[...own.matchAll(/ -l (\S+)/g)].map(([, selector = ""]) => selector),
    ...[...own.matchAll(/ -c (\S+)/g)].map(([, name = ""]) => `-c ${name}`),
  ];
}

/** Pages of alerts, whose names begin with a capital letter. */
const pages = ({ files }: Rendered): [string, string][] =>
  Object.entries(files).filter(([file]) => /^[A-Z]/.test(posix.basename(file)) && !file.endsWith("/README.md"));

/** The page of what people type without an alert. */
const EVERYDAY = "everyday-commands.md";

/** Pages of what no alert tells. */
const operations = ({ files }: Rendered): [string, string][] =>
  Object.entries(files).filter(([file]) => /^[a-z]/.test(posix.basename(file)) && posix.basename(file) !== EVERYDAY);

test("there is something to read", () => {
  expect(all.length).toBe(environments.length * 2 + 1);
  const names = all.flatMap(pages).map(([file]) => posix.basename(file));
  expect(new Set(names).size).toBe(61);
});

test("an environment that nobody measures has none", () => {
  const unmeasured = environments.map((one): EnvironmentSpec => ({ ...one, observability: "off" }));
  expect(runbooks.render(renderEnvironments(loadEnvironments(unmeasured)), {})).toEqual({});
});

describe.each(all.map((one) => [one.title, one] as const))("%s", (_title, one) => {
  test("each address of a rule has a page, and each page an address", () => {
    const addresses = ofKind(one, "PrometheusRule").flatMap(({ spec }) =>
      spec.groups.flatMap(({ rules }) =>
        rules.flatMap((rule) => ("alert" in rule ? [rule.annotations["runbook_url"] ?? ""] : [])),
      ),
    );
    expect(addresses.length).toBeGreaterThan(20);
    // Of the platform itself, which has them once for all its applications.
    const { environment, name: application } = one.application;
    const ofCloud = one.told.map((failure) => `${BASE}/${environment}/${application}/${failure}.md`);
    const groups = [logAlerts(), traceAlerts({ applications: [one.application] }, 0.1)];
    const ofPlatform = groups.flatMap(({ alerts }) =>
      alerts.map(({ name }) => `${BASE}/${environment}/_platform/${name}.md`),
    );
    expect(
      pages(one)
        .map(([file]) => `${BASE}/${file}`)
        .sort(),
    ).toEqual([...new Set([...addresses, ...ofPlatform, ...ofCloud])].sort());
  });

  test("each page has its four parts, none of them empty", () => {
    expect(operations(one).length).toBeGreaterThan(7);
    for (const [file, text] of [...pages(one), ...operations(one)]) {
      const [, ...parts] = text.split(/^## /m).map((part) => part.trim().split("\n"));
      const titles = parts.map(([title]) => title).filter((title) => title !== "Further");
      expect([file, titles]).toEqual([file, ["Meaning", "Impact", "Diagnosis", "Mitigation"]]);
      expect([file, parts.filter((lines) => lines.length < 3)]).toEqual([file, []]);
      expect(text).not.toMatch(/undefined|\[object|\$\{|\{\{/);
    }
  });

  test("each page says of each of its alerts when it fires, and the index links all of them", () => {
    const folder = `${one.application.environment}/${one.application.name}`;
    const index = one.files[`${folder}/README.md`] ?? "";
    for (const alert of alertGroups(one).flatMap(({ alerts }) => alerts)) {
      expect(one.files[`${folder}/${alert.name}.md`]).toContain(`Fires at: ${condition(alert)}.`);
      expect(index).toContain(`| [${alert.name}](${alert.name}.md) | ${alert.severity} |`);
      expect(index).toContain(condition(alert));
    }
  });

  test("each failure that the cloud tells says by which measure, what to ask it, and is in the index", () => {
    const folder = `${one.application.environment}/${one.application.name}`;
    const index = one.files[`${folder}/README.md`] ?? "";
    for (const failure of one.told) {
      const text = one.files[`${folder}/${failure}.md`] ?? "";
      expect(text).toMatch(/See <https:[^>]+>, read \d{4}-\d\d-\d\d\./);
      expect(commands(text).some((line) => /(?:^|\$\()(?:aws|gcloud|az) /.test(line))).toBe(true);
      expect(index).toContain(`| [${failure}](${failure}.md) | `);
    }
  });

  test("no alert is about a volume that is mounted for seconds, which nobody measures", () => {
    const asked = alertGroups(one).flatMap(({ alerts }) =>
      alerts.flatMap(({ labels }) => labels["persistentvolumeclaim"] ?? []),
    );
    const claims = ofKind(one, "PersistentVolumeClaim").map(({ metadata }) => metadata.name);
    expect(new Set(asked)).toEqual(new Set(claims.filter((name) => !name.endsWith(".copies"))));
  });

  test("links lead to pages", () => {
    for (const [file, text] of Object.entries(one.files)) {
      const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, to = ""]) => posix.join(posix.dirname(file), to));
      expect([file, links.filter((link) => one.files[link] === undefined)]).toEqual([file, []]);
    }
  });

  test("commands name what is rendered, and nothing has to be filled in", () => {
    const names = known(one);
    const lines = Object.values(one.files).flatMap(commands);
    expect(lines.length).toBeGreaterThan(100);
    expect(lines.filter((line) => /[<>]/.test(line))).toEqual([]);
    const unknown = lines.flatMap((line) =>
      used(line)
        .filter((name) => !names.has(name))
        .map((name) => `${line}: ${name}`),
    );
    expect([...new Set(unknown)]).toEqual([]);
    const { namespace, stackName, environment } = one.application;
    const namespaces = lines.flatMap((line) => /^(?:kubectl|helm .*?|cmctl renew) -n (\S+)/.exec(line)?.[1] ?? []);
    expect([...new Set(namespaces)].sort()).toEqual(
      [
        ...["alloy", "cert-manager", "external-secrets", "loki", namespace, "observability", "tempo"],
        ...(environment === "local" ? ["secret-store"] : []),
        ...(ofKind(one, "ScaledObject").length > 0 ? ["keda"] : []),
      ].sort(),
    );
    const deployed = lines.filter((line) => line.startsWith("npx cdktf deploy"));
    expect([...new Set(deployed)].sort()).toEqual(
      [
        stackName,
        `${environment}-platform`,
        // A cluster on this machine is somebody else's, and its state is a file.
        ...(environment === "local" ? [] : [`${environment}-cluster`, `state-${environment}`]),
      ]
        .map((stack) => `npx cdktf deploy ${stack}`)
        .sort(),
    );
  });

  test("a number of pods is given by whoever keeps it", () => {
    const lines = Object.values(one.files).flatMap(commands);
    const scaled = ofKind(one, "HorizontalPodAutoscaler").map(({ spec }) => `deployment/${spec.scaleTargetRef.name} `);
    // None at all is what an autoscaler leaves alone; the number after it is where it begins.
    const own = new Set(operations(one).map(([file]) => file));
    const alerted = Object.entries(one.files).flatMap(([file, text]) => (own.has(file) ? [] : commands(text)));
    const byHand = alerted.filter((line) => / scale /.test(line));
    expect(byHand.length).toBeGreaterThan(0);
    expect(byHand.filter((line) => scaled.some((name) => line.includes(name)))).toEqual([]);
    const patched = lines.filter((line) => / patch horizontalpodautoscaler\//.test(line));
    expect(patched.length > 0).toBe(scaled.length > 0);
  });

  test("the way back is that of the tool which releases", () => {
    const [released] = Object.entries(one.files).filter(([file]) => file.endsWith("/WorkloadDown.md"));
    const lines = commands(released?.[1] ?? "");
    const { name, namespace } = one.application;
    const helm = one.title.endsWith("helm");
    expect(lines.some((line) => line.startsWith(`helm rollback ${name} -n ${namespace} --wait --timeout `))).toBe(helm);
    expect(lines.some((line) => line.includes(" rollout undo "))).toBe(!helm);
  });

  test("a shell is the one that images have, in a container that is named", () => {
    const shells = Object.values(one.files)
      .flatMap(commands)
      .filter((line) => line.includes(" exec "));
    expect(shells.length).toBeGreaterThan(0);
    expect(
      shells.filter(
        (line) => !/ -c [a-z0-9-]+ -- (?:sh|df|du|top|rabbitmqctl|rabbitmq-diagnostics|rabbitmq-plugins)\b/.test(line),
      ),
    ).toEqual([]);
  });
});

describe("everyday commands", () => {
  const page = ({ application: { environment, name }, files }: Rendered): string =>
    files[`${environment}/${name}/${EVERYDAY}`] ?? "";

  test.each(all.map((one) => [one.title, one] as const))(
    "%s: one page for all programs, which the index leads to",
    (_, one) => {
      const text = page(one);
      const { environment, name, namespace, workloads } = one.application;
      expect(text.match(/^## .+$/gm)).toEqual(["## kubectl", "## Helm", "## Docker"]);
      expect(one.files[`${environment}/${name}/README.md`]).toContain(`](${EVERYDAY})`);
      const lines = commands(text);
      for (const workload of workloads) {
        expect(lines).toContain(`docker pull ${workload.image}`);
        const deployed = ofKind(one, "Deployment").some(({ metadata }) => metadata.name === workload.objectName);
        const asked = lines.filter((line) => new RegExp(`[ =/]${workload.objectName}(?: |$)`).test(line));
        // What ends by itself has a page of its own where it fails, and a schedule has its runs.
        expect({
          workload: workload.name,
          asked: asked.length >= (deployed ? 8 : workload.kind === "cron" ? 4 : 0),
        }).toEqual({
          workload: workload.name,
          asked: true,
        });
      }
      expect(lines.filter((line) => line.startsWith("helm ") && !line.includes(namespace))).toEqual(["helm list -A"]);
      expect(lines.some((line) => line === `helm get values ${name} -n ${namespace}`)).toBe(one.title.endsWith("helm"));
    },
  );

  test("no command shows what is in a secret", () => {
    const lines = all.flatMap((one) => commands(page(one))).filter((line) => line.includes("secrets"));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line) => / -o |describe|jsonpath|base64/.test(line))).toEqual([]);
  });

  test("a port that is forwarded is one of a container", () => {
    for (const one of all) {
      const forwarded = commands(page(one)).flatMap((line) => {
        const [, name, port] = / port-forward deployment\/(\S+) (\d+):/.exec(line) ?? [];
        return name === undefined ? [] : [{ name, port: Number(port) }];
      });
      expect(forwarded.length).toBeGreaterThan(2);
      for (const { name, port } of forwarded) {
        const [deployment] = ofKind(one, "Deployment").filter(({ metadata }) => metadata.name === name);
        const open = deployment?.spec.template.spec.containers.flatMap(({ ports = [] }) =>
          ports.map((of) => of.containerPort),
        );
        expect({ name, open }).toEqual({ name, open: expect.arrayContaining([port]) });
      }
    }
  });
});

test("the playbooks of the reference application are there in their order", () => {
  const [staging] = all.filter(({ title }) => title === "staging, helm");
  const down = commands(staging?.files["staging/my-app/WorkloadDown.md"] ?? "");
  const at = (start: string): number => down.findIndex((line) => line.startsWith(`kubectl -n my-app-staging ${start}`));
  const order = [
    at("get pods -l app=my-app-backend"),
    at("logs -l app=my-app-backend --tail=100"),
    at("get events"),
    at("rollout restart deployment/my-app-backend"),
    down.findIndex((line) => line.startsWith("helm rollback my-app -n my-app-staging --wait --timeout ")),
  ];
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(order).not.toContain(-1);
  const cpu = staging?.files["staging/my-app/HighCpuUsage.md"] ?? "";
  expect(commands(cpu)[0]).toBe("kubectl -n my-app-staging top pods -l app=my-app-backend --containers");
  expect(commands(cpu)).toContain(
    `kubectl -n my-app-staging patch horizontalpodautoscaler/my-app-backend-hpa --type=merge '--patch={"spec":{"minReplicas":5}}'`,
  );
  expect(blocks(cpu, "ts")).toContain(
    "workloads: { backend: { autoscaling: { min: 5, max: 10, cpu: 70, memory: 80 } } },\n",
  );
});

test.each([
  [{ is: ">", threshold: 0.05, forSeconds: 300, shownBy: "humanizePercentage" }, "above 5%, for 5m"],
  [{ is: ">", threshold: 1020, forSeconds: 60, shownBy: "humanizeDuration" }, "above 17m 0s, for 1m"],
  [{ is: ">", threshold: 482344960, forSeconds: 600, shownBy: "humanize1024" }, "above 460MiB, for 10m"],
  [{ is: ">=", threshold: 7, forSeconds: 300 }, "7 or more, for 5m"],
  [{ is: "==", threshold: 0, forSeconds: 90 }, "exactly 0, for 1m30s"],
] as const)("%j in words", (alert, words) => {
  expect(condition(alert)).toBe(words);
});
