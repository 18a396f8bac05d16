import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { App } from "cdktf";
import { aws, type AwsProvisioner } from "../../constructs/clouds/aws";
import {
  application,
  environment,
  type EnvironmentSpec,
  http,
  ingress,
  InvalidInput,
  loadEnvironments,
} from "../../constructs/goldenpath";
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
    moving: () => ({ out: "empty it", back: "send again" }),
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
