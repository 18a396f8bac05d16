import { chmodSync, chownSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CronJob, KubernetesObject } from "../../../constructs/kubernetes/objects";
import { find } from "../../support/resolved";
import { type Image, type Mount, type Result, runContainer } from "./container";
import { mysqlImage } from "./images";
import type { Login } from "./server";
import { HOST, type Site } from "./site";

/** A volume with copies of a server, and as whom its pods sign in. */
export interface Copies {
  readonly folder: string;
  readonly admin: Login;
  /** What has the clients. @default - that of MySQL */
  readonly image?: Image;
  /** Name of its objects. @default "my-app-orders-db" */
  readonly server?: string;
  /** What a command of the runbook has its pod mount beside. @default - nothing */
  readonly more?: readonly Mount[];
}

/** Makes the volume, as the CronJobs' pods find it. */
export function copiesIn(site: Site, admin: Login, of: Pick<Copies, "image" | "server"> = {}): Copies {
  const folder = join(site.folder, "copies");
  mkdirSync(folder);
  chownSync(folder, 1000, 1000);
  return { folder, admin, ...of };
}

/** Runs a CronJob's pod as it is rendered, but for the name under which this machine has the server. `given`: what `kubectl set env` would. */
export function runBackup(
  site: Site,
  objects: readonly KubernetesObject[],
  cronJob: string,
  { admin, folder, image = mysqlImage, more = [], server = "my-app-orders-db" }: Copies,
  given: Readonly<Record<string, string>> = {},
): Promise<Result> {
  const { spec } = (find(objects, "CronJob", cronJob) satisfies CronJob).spec.jobTemplate.spec.template;
  const [container] = spec.containers;
  if (container === undefined) throw new Error("no container");
  const program = join(site.folder, "program");
  const login = join(site.folder, "login");
  for (const path of [program, login]) mkdirSync(path, { recursive: true });
  const claim = spec.volumes.find(({ persistentVolumeClaim }) => persistentVolumeClaim !== undefined)?.name;
  writeFileSync(join(program, "backup.sh"), find(objects, "ConfigMap", `${server}-backup`).data["backup.sh"] ?? "");
  writeFileSync(join(program, "ca.pem"), site.certificates.bundle);
  writeFileSync(join(login, "password"), admin.password);
  for (const file of ["backup.sh", "ca.pem"]) chmodSync(join(program, file), 0o644);
  chmodSync(join(login, "password"), 0o644);
  const rendered = Object.fromEntries((container.env ?? []).map((one) => [one.name, "value" in one ? one.value : ""]));
  const places: Readonly<Record<string, string>> = { program, login, ...(claim !== undefined && { [claim]: folder }) };
  return runContainer(
    {
      image,
      command: container.command,
      env: { ...rendered, HOST, USERNAME: admin.username, ...given },
      mounts: [
        ...container.volumeMounts.map(({ name, mountPath, readOnly }) => {
          const source = places[name];
          return source === undefined
            ? { path: mountPath, memory: 16 * 2 ** 20 }
            : { path: mountPath, source, readOnly: readOnly === true };
        }),
        ...more,
        site.hosts,
      ],
      user: spec.securityContext.runAsUser,
      group: spec.securityContext.runAsGroup,
      readOnlyRoot: container.securityContext.readOnlyRootFilesystem,
      network: site.network,
    },
    60,
  );
}
