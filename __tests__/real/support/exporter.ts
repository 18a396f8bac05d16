import { chmodSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import type { Container as ContainerSpec, Deployment } from "../../../constructs/kubernetes/objects";
import { exporterName } from "../../../constructs/model/exporter";
import { find } from "../../support/resolved";
import { type Container, type Image, run, startContainer } from "./container";
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
}

export const exporterDeployment = ({ objects }: Pick<Deployed, "objects">, service: string): Deployment =>
  find(objects, "Deployment", `shop-${exporterName(service)}`);

/** Runs the exporter of a service as rendered, with the program of the image in place of the one that is pinned. */
export async function startExporter(site: Site, deployed: Deployed, service: string, image: Image): Promise<Exporter> {
  const { spec } = exporterDeployment(deployed, service).spec.template;
  const [container] = spec.containers;
  const port = container?.ports?.[0]?.containerPort;
  if (container === undefined || port === undefined) throw new Error(`no exporter of ${service}`);
  const folder = mkdtempSync(join(site.folder, "exporter-"));
  chmodSync(folder, 0o755);
  const files = new PodFiles(join(folder, "volumes"), spec, deployed.objects, deployed.secrets);
  const running = site.add(
    await startContainer({
      image,
      command: [...image.command, ...(container.args ?? [])],
      env: files.variables(container),
      mounts: [...files.mounts(container), site.hosts],
      user: spec.securityContext.runAsUser,
      group: spec.securityContext.runAsGroup,
      readOnlyRoot: container.securityContext.readOnlyRootFilesystem,
      network: site.network,
      log: join(folder, "exporter.log"),
    }),
  );
  const get = (path: string) =>
    run(inNetwork(site.network, ["curl", "--silent", "--fail", `http://127.0.0.1:${port}${path}`]));
  await waitUntil(
    `the exporter of ${service} answers its probe`,
    async () => !running.running() || (await get(healthPath(container))).code === 0,
    { details: running.log },
  );
  if (!running.running()) throw new Error(`the exporter of ${service} ended: ${running.log()}`);
  return { container: running, port, metrics: async () => (await get("/metrics")).output };
}

const healthPath = ({ readinessProbe }: ContainerSpec): string => readinessProbe?.httpGet?.path ?? "/";

/** Value of the one series of a family; of several their sum. */
export const valueOf = (text: string, family: string): number =>
  text
    .split("\n")
    .filter((line) => line.startsWith(`${family} `) || line.startsWith(`${family}{`))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0);
