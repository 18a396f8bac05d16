import { chmodSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import type { Container as ContainerSpec, Deployment } from "../../../constructs/kubernetes/objects";
import { exporterName } from "../../../constructs/model/exporter";
import { find } from "../../support/resolved";
import { type Container, type Image, run, startContainer } from "./container";
import { haproxyImage } from "./images";
import { inNetwork } from "./network";
import { PodFiles } from "./pod-files";
import { waitUntil } from "./program";
import type { Deployed } from "./shop";
import type { Site } from "./site";

export interface Exporter {
  /** What it answers whoever asks it for measures. */
  readonly metrics: () => Promise<string>;
  /** Port at which it does. */
  readonly port: number;
  readonly container: Container;
  /** What the container of that name beside it has said. */
  readonly log: (name: string) => string;
  /** Ends it, with what is beside it in its pod. */
  readonly stop: (signal: NodeJS.Signals) => Promise<void>;
}

export const exporterDeployment = ({ objects }: Pick<Deployed, "objects">, service: string): Deployment =>
  find(objects, "Deployment", `shop-${exporterName(service)}`);

/** Runs the exporter of a service as rendered, with the program of the image in place of the one that is pinned. */
export async function startExporter(site: Site, deployed: Deployed, service: string, image: Image): Promise<Exporter> {
  const { spec } = exporterDeployment(deployed, service).spec.template;
  const [container, ...beside] = spec.containers;
  const port = container?.ports?.[0]?.containerPort;
  if (container === undefined || port === undefined) throw new Error(`no exporter of ${service}`);
  const folder = mkdtempSync(join(site.folder, "exporter-"));
  chmodSync(folder, 0o755);
  const files = new PodFiles(join(folder, "volumes"), spec, deployed.objects, deployed.secrets);
  const start = async (one: ContainerSpec, of: Image): Promise<Container> =>
    site.add(
      await startContainer({
        image: of,
        command: [...(one.command ?? of.command), ...(one.args ?? [])],
        env: files.variables(one),
        mounts: [...files.mounts(one), site.hosts],
        user: spec.securityContext.runAsUser,
        group: spec.securityContext.runAsGroup,
        readOnlyRoot: one.securityContext.readOnlyRootFilesystem,
        network: site.network,
        log: join(folder, `${one.name}.log`),
      }),
    );
  const ways = await Promise.all(beside.map((one) => start(one, haproxyImage)));
  const running = await start(container, image);
  const get = (path: string) =>
    run(inNetwork(site.network, ["curl", "--silent", "--fail", `http://127.0.0.1:${port}${path}`]));
  for (const [index, one] of beside.entries()) {
    const at = `http://127.0.0.1:${one.ports?.[0]?.containerPort ?? 0}${healthPath(one)}`;
    await waitUntil(
      `${one.name} answers its probe`,
      async () => (await run(inNetwork(site.network, ["curl", "--silent", "--fail", at]))).code === 0,
      { details: () => ways[index]?.log() ?? "" },
    );
  }
  await waitUntil(
    `the exporter of ${service} answers its probe`,
    async () => !running.running() || (await get(healthPath(container))).code === 0,
    { details: running.log },
  );
  if (!running.running()) throw new Error(`the exporter of ${service} ended: ${running.log()}`);
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    await Promise.all([running, ...ways].map((one) => one.stop(signal)));
  };
  const log = (name: string): string => ways[beside.findIndex((one) => one.name === name)]?.log() ?? "";
  return { container: running, stop, log, port, metrics: async () => (await get("/metrics")).output };
}

const healthPath = ({ readinessProbe }: ContainerSpec): string => readinessProbe?.httpGet?.path ?? "/";

/** Value of the one series of a family; of several their sum. */
export const valueOf = (text: string, family: string): number =>
  text
    .split("\n")
    .filter((line) => line.startsWith(`${family} `) || line.startsWith(`${family}{`))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0);
