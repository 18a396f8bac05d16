import type { ResolvedApplication } from "../../model/resolved";
import { composeDocument } from "../compose/compose";
import { CONFIGURATION, configurationFolder } from "../compose/configuration";
import type { ComposeService, HealthCheck } from "../compose/document";
import { localServers, type NamedServer } from "../compose/servers/provisioners";
import { type BuildContext, ofCode } from "./build";
import type { BuiltImage } from "./code";
import { setUpSteps, testSteps } from "./languages";
import { checkout, READ_CODE } from "./steps";
import type { Job, ServiceContainer } from "./workflow";

/* Tests of the code, and of the code with every service that the application has. Both are for pull requests of forks, too: no secret is there. */

const HERE = "127.0.0.1";

/** The image's own tests; those of PHP beside the application's database, where a workload of the image has one. */
export function testJob(application: ResolvedApplication, image: BuiltImage, context: BuildContext): Job {
  const { runner } = context;
  const condition = ofCode(context);
  const databases = image.code.language.name === "php" ? databasesOf(application, image) : [];
  const env = variablesOf(application, image, databases);
  return {
    name: `Test ${image.name}`,
    ...(condition !== undefined && { if: condition }),
    runsOn: runner,
    timeoutMinutes: 20,
    permissions: [READ_CODE],
    ...(Object.keys(env).length > 0 && { env }),
    folder: image.code.folder,
    ...(databases.length > 0 && {
      services: Object.fromEntries(databases.map((server) => [server.host, containerOf(server)])),
    }),
    steps: [checkout, ...setUpSteps(image, true), ...testSteps(image)],
  };
}

/**
 * What is tried against every service of the application: servers, settings, variables and migrations are those of `compose.yaml`, which is
 * rendered from the same model.
 */
export function integrationJob(
  images: readonly BuiltImage[],
  context: BuildContext,
  suiteOf: (image: BuiltImage) => string | undefined,
): Job | undefined {
  const tried = images.flatMap((image) => {
    const suite = suiteOf(image);
    return suite === undefined ? [] : [{ image, suite }];
  });
  if (tried.length === 0) return undefined;
  const condition = ofCode(context);
  return {
    name: "Integration",
    ...(condition !== undefined && { if: condition }),
    runsOn: context.runner,
    timeoutMinutes: 30,
    permissions: [READ_CODE],
    steps: [
      checkout,
      ...tried.map(({ image: { name, workloads }, suite }) => ({
        name: `Try ${name} against every service`,
        env: { WORKLOAD: workloads[0] ?? name, SUITE: suite },
        // Starts, and waits for, what the container depends on: MySQL with its migrations, Redis, RabbitMQ, S3.
        run: [`docker compose run --rm --build "$WORKLOAD" vendor/bin/phpunit --testsuite "$SUITE"`],
      })),
      { name: "Show what servers said", if: "failure()", run: ["docker compose logs --no-color --tail 200"] },
    ],
  };
}

function databasesOf(application: ResolvedApplication, { workloads }: BuiltImage): readonly NamedServer[] {
  const needed = new Set(
    application.workloads
      .filter(({ name }) => workloads.includes(name))
      .flatMap(({ edges }) => edges.flatMap((edge) => (edge.to === "service" ? [edge.service.name] : []))),
  );
  const categories = new Map(application.services.map(({ name, service }) => [name, service.category]));
  return localServers(application, configurationFolder(CONFIGURATION)).filter(
    ({ name }) => categories.get(name) === "database" && needed.has(name),
  );
}

/** Variables that lead to these servers, as the first workload of the image has them in Compose; on a runner they are on the machine itself. */
function variablesOf(
  application: ResolvedApplication,
  { workloads }: BuiltImage,
  servers: readonly NamedServer[],
): Readonly<Record<string, string>> {
  if (servers.length === 0) return {};
  const { services } = composeDocument({ application });
  const { environment = {} } = services[workloads[0] ?? ""] ?? {};
  const hosts = servers.map(({ host }) => new RegExp(`(?<=@)${host}(?=:|/|$)|^${host}$`));
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => {
      const host = typeof value === "string" ? hosts.find((one) => one.test(value)) : undefined;
      return typeof value !== "string" || host === undefined ? [] : [[name, value.replace(host, HERE)]];
    }),
  );
}

const textsOf = (environment: ComposeService["environment"] = {}): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );

/** The container of Compose as a service of a job, which has no word for its command. */
function containerOf({ service: whole, bare: service = whole, connection }: NamedServer): ServiceContainer {
  const { port } = connection.parts;
  const number = port !== undefined && "value" in port ? port.value : "";
  return {
    image: service.image ?? "",
    env: textsOf(service.environment),
    ports: [`${number}:${number}`],
    ...(service.healthcheck !== undefined &&
      "test" in service.healthcheck && { options: healthOf(service.healthcheck) }),
  };
}

/** A job waits for it before its first step. The runner knows double quotes alone, and no shell is between it and Docker. */
function healthOf({ test: [, ...words], timeout }: HealthCheck): string {
  const command = words.join(" ").replaceAll(/["\\]/g, "\\$&");
  return `--health-cmd="${command}" --health-interval=5s --health-timeout=${timeout} --health-retries=30`;
}
