import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KubernetesObject, PodSpec } from "../../../constructs/kubernetes/objects";
import { type Container, type Image, type Result, runContainer, startContainer } from "../../real/support/container";
import { curlImage, mysqldExporterImage, mysqlImage, nginxImage, redisExporterImage } from "../../real/support/images";
import { type Network, startNetwork } from "../../real/support/network";
import { PodFiles, type Secrets } from "../../real/support/pod-files";
import { buildSamples, sampleBackend, sampleFrontend, sampleNotifications } from "../../real/support/sample-images";
import type { Api } from "./api";
import { ContainerLogs } from "./container-logs";
import { ofKind } from "./rendered";

/*
 * The sample services in pods as they are rendered, beside pods of the control plane that are only said to run. There is no
 * server behind them, and what is in their Secrets is made up, which is what they tell of.
 */

/** With the tools that pages ask for. The rest of an Alpine's is there already. */
const withTools = (image: Image): Image => ({
  ...image,
  links: {
    ...image.links,
    ...Object.fromEntries(["df", "du", "top"].map((tool) => [`/bin/${tool}`, "/usr/bin/busybox"])),
  },
});

const CONSUMER = { app: "my-app-consumer", container: "consumer" } as const;

/** Those that go on, by the label `app` of their pods. */
const GOING_ON: Readonly<Record<string, Readonly<Record<string, Image>>>> = {
  "my-app-backend": { backend: withTools(sampleBackend), "backend-nginx": withTools(nginxImage) },
  "my-app-frontend": { frontend: withTools(sampleFrontend) },
  "my-app-notifications": { notifications: withTools(sampleNotifications) },
};

/** Those of which lines are all that there is, as they end, or are ended after so many seconds. */
const ENDING: Readonly<Record<string, readonly [image: Image, seconds: number]>> = {
  [CONSUMER.app]: [sampleBackend, 20],
  "my-app-cron": [sampleBackend, 20],
  "my-app-migrate": [sampleBackend, 20],
  "my-app-orders-db-users": [mysqlImage, 3],
  "my-app-events-users": [curlImage, 3],
  "my-app-orders-db-exporter": [mysqldExporterImage, 3],
  "my-app-cache-exporter": [redisExporterImage, 3],
};

/** What is inside of pods with a label `app`. */
export interface Inside {
  readonly network: Network;
  readonly containers: ReadonlyMap<string, Container>;
}

export interface SamplePods {
  readonly folder: string;
  readonly logs: ContainerLogs;
  /** By the label `app` of their pods: those in which something runs. */
  readonly inside: ReadonlyMap<string, Inside>;
  /** The consumer's end, when it was started: it is the one that crashes. */
  readonly crash: Result;
  readonly stop: () => Promise<void>;
}

/** Starts them one by one, and knows what there is to stop. */
class Starting {
  readonly folder = mkdtempSync(join(tmpdir(), "goldenpath-samples-"));
  readonly logs = new ContainerLogs(this.folder);
  readonly #started: { readonly stop: (signal?: NodeJS.Signals) => Promise<void> }[] = [];

  constructor(
    private readonly objects: readonly KubernetesObject[],
    private readonly secrets: Secrets,
  ) {
    chmodSync(this.folder, 0o755);
  }

  readonly stop = async (): Promise<void> => {
    this.logs.stop();
    await Promise.all(this.#started.map((one) => one.stop("SIGKILL")));
    rmSync(this.folder, { recursive: true, force: true });
  };

  async goesOn(app: string, images: Readonly<Record<string, Image>>): Promise<Inside> {
    const network = await this.network(app);
    const { spec, options } = this.#pod(app, network);
    const containers = new Map<string, Container>();
    for (const container of spec.containers) {
      const image = images[container.name];
      if (image === undefined) throw new Error(`${app}: no image for the container ${container.name}`);
      const log = join(this.folder, `${app}.${container.name}.output`);
      const running = await startContainer({ ...options(container), image, log });
      this.#started.push(running);
      containers.set(container.name, running);
      this.logs.follow(app, container.name, running.log);
    }
    return { network, containers };
  }

  async ends(app: string, [image, seconds]: readonly [Image, number], network: Network): Promise<Result> {
    const { spec, options } = this.#pod(app, network);
    const [container] = spec.containers;
    if (container === undefined) throw new Error(`${app} has no container`);
    const result = await runContainer({ ...options(container), image }, seconds);
    this.logs.ended(app, container.name, result.output);
    return result;
  }

  /** Its image, with its variables and volumes, and a program that does not end. */
  async sleeps(app: string, name: string, image: Image): Promise<Inside> {
    const network = await this.network(app);
    const { spec, options } = this.#pod(app, network);
    const container = spec.containers.find((one) => one.name === name);
    if (container === undefined) throw new Error(`${app} has no container ${name}`);
    const log = join(this.folder, `${app}.${name}.sleeps`);
    const running = await startContainer({ ...options(container), image, command: ["sleep", "infinity"], log });
    this.#started.push(running);
    return { network, containers: new Map([[name, running]]) };
  }

  async network(name: string): Promise<Network> {
    const made = await startNetwork(join(this.folder, `${name}.network`));
    this.#started.push(made);
    return made;
  }

  #pod(app: string, network: Network) {
    const spec = specOf(this.objects, app);
    const volumes = mkdtempSync(join(this.folder, "volumes-"));
    chmodSync(volumes, 0o755);
    const files = new PodFiles(volumes, spec, this.objects, this.secrets);
    const options = (container: PodSpec["containers"][number]) => ({
      command: container.command,
      env: files.variables(container),
      mounts: files.mounts(container),
      user: spec.securityContext.runAsUser,
      group: spec.securityContext.runAsGroup,
      readOnlyRoot: container.securityContext.readOnlyRootFilesystem,
      network,
    });
    return { spec, options };
  }
}

export async function startSamplePods(
  api: Api,
  namespace: string,
  objects: readonly KubernetesObject[],
): Promise<SamplePods> {
  buildSamples();
  const starting = new Starting(objects, await secretsOf(api, namespace));
  try {
    const inside = new Map<string, Inside>();
    for (const [app, images] of Object.entries(GOING_ON)) inside.set(app, await starting.goesOn(app, images));
    inside.set(CONSUMER.app, await starting.sleeps(CONSUMER.app, CONSUMER.container, withTools(sampleBackend)));
    const alone = await starting.network("alone");
    const ends = await Promise.all(
      Object.entries(ENDING).map(async ([app, how]) => [app, await starting.ends(app, how, alone)] as const),
    );
    const crash = new Map(ends).get(CONSUMER.app);
    if (crash === undefined) throw new Error("the consumer was not started");
    const { folder, logs, stop } = starting;
    logs.ended(CONSUMER.app, CONSUMER.container, crash.output, true);
    for (const [app, { containers }] of inside) {
      for (const [name, container] of containers) {
        if (!container.running()) throw new Error(`${app}: ${name} has ended: ${container.log()}`);
      }
    }
    return { folder, logs, inside, crash, stop };
  } catch (error) {
    await starting.stop();
    throw error;
  }
}

/** What the namespace's Secrets hold. */
async function secretsOf(api: Api, namespace: string): Promise<Secrets> {
  const found = await api.list(`/api/v1/namespaces/${namespace}/secrets`);
  const decoded = (data: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, "base64").toString()]));
  return new Map(
    found.map(({ metadata, data }) => [
      String(metadata.name),
      decoded((data ?? {}) as Readonly<Record<string, string>>),
    ]),
  );
}

function specOf(objects: readonly KubernetesObject[], app: string): PodSpec {
  const templates = [
    ...ofKind(objects, "Deployment").map(({ spec }) => spec.template),
    ...ofKind(objects, "Job").map(({ spec }) => spec.template),
    ...ofKind(objects, "CronJob").map(({ spec }) => spec.jobTemplate.spec.template),
  ];
  const found = templates.find(({ metadata }) => metadata.labels["app"] === app);
  if (found === undefined) throw new Error(`there are no pods of ${app}`);
  return found.spec;
}
