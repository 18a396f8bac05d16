import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { App } from "cdktf";
import { aws, type AwsProvisioner, createAlarms } from "../../constructs/clouds/aws";
import {
  application,
  environment,
  type EnvironmentSpec,
  http,
  ingress,
  InvalidInput,
  loadEnvironments,
  prometheus,
} from "../../constructs/goldenpath";
import { observedKind } from "../../constructs/observability/kinds/kinds";
import { composeDocument, containerProvisioner } from "../../constructs/outputs/compose";
import { renderEnvironments } from "../../constructs/outputs/outputs";
import { type ConnectionContract, defineService, type ServiceOf } from "../../constructs/services";
import { createStacks } from "../../stacks";
import { AWS_PROPS } from "../support/aws-environment";

/*
 * What a team does wrong when it writes a kind of service of its own. No compiler may have seen it: `goldenpath` bundles a program without
 * looking at its types. Each is a problem with the path of the service, all are said at once, and none ends in a stack.
 */

type Queue = ServiceOf<"queue", object>;
type Provider = AwsProvisioner<Queue>;

const CONTRACT: ConnectionContract = {
  defaultPort: 443,
  parts: { url: { secret: false }, region: { secret: false }, key: { secret: true, optional: true } },
  variables: {
    QUEUE_URL: { template: [{ part: "url", raw: true }] },
    QUEUE_REGION: { template: [{ part: "region", raw: true }] },
    QUEUE_KEY: { template: [{ part: "key", raw: true }] },
  },
};

const DESCRIBED: ReturnType<Provider["describe"]> = {
  ...{ placement: "managed", product: "SQS", version: undefined, port: 443, tls: "system", signIn: "identity" },
  ...{ optionalParts: [], compute: undefined, disk: undefined, backups: undefined, passwords: undefined },
  ...{ name: "queue", inState: [], notes: [] },
};

const CONNECTION = {
  parts: { url: { value: "https://sqs.example.com" }, region: { value: "eu-central-1" } },
  tls: true,
  endpoints: [{ cidrs: ["0.0.0.0/0"], hosts: ["sqs.example.com"], port: 443 }],
};

interface Mistaken {
  readonly contract?: unknown;
  readonly aws?: object;
  readonly compose?: object;
  readonly failures?: object;
  readonly settings?: object;
  readonly moving?: unknown;
  /** Whether somebody measures the environment. @default false */
  readonly measured?: boolean;
}

/** An environment with services of the kind: what is given of it is what a program without types may give. */
function staging(given: Mistaken, names: readonly string[] = ["jobs"]): EnvironmentSpec {
  const provisioner: Provider = {
    describe: () => DESCRIBED,
    provide: ({ scope, name }) => {
      new SqsQueue(scope, "Default", { name });
      return { connection: () => CONNECTION, grants: [] };
    },
    ...given.aws,
  };
  const compose = containerProvisioner<Queue>({
    container: "queue",
    versions: [],
    service: () => ({ image: "queue:1", mem_limit: "256m", restart: "unless-stopped" }) as never,
    parts: () => ({ url: "http://queue", region: "here" }),
    secrets: { key: "local" },
  });
  const queue = defineService<"queue", object>({
    ...{ kind: "queue", fields: {}, defaults: {}, sizes: { managed: [], "in-cluster": [] } },
    contract: ("contract" in given ? given.contract : CONTRACT) as ConnectionContract,
    ...(given.failures !== undefined && { failures: given.failures as Queue["failures"] }),
    moving: (given.moving ?? (() => ({ out: "empty it", back: "send again" }))) as Queue["moving"],
    ...(given.settings !== undefined && { settings: given.settings as never }),
    provisioners: {
      aws: provisioner,
      google: { notHere: "no" },
      azure: { notHere: "no" },
      "in-cluster": { notHere: "no" },
      compose: { ...compose, ...given.compose },
    },
  });
  return environment({
    ...{ name: "staging", profile: "small", contact: "shop@example.com", costCenter: "shop", protect: false },
    cloud: aws(AWS_PROPS),
    routing: ingress(),
    ...(given.measured === true && {
      observability: prometheus({ runbooks: "https://git.example.com/runbooks/", slack: { channel: "#shop" } }),
    }),
    applications: [
      {
        application: application({
          ...{ name: "shop", owner: "team-shop" },
          services: Object.fromEntries(names.map((name) => [name, queue()])),
          defaultServices: names.slice(0, 1),
          workloads: Object.fromEntries(
            names.map((name) => [`of-${name}`, http({ image: "registry.example.com/shop:v1", needs: [name] })]),
          ),
        }),
      },
    ],
  });
}

/** What is said of it, a line each. */
function said(act: () => unknown): readonly string[] {
  try {
    act();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    expect(error.stack).not.toMatch(/^\s+at /m);
    return error.message.split("\n");
  }
  throw new Error("nothing was refused");
}

const loading = (given: Mistaken) => said(() => loadEnvironments([staging(given)]));

const making = (given: Mistaken, ...names: readonly string[]) =>
  said(() => {
    createStacks(
      new App({ stackTraces: false }),
      loadEnvironments([staging(given, names.length === 0 ? ["jobs"] : names)]),
    );
  });

const SERVICE = "environments.staging.applications.shop.services.jobs";

test("without a mistake nothing is said", () => {
  expect(() => {
    createStacks(new App({ stackTraces: false }), loadEnvironments([staging({})]));
  }).not.toThrow();
});

test("the contract is looked at when the environments are loaded, all of it", () => {
  const contract = {
    defaultPort: 443.5,
    parts: { url: { secret: false }, "a part": { secret: "no" } },
    variables: {
      "QUEUE-REGION": { template: [{ part: "regoin", raw: true }] },
      QUEUE_URL: { template: "url" },
      QUEUE_HOST: { template: [{ part: "ulr" }, 5], tlsTemplate: "x" },
    },
  };
  const path = "applications.shop.services.jobs.contract";
  expect(loading({ contract })).toEqual([
    `${path}.defaultPort: got 443.5; use a whole number from 1 to 65535`,
    `${path}.parts["a part"]: no name of a part; use letters, digits, hyphens and underscores, a letter first`,
    `${path}.parts["a part"]: say secret: true, or secret: false`,
    `${path}.variables.QUEUE-REGION: got "QUEUE-REGION"; use an environment variable name: letters, digits and underscores, no digit first`,
    `${path}.variables.QUEUE-REGION.template[0].part: got "regoin", no part of the contract; declare it in parts, or use "url" or "a part"`,
    `${path}.variables.QUEUE_URL: give its text as template: [{ part: "url", raw: true }], or file: "caBundle"`,
    `${path}.variables.QUEUE_HOST.template[0].part: got "ulr", no part of the contract; declare it in parts, or use "url" or "a part" (did you mean "url"?)`,
    `${path}.variables.QUEUE_HOST.template[1]: got 5; use a text, or a part by its name: { part: "host" }`,
    `${path}.variables.QUEUE_HOST.tlsTemplate: got "x"; give a list of texts and parts`,
  ]);
  for (const odd of [null, [], "contract", { defaultPort: 1 }])
    expect(loading({ contract: odd }).join()).toContain("applications.shop.services.jobs");
});

describe("what provide fills is looked at with the whole", () => {
  const filled = (connection: unknown) =>
    making({ aws: { provide: () => ({ connection: () => connection, grants: [] }) } });

  test("parts: missing, misspelt, secret as a value, and no text; no value is shown", () => {
    const parts = { regoin: { value: "hunter2" }, key: { value: "hunter2" }, url: { value: 5 } };
    const lines = filled({ ...CONNECTION, parts });
    expect(lines).toEqual([
      `${SERVICE}.connection.parts.region: left out, and variables are made of it; give it, or declare it optional in the contract`,
      `${SERVICE}.connection.parts.regoin: no part of the contract; declare it in the contract, or give "url", "region" or "key" (did you mean "region"?)`,
      `${SERVICE}.connection.parts.key: secret, but given as a value; give its place in the secret store: { secret: { key } }`,
      `${SERVICE}.connection.parts.url: no text, but a number; give { value } with a text`,
    ]);
    expect(lines.join()).not.toContain("hunter2");
  });

  test("endpoints: blocks, ports, hosts", () => {
    const endpoints = [
      { cidrs: ["0.0.0.0/33", "10.0.0.1/8", "10.0.0.0/8", "2001:db8::/32"], port: 443.5, hosts: ["*.example.com"] },
      { cidrs: ["10.0.0.0/8"] },
      { pods: { namespace: "a" }, port: 1 },
      "10.0.0.0/8",
    ];
    expect(filled({ ...CONNECTION, endpoints }).map((line) => line.replace(/;.*/, ""))).toEqual([
      `${SERVICE}.connection.endpoints[0].port: got 443.5`,
      `${SERVICE}.connection.endpoints[0].cidrs[0]: got "0.0.0.0/33"`,
      `${SERVICE}.connection.endpoints[0].cidrs[1]: got "10.0.0.1/8"`,
      `${SERVICE}.connection.endpoints[0].hosts[0]: got "*.example.com"`,
      `${SERVICE}.connection.endpoints[1].port: use a whole number from 1 to 65535`,
      `${SERVICE}.connection.endpoints[2].pods: got an object`,
      `${SERVICE}.connection.endpoints[3]: got "10.0.0.0/8"`,
    ]);
  });

  test.each([
    ["nothing", undefined, "give an object of parts, tls and endpoints"],
    ["without parts", { tls: true, endpoints: [] }, "give the parts of the contract by their names"],
    [
      "a secret without a place",
      { ...CONNECTION, parts: { ...CONNECTION.parts, key: { secret: {} } } },
      "secret.key: missing",
    ],
    ["tls as a text", { ...CONNECTION, tls: "yes" }, "use true or false"],
    ["endpoints as one", { ...CONNECTION, endpoints: { port: 1 } }, "give a list of where its packets go"],
  ])("%s", (_, connection, what) => {
    expect(filled(connection).join("\n")).toContain(what);
  });

  test("a part that is a reference is not percent-encoded before anybody knows its text", () => {
    const contract = { ...CONTRACT, variables: { QUEUE_URL: { template: ["https://", { part: "url" }] } } };
    const url = { value: "${TfToken[TOKEN.1]}" };
    const connection = () => ({ ...CONNECTION, parts: { ...CONNECTION.parts, url } });
    expect(making({ contract, aws: { provide: () => ({ connection, grants: [] }) } })).toEqual([
      expect.stringContaining("parts.url: percent-encoded in a variable, but given as a reference"),
    ]);
  });
});

describe("a function of a provisioner that", () => {
  const HERE = /kind-mistakes\.test\.ts:\d+:\d+: /;

  test("throws is a problem with its file, of every service at once", () => {
    const provide = ({ name }: { name: string }) => {
      throw new TypeError(`no ${name}\nand a second line`);
    };
    const lines = making({ aws: { provide } }, "jobs", "mails");
    expect(lines).toEqual([
      expect.stringContaining(`: ${SERVICE}.provisioners.aws.provide: throws TypeError: no jobs; correct it`),
      expect.stringContaining(".services.mails.provisioners.aws.provide: throws TypeError: no mails; correct it"),
    ]);
    for (const line of lines) expect(line).toMatch(HERE);
  });

  test("throws before anything exists is one too", () => {
    const act = () => {
      throw new Error("oops");
    };
    expect(loading({ aws: { problems: act } })).toEqual([
      expect.stringMatching(
        /staging\.applications\.shop\.services\.jobs\.provisioners\.aws\.problems: throws Error: oops; /,
      ),
    ]);
    const described = said(() => {
      const [one] = loadEnvironments([staging({ aws: { describe: act } })]);
      for (const of of one?.applications ?? [])
        for (const service of of.services) one?.cloud.describeService(of, service);
    });
    expect(described).toEqual([
      expect.stringContaining(`: ${SERVICE}.provisioners.aws.describe: throws Error: oops; `),
    ]);
  });

  test.each([
    ["a promise", async () => Promise.resolve({}), "provide: returns a promise; return the value itself"],
    ["a promise that fails", async () => Promise.reject(new Error("late")), "provide: returns a promise"],
    ["nothing", () => undefined, "provide: returns undefined; return an object"],
    ["no connection and no grants", () => ({}), "provide.connection: missing in what it returns; give a function"],
    [
      "a connection that is none",
      () => ({ connection: {}, grants: [] }),
      "provide.connection: of another type in what it returns; give a function",
    ],
    [
      "a connection that throws",
      () => ({ connection: () => JSON.parse("{") as unknown, grants: [] }),
      "provide.connection: throws SyntaxError: ",
    ],
  ])("returns %s", (_, provide, what) => {
    expect(making({ aws: { provide } }).join("\n")).toContain(`.provisioners.aws.${what}`);
  });

  test("runs for Compose says so as well", () => {
    const compose = (given: Mistaken) =>
      said(() => {
        for (const { applications } of renderEnvironments(loadEnvironments([staging(given)]))) {
          for (const { application: shop } of applications) composeDocument({ application: shop });
        }
      });
    const provide = () => {
      throw new Error("no container");
    };
    expect(compose({ compose: { provide } })).toEqual([
      expect.stringContaining(
        "applications.shop.services.jobs.provisioners.compose.provide: throws Error: no container",
      ),
    ]);
    expect(compose({ compose: { describe: () => ({}) } }).join()).toContain("describe.container: missing");
  });
});

describe("alarms and failures", () => {
  const STUCK = { severity: "critical", is: "is stuck", impact: "Nothing is done." };
  const ALARM = { when: "It is", source: "https://example.com", read: "2026-12-01" };

  test("a failure has a name without a space, a severity and its texts", () => {
    const failures = { "Queue Stuck": STUCK, QueueStuck: { severity: "loud", is: "" } };
    const path = "applications.shop.services.jobs";
    expect(loading({ failures })).toEqual([
      expect.stringContaining(`${path}: got "Queue Stuck", no name of a failure`),
      expect.stringContaining(`${path}.failures.QueueStuck.severity: got "loud"`),
      expect.stringContaining(`${path}.failures.QueueStuck.is: got ""`),
      expect.stringContaining(`${path}.failures.QueueStuck.impact: missing`),
    ]);
  });

  test("an alarm is of a failure that the kind has, and says what runbooks say", () => {
    const alarms = () => ({
      QueueStuk: ALARM,
      QueueStuck: { when: "" },
      QueueOld: "no",
      QueueSlow: { untold: "it is not" },
    });
    const failures = { QueueStuck: STUCK, QueueOld: STUCK, QueueSlow: STUCK };
    expect(loading({ failures, aws: { alarms } }).map((line) => line.replace(/;.*/, ""))).toEqual([
      `${SERVICE}.alarms.QueueStuk: no failure of the kind`,
      `${SERVICE}.alarms.QueueStuck.when: got ""`,
      `${SERVICE}.alarms.QueueStuck.source: give a text: runbooks say it`,
      `${SERVICE}.alarms.QueueStuck.read: give a text: runbooks say it`,
      `${SERVICE}.alarms.QueueOld: got "no"`,
    ]);
  });

  test("an alarm of AWS says what is watched, and of two metrics what is compared", () => {
    const metric = { name: "Age", stat: "Maximum" };
    const watch = { namespace: "AWS/SQS", is: ">", threshold: 0, minutes: 5, missing: "notBreaching" };
    const alarms = {
      QueueStuck: { ...ALARM, watches: [{ ...watch, metrics: { a: metric, b: metric } }] },
      QueueOld: ALARM,
    };
    const provide: Provider["provide"] = (request) => {
      createAlarms(request, alarms as never, { dimensions: {}, arn: "arn" });
      return { connection: () => CONNECTION, grants: [] };
    };
    const failures = { QueueStuck: STUCK, QueueOld: STUCK };
    expect(making({ failures, measured: true, aws: { provide } }).map((line) => line.replace(/;.*/, ""))).toEqual([
      `${SERVICE}.alarms.QueueStuck.watches[0].expression: missing, and there is not one metric`,
      `${SERVICE}.alarms.QueueOld.watches: give what is watched, a list of one or more`,
    ]);
  });
});

test("what a definition says by functions is a problem of the kind", () => {
  const oops = () => {
    throw new Error("oops");
  };
  const settings = { apply: (spec: object) => spec, problems: oops };
  expect(loading({ settings })).toEqual([
    expect.stringMatching(/kind-mistakes\.test\.ts:\d+:\d+: kinds\.queue\.settings\.problems: throws Error: oops; /),
  ]);
  expect(making({ moving: () => ({ out: "empty it" }) })).toEqual([
    expect.stringContaining("kinds.queue.moving.back: missing in what it returns; give a string"),
  ]);
});

describe("of what a kind tells of itself", () => {
  const jobs = { name: "jobs" } as never;
  const kind = (given: object) =>
    observedKind({ kind: "queue", observability: { title: "Queue", up: "up", ...given } } as unknown as Queue);

  test("alerts without an expression, a name or a number, and panels without a query are refused, and not written", () => {
    const alert = { name: "Queue Stuck", threshold: Number.NaN, texts: {}, within: {}, labels: {}, severity: "page" };
    expect(
      said(() => kind({ alerts: () => [alert, 5] })?.alerts({} as never, jobs)).map((line) => line.replace(/;.*/, "")),
    ).toEqual([
      'services.jobs.observability.alerts[0].name: got "Queue Stuck"',
      "services.jobs.observability.alerts[0].value: give the expression that is compared, in PromQL",
      "services.jobs.observability.alerts[0].threshold: got NaN",
      "services.jobs.observability.alerts[0].forSeconds: give a number",
      "services.jobs.observability.alerts[0].proof: missing in what it returns",
      "services.jobs.observability.alerts[1]: got 5",
    ]);
    expect(said(() => kind({ panels: () => [{ queries: [{}] }] })?.panels({} as never, jobs))).toEqual([
      expect.stringContaining("services.jobs.observability.panels[0].title: missing"),
      expect.stringContaining(
        "services.jobs.observability.panels[0].queries: got a list of one; give one query or more",
      ),
    ]);
  });

  test("a function that throws, returns a promise or no text is said with the service", () => {
    const oops = () => {
      throw new Error("oops");
    };
    expect(said(() => kind({ alerts: oops })?.alerts({} as never, jobs)).join()).toContain(
      "alerts: throws Error: oops",
    );
    expect(said(() => kind({ panels: () => Promise.resolve([]) })?.panels({} as never, jobs)).join()).toContain(
      "returns a promise",
    );
    expect(said(() => kind({ looks: () => undefined })?.looks("jobs"))).toEqual([
      "services.jobs.observability.looks: return a text",
    ]);
  });

  test("it stays one for all services of the kind", () => {
    const observability = { alerts: () => [], title: "Queue" };
    const of = (name: string) => observedKind({ kind: name, observability } as unknown as Queue);
    expect(of("queue")).toBe(of("queue"));
    expect(of("queue")?.title).toBe("Queue");
  });
});

test("a variable of two kinds that one workload needs is refused when the environments are loaded", () => {
  const kind = (name: string) =>
    defineService<string, object>({
      ...{ kind: name, contract: CONTRACT, fields: {}, defaults: {}, sizes: { managed: [], "in-cluster": [] } },
      moving: () => ({ out: "empty it", back: "send again" }),
      provisioners: Object.fromEntries(
        ["aws", "google", "azure", "in-cluster", "compose"].map((place) => [place, { notHere: "no" }]),
      ) as never,
    });
  const given = staging({});
  const shop = application({
    ...{ name: "shop", owner: "team-shop", services: { jobs: kind("queue")(), mails: kind("mail")() } },
    workloads: { api: http({ image: "registry.example.com/shop:v1", needs: ["jobs", "mails"] }) },
  });
  const lines = said(() => loadEnvironments([{ ...given, applications: [{ application: shop }] }]));
  expect(lines.join("\n")).toMatch(/^applications\.shop\.workloads\.api\.needs.*QUEUE_URL/m);
});
