import { toJson } from "../../../constructs/kubernetes/json";
import type { KubernetesObject, PodTemplate } from "../../../constructs/kubernetes/objects";
import type { ProvidedUsers } from "../../../constructs/kubernetes/provided";
import { MYSQL_USERS } from "../../../constructs/services/mysql/users";
import { MYSQL_VERSIONS } from "../../../constructs/services/mysql/versions";
import { type End, type Pod, reaches } from "../../support/reachability";
import {
  backend,
  BUNDLE,
  cron,
  facts,
  find,
  findJob,
  migrate,
  ordersDb,
  provided,
  render,
  type Rendering,
  resolvedApplication,
  USERS,
  withUsers,
} from "../../support/resolved";
import { unrevised } from "../../support/revision";

const NAME = "my-app-orders-db-users";
const RETIRE = "my-app-orders-db-retire";

/** The Jobs for users and what they need, in a rendering of the application. */
function usersOf(changes: Rendering = {}): KubernetesObject[] {
  return render({ provided: withUsers(), ...changes }).filter(({ metadata }) =>
    metadata.name.startsWith("my-app-orders-db-"),
  );
}

const secretOf = (objects: readonly KubernetesObject[]) => {
  const found = objects.find(({ kind }) => kind === "ExternalSecret");
  if (found?.kind !== "ExternalSecret") throw new Error("no ExternalSecret");
  return found;
};
const revisionOf = (changes: Rendering = {}): string => secretOf(usersOf(changes)).metadata.name;
const jobOf = (changes: Rendering = {}, name = NAME) => findJob(usersOf(changes), name);
const withDatabase = (passwords: number) =>
  resolvedApplication({ services: [{ ...ordersDb, sizing: { ...ordersDb.sizing, passwords } }] });

const LABELS = {
  app: NAME,
  "app.kubernetes.io/name": "orders-db-users",
  "app.kubernetes.io/instance": NAME,
  "app.kubernetes.io/component": "users",
  "app.kubernetes.io/part-of": "my-app",
  "app.kubernetes.io/managed-by": "goldenpath",
  owner: "team-shop",
};
const METADATA = { name: NAME, namespace: "my-app-prod", labels: LABELS };

/** Any revision of an object. */
const revisionsOf = (name: string): unknown => expect.stringMatching(new RegExp(`^${name}-[0-9a-f]{8}$`));

test("a service with users has two Jobs and what they need, and one without has nothing", () => {
  expect(usersOf().map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    `ServiceAccount ${NAME}`,
    `ConfigMap ${NAME}`,
    `NetworkPolicy ${NAME}`,
    revisionsOf(`ExternalSecret ${NAME}`),
    revisionsOf(`Job ${NAME}`),
    revisionsOf(`Job ${RETIRE}`),
  ]);
  const jobs = (changes: Rendering) =>
    render(changes).flatMap(({ kind, metadata }) => (kind === "Job" ? [metadata.name] : []));
  expect(jobs({ provided: withUsers() })).toEqual([NAME, RETIRE].map(revisionsOf));
  expect(jobs({ provided: provided() })).toEqual([]);
});

test("a cloud that gives users to a kind of service that has none is not followed", () => {
  expect(
    render({ provided: provided({ users: () => USERS }) }).flatMap(({ kind, metadata }) =>
      kind === "Job" ? [metadata.name] : [],
    ),
  ).toEqual([NAME, RETIRE].map(revisionsOf));
});

test("the account has no token, and no rights of a cloud's", () => {
  const objects = usersOf({
    provided: { ...withUsers(), identity: () => ({ annotations: { "example.com/role": "x" } }) },
  });
  expect(find(objects, "ServiceAccount", NAME)).toEqual({
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: METADATA,
    automountServiceAccountToken: false,
  });
});

test("the program is in a ConfigMap, with the bundle of the server's certificate where it needs one", () => {
  const program = (users: Partial<ProvidedUsers>) => find(usersOf({ provided: withUsers(users) }), "ConfigMap", NAME);
  expect(program({})).toEqual({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: METADATA,
    data: { "users.sh": MYSQL_USERS.script },
  });
  const administrator = { ...USERS.administrator, caBundle: BUNDLE };
  expect(program({ administrator }).data).toEqual({ "users.sh": MYSQL_USERS.script, "ca.pem": BUNDLE });
});

test("the Job that makes users, field for field", () => {
  const { "goldenpath/revision": revision = "", ...labels } = jobOf().metadata.labels;
  expect(revision).toMatch(/^[0-9a-f]{8}$/);
  expect(labels).toEqual(LABELS);
  expect(toJson(jobOf())).toEqual({
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { ...METADATA, name: `${NAME}-${revision}`, labels: { ...LABELS, "goldenpath/revision": revision } },
    spec: {
      backoffLimit: 6,
      activeDeadlineSeconds: 900,
      template: {
        metadata: {
          labels: LABELS,
          annotations: { "checksum/program": expect.stringMatching(/^[0-9a-f]{64}$/) },
        },
        spec: {
          serviceAccountName: NAME,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          restartPolicy: "Never",
          terminationGracePeriodSeconds: 30,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 1000,
            runAsGroup: 1000,
            fsGroup: 1000,
            fsGroupChangePolicy: "OnRootMismatch",
            seccompProfile: { type: "RuntimeDefault" },
          },
          containers: [
            {
              name: "users",
              image: MYSQL_VERSIONS["8.4"].image,
              imagePullPolicy: "IfNotPresent",
              command: ["sh", "/etc/goldenpath/users/users.sh", "make"],
              env: [
                { name: "HOST", value: "${TfToken[TOKEN.1]}" },
                { name: "PORT", value: "3307" },
                { name: "DATABASE", value: "app_db" },
                { name: "ADMINISTRATOR", value: "${TfToken[TOKEN.8]}" },
                { name: "CA_BUNDLE", value: "" },
              ],
              resources: {
                requests: { cpu: "50m", memory: "64Mi", "ephemeral-storage": "64Mi" },
                limits: { cpu: "250m", memory: "128Mi", "ephemeral-storage": "128Mi" },
              },
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ["ALL"] },
              },
              volumeMounts: [
                { name: "tmp", mountPath: "/tmp" },
                { name: "program", mountPath: "/etc/goldenpath/users", readOnly: true },
                { name: "login", mountPath: "/etc/goldenpath/login", readOnly: true },
              ],
            },
          ],
          volumes: [
            { name: "tmp", emptyDir: { medium: "Memory", sizeLimit: "16Mi" } },
            { name: "program", configMap: { name: NAME } },
            { name: "login", secret: { secretName: revisionOf(), defaultMode: 0o440 } },
          ],
        },
      },
    },
  });
});

test("the Job that retires users is the same in everything but its name, its turn and the program's argument", () => {
  const [make, retire] = [jobOf(), jobOf({}, RETIRE)];
  const { "goldenpath/revision": revision = "", ...labels } = retire.metadata.labels;
  expect(retire.metadata.name).toBe(`${RETIRE}-${revision}`);
  expect(labels).toEqual({ ...LABELS, "app.kubernetes.io/component": "retired-users" });
  const [container] = retire.spec.template.spec.containers;
  expect(container?.command).toEqual(["sh", "/etc/goldenpath/users/users.sh", "retire"]);
  const text = JSON.stringify(retire.spec).replace('users.sh","retire"', 'users.sh","make"');
  expect(JSON.parse(text)).toEqual(make.spec);
  // By these the two share account, policy and login.
  expect(retire.spec.template.metadata.labels.app).toBe(NAME);
  expect(retire.spec.template.spec.serviceAccountName).toBe(NAME);
  expect(retire.spec.template.spec.volumes).toContainEqual({
    name: "login",
    secret: { secretName: revisionOf(), defaultMode: 0o440 },
  });
});

test("both are left alone by node autoscalers, by the annotations that the cloud's have", () => {
  const undisturbed = { ...facts, undisturbedPodAnnotations: { "example.com/do-not-disturb": "yes" } };
  for (const name of [NAME, RETIRE]) {
    expect(jobOf({ facts: undisturbed }, name).spec.template.metadata.annotations).toEqual({
      ...jobOf({}, name).spec.template.metadata.annotations,
      "example.com/do-not-disturb": "yes",
    });
  }
});

test("the path of the bundle is a variable, and where the program's ConfigMap is mounted", () => {
  const administrator = { ...USERS.administrator, caBundle: BUNDLE };
  const [container] = jobOf({ provided: withUsers({ administrator }) }).spec.template.spec.containers;
  expect(container?.env).toContainEqual({ name: "CA_BUNDLE", value: "/etc/goldenpath/users/ca.pem" });
});

test("a part with more words in its name is a variable with more", () => {
  const setup = { ...MYSQL_USERS, parts: ["virtualHost"] };
  const service = { ...ordersDb, service: { ...ordersDb.service, users: setup } };
  const parts = { ...USERS.administrator.parts, virtualHost: { value: "%2F" } };
  const [container] = jobOf({
    application: resolvedApplication({ services: [service] }),
    provided: withUsers({ administrator: { ...USERS.administrator, parts } }),
  }).spec.template.spec.containers;
  expect(container?.env).toContainEqual({ name: "VIRTUAL_HOST", value: "%2F" });
});

describe("the Secret of the Job", () => {
  const { metadata, spec } = secretOf(usersOf());

  test("has a file for each name and password, as they are in the store", () => {
    const file = (name: string) => `{{ index . "${name}" }}`;
    expect(spec.target.template.data).toEqual({
      "admin.username": file("admin.username.username"),
      "admin.password": file("admin.password.password"),
      "user.app.backend": file("user.app.backend.password"),
      "user.app.cron": file("user.app.cron.password"),
    });
    expect(spec.data).toEqual([
      { secretKey: "admin.username.username", remoteRef: { key: "${TfToken[TOKEN.8]}", property: "username" } },
      { secretKey: "admin.password.password", remoteRef: { key: "${TfToken[TOKEN.8]}", property: "password" } },
      {
        secretKey: "user.app.backend.password",
        remoteRef: { key: "production/my-app/orders-db/backend", property: "password" },
      },
      {
        secretKey: "user.app.cron.password",
        remoteRef: { key: "production/my-app/orders-db/cron", property: "password" },
      },
    ]);
  });

  test("has the very version of each password that the store was given, and the current one of what others change", () => {
    const version = (name: string) => `uuid/version of ${name}`;
    const users = USERS.users.map(({ name }) => ({
      name,
      password: { secret: { key: `production/${name}`, property: "password", version: version(name) } },
    }));
    const { data } = secretOf(usersOf({ provided: withUsers({ users }) })).spec;
    expect(data.map(({ secretKey, remoteRef }) => [secretKey, remoteRef.version])).toEqual([
      ["admin.username.username", undefined],
      ["admin.password.password", undefined],
      ["user.app.backend.password", version("app.backend")],
      ["user.app.cron.password", version("app.cron")],
    ]);
    expect(data[0]?.remoteRef).not.toHaveProperty("version");
  });

  test("takes an administrator's name that is no secret as it is, and refuses a login that is not there", () => {
    const named = (parts: ProvidedUsers["administrator"]["parts"]) => () =>
      secretOf(usersOf({ provided: withUsers({ administrator: { ...USERS.administrator, parts } }) })).spec.target
        .template.data["admin.username"];
    const { username, ...others } = USERS.administrator.parts;
    expect(named({ ...others, username: { value: "root" } })()).toBe("root");
    expect(named(others)).toThrow('part "username" of an administrator\'s connection: left out; give it');
    expect(username).toBeDefined();
  });

  test("bears its revision, which ends its name", () => {
    const { "goldenpath/revision": revision, ...labels } = metadata.labels;
    expect(labels).toEqual(LABELS);
    expect(metadata.name).toBe(`${NAME}-${revision ?? ""}`);
    expect(spec.target.name).toBe(metadata.name);
  });

  test("is another one for another generation of passwords and for other users", () => {
    const [backendsOwn] = USERS.users;
    const others = [
      revisionOf(),
      revisionOf({ application: withDatabase(2) }),
      revisionOf({ application: withDatabase(3) }),
      revisionOf({ provided: withUsers({ users: backendsOwn === undefined ? [] : [backendsOwn] }) }),
      revisionOf({ provided: withUsers({ users: [] }) }),
    ];
    expect(new Set(others).size).toBe(others.length);
  });

  test.each<[string, Rendering]>([
    [
      "an image",
      { application: resolvedApplication({ workloads: [backend({ image: "registry.example.com/b:v9" }), cron()] }) },
    ],
    ["configuration", { application: resolvedApplication({ workloads: [backend({ config: { A: "2" } }), cron()] }) }],
    [
      "another workload, which needs it not",
      { application: resolvedApplication({ workloads: [backend(), cron(), migrate({ edges: [] })] }) },
    ],
    [
      "the size of the service",
      {
        application: resolvedApplication({
          services: [{ ...ordersDb, sizing: { ...ordersDb.sizing, size: "xlarge", backupDays: 30 } }],
        }),
      },
    ],
    ["another service", { application: resolvedApplication({ services: [ordersDb] }) }],
    ["the routes", { application: resolvedApplication({ routes: [] }) }],
    ["the facts of the cloud", { facts: { ...facts, nodeLocalDns: "169.254.20.11" } }],
    ["the certificates", { provided: withUsers({ administrator: { ...USERS.administrator, caBundle: BUNDLE } }) }],
    [
      "the administrator's password",
      {
        provided: withUsers({
          administrator: {
            ...USERS.administrator,
            parts: { ...USERS.administrator.parts, password: { secret: { key: "other" } } },
          },
        }),
      },
    ],
    [
      "where a user's password is kept",
      {
        provided: withUsers({
          users: USERS.users.map(({ name }) => ({ name, password: { secret: { key: `elsewhere/${name}` } } })),
        }),
      },
    ],
  ])("is the same one whatever becomes of %s", (_what, changes) => {
    expect(revisionOf(changes)).toBe(revisionOf());
  });
});

describe.each([
  ["makes", NAME],
  ["retires", RETIRE],
])("the Job that %s users is another run, under another name,", (_task, job) => {
  const nameOf = (changes: Rendering = {}): string => jobOf(changes, job).metadata.name;

  test.each<[string, Rendering]>([
    ["for other passwords", { application: withDatabase(2) }],
    ["for other users", { provided: withUsers({ users: [] }) }],
    [
      "on a server made anew",
      {
        provided: withUsers({
          administrator: {
            ...USERS.administrator,
            parts: { ...USERS.administrator.parts, password: { secret: { key: "other" } } },
          },
        }),
      },
    ],
    [
      "for another program",
      {
        application: resolvedApplication({
          services: [{ ...ordersDb, service: { ...ordersDb.service, users: { ...MYSQL_USERS, script: "exit 0" } } }],
        }),
      },
    ],
  ])("%s", (_what, changes) => {
    expect(nameOf(changes)).not.toBe(nameOf());
  });

  test("not for a release of the application", () => {
    const workloads = [backend({ image: "registry.example.com/b:v9", version: "v9", config: { A: "2" } }), cron()];
    expect(nameOf({ application: resolvedApplication({ workloads }) })).toBe(nameOf());
  });

  test("and under the same one, but with other text for Terraform, where the server made anew is a reference", () => {
    const anew = withUsers({
      administrator: {
        ...USERS.administrator,
        parts: { ...USERS.administrator.parts, password: { secret: { key: "${TfToken[TOKEN.99]}" } } },
      },
    });
    expect(nameOf({ provided: anew })).toBe(nameOf());
    expect(jobOf({ provided: anew }, job).spec).not.toEqual(jobOf({}, job).spec);
  });
});

describe("the administrator's password", () => {
  const objects = render({
    application: resolvedApplication({ workloads: [backend(), cron(), migrate()] }),
    provided: withUsers(),
  });
  const holding = objects.filter((object) => JSON.stringify(object).includes("${TfToken[TOKEN.8]}"));

  test("is fetched into the Jobs' Secret, and nothing else knows of its place but the Jobs", () => {
    expect(holding.map(({ kind, metadata }) => `${kind} ${unrevised(metadata)}`)).toEqual([
      `ExternalSecret ${NAME}`,
      `Job ${NAME}`,
      `Job ${RETIRE}`,
    ]);
  });

  test("is in no variable: the Jobs' own are plain, and one is the name of the place where it is kept", () => {
    for (const name of [NAME, RETIRE]) {
      for (const { env = [], envFrom = [] } of findJob(objects, name).spec.template.spec.containers) {
        expect(env.filter((variable) => "valueFrom" in variable)).toEqual([]);
        expect(envFrom).toEqual([]);
        expect(env.filter((variable) => JSON.stringify(variable).includes("TOKEN.8"))).toEqual([
          { name: "ADMINISTRATOR", value: "${TfToken[TOKEN.8]}" },
        ]);
      }
    }
  });

  test("is in no variable and no volume of a workload, whose pods mount no Secret at all", () => {
    const pods = objects
      .flatMap((object) => templateOf(object) ?? [])
      .filter(({ metadata }) => metadata.labels.app !== NAME);
    expect(pods).toHaveLength(3);
    for (const { spec } of pods) {
      expect(spec.volumes.filter(({ secret }) => secret !== undefined)).toEqual([]);
      const names = spec.containers.flatMap(({ env = [] }) =>
        env.flatMap((variable) => ("valueFrom" in variable ? [variable.valueFrom.secretKeyRef.name] : [])),
      );
      expect(new Set(names)).toEqual(new Set(["my-app-secrets"]));
    }
  });
});

test("a host that is no value is refused by its name", () => {
  const parts = { ...USERS.administrator.parts, host: { secret: { key: "arn" } } };
  expect(() => jobOf({ provided: withUsers({ administrator: { ...USERS.administrator, parts } }) })).toThrow(
    'service orders-db: part "host" of the administrator\'s connection: give it as a value',
  );
});

describe.each([NAME, RETIRE])("the network of the Job %s", (name) => {
  const application = resolvedApplication();
  const objects = render({ application, provided: withUsers() });
  const job: Pod = { namespace: "my-app-prod", labels: jobOf({}, name).spec.template.metadata.labels };
  const PORTS = [22, 25, 53, 80, 443, 587, 3000, 3306, 3307, 5671, 6379, 8080, 8089, 9000];
  const ends: Readonly<Record<string, End>> = {
    administrator: { address: "10.0.130.7" },
    database: { address: "10.0.128.7" },
    node: { address: "10.0.1.20" },
    internet: { address: "93.184.216.34" },
    identity: { address: "169.254.170.23" },
    metadata: { address: "169.254.169.254" },
    stranger: { namespace: "other-app", labels: { app: "my-app-backend" } },
    ...Object.fromEntries(
      application.workloads.map(({ name, objectName }) => [
        name,
        { namespace: "my-app-prod", labels: { app: objectName } },
      ]),
    ),
  };

  test("opens to the administrator's end of the service and DNS, and to nothing else", () => {
    const open = Object.entries(ends).flatMap(([name, to]) =>
      PORTS.filter((port) => reaches(objects, { from: job, to, port })).map((port) => `${name}:${port}`),
    );
    expect(open).toEqual(["administrator:3307"]);
    const dns: Pod = { namespace: "kube-system", labels: { "k8s-app": "kube-dns" } };
    expect(reaches(objects, { from: job, to: dns, port: 53, protocol: "UDP" })).toBe(true);
  });

  test("lets nobody in", () => {
    for (const from of Object.values(ends)) {
      if ("address" in from) continue;
      expect(PORTS.filter((port) => reaches(objects, { from, to: job, port }))).toEqual([]);
    }
  });

  test("gives no workload the way to the administrator's end", () => {
    for (const { objectName } of application.workloads) {
      const from = { namespace: "my-app-prod", labels: { app: objectName } };
      const to = ends.administrator ?? { address: "" };
      expect(PORTS.filter((port) => reaches(objects, { from, to, port }))).toEqual([]);
    }
  });
});

test("the quota has room for a pod of each Job beside everything else", () => {
  const quota = (changes: Rendering) => find(render(changes), "ResourceQuota", "quota").spec.hard;
  const application = resolvedApplication({ workloads: [cron()], routes: [] });
  expect(quota({ application })).toMatchObject({ pods: "1", "requests.cpu": "250m", "limits.memory": "512Mi" });
  expect(quota({ application, provided: withUsers() })).toMatchObject({
    pods: "3",
    "requests.cpu": "350m",
    "requests.memory": `${256 + 2 * 64}Mi`,
    "limits.cpu": "1",
    "limits.memory": `${512 + 2 * 128}Mi`,
  });
});

function templateOf(object: KubernetesObject): PodTemplate | undefined {
  if (object.kind === "Deployment" || object.kind === "Job") return object.spec.template;
  return object.kind === "CronJob" ? object.spec.jobTemplate.spec.template : undefined;
}
