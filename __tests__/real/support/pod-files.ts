import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Container, KubernetesObject, PodSpec, PodVolume } from "../../../constructs/kubernetes/objects";
import { parseBytes } from "../../../constructs/model/quantity";
import { find } from "../../support/resolved";
import type { Mount } from "./container";

/* What a kubelet gives a pod's containers, read from the rendered objects: their volumes and their variables. */

/** The content of the namespace's Secrets, by name. Without them each secret variable has its own name for a value. */
export type Secrets = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** Where a volume is: a folder of this machine, or so many bytes of memory. */
type Place = string | number;

export class PodFiles {
  readonly #places: ReadonlyMap<string, Place>;

  constructor(
    folder: string,
    spec: PodSpec,
    private readonly objects: readonly KubernetesObject[],
    private readonly secrets?: Secrets,
  ) {
    const { fsGroup } = spec.securityContext;
    this.#places = new Map(
      spec.volumes.map((volume) => {
        const { name, emptyDir } = volume;
        const users = spec.containers.filter(({ volumeMounts }) => volumeMounts.some((mount) => mount.name === name));
        // What containers share must be one place for all of them.
        const inMemory = emptyDir?.medium === "Memory" && users.length === 1;
        return [name, inMemory ? size(emptyDir) : this.#make(join(folder, name), volume, fsGroup)];
      }),
    );
  }

  /** Folder of this machine behind a volume. */
  public folder(volume: string): string {
    const place = this.#place(volume);
    if (typeof place === "string") return place;
    throw new Error(`volume ${volume} is in memory`);
  }

  public mounts({ volumeMounts }: Container): Mount[] {
    return volumeMounts.map(({ name, mountPath, subPath, readOnly }) => {
      const place = this.#place(name);
      return typeof place === "number"
        ? { path: mountPath, memory: place }
        : { path: mountPath, source: join(place, subPath ?? ""), readOnly: readOnly === true };
    });
  }

  public variables({ env = [], envFrom = [] }: Container): Readonly<Record<string, string>> {
    const maps = envFrom.map(({ configMapRef }) => find(this.objects, "ConfigMap", configMapRef.name).data);
    const variables = Object.assign({}, ...maps) as Record<string, string>;
    for (const variable of env) {
      variables[variable.name] =
        "value" in variable
          ? expanded(variable.value, variables)
          : this.#secret(variable.name, variable.valueFrom.secretKeyRef);
    }
    return variables;
  }

  #place(volume: string): Place {
    const place = this.#places.get(volume);
    if (place === undefined) throw new Error(`the pod has no volume ${volume}`);
    return place;
  }

  #secret(variable: string, { name, key }: { readonly name: string; readonly key: string }): string {
    const value = this.secrets === undefined ? variable : this.secrets.get(name)?.[key];
    if (value === undefined) throw new Error(`there is no Secret ${name} with a key ${key}`);
    return value;
  }

  #make(path: string, { name, configMap, secret, emptyDir }: PodVolume, group: number): string {
    mkdirSync(path, { recursive: true });
    if (configMap !== undefined) {
      project(path, find(this.objects, "ConfigMap", configMap.name).data, { mode: 0o644, group });
    } else if (secret !== undefined) {
      const data = this.secrets?.get(secret.secretName);
      if (data === undefined) throw new Error(`volume ${name}: there is no Secret ${secret.secretName}`);
      project(path, data, { mode: secret.defaultMode, group });
    } else {
      chownSync(path, 0, group);
      chmodSync(path, emptyDir === undefined ? 0o2775 : 0o2777);
    }
    return path;
  }
}

function size({ sizeLimit }: NonNullable<PodVolume["emptyDir"]>): number {
  const given = parseBytes(sizeLimit);
  if (given === undefined) throw new Error(`not a size: ${sizeLimit}`);
  return given;
}

/** Links to a hidden folder, which the kubelet exchanges as a whole when the object changes. */
function project(
  path: string,
  data: Readonly<Record<string, string>>,
  { mode, group }: { readonly mode: number; readonly group: number },
): void {
  const hidden = "..2026_01_01";
  mkdirSync(join(path, hidden));
  symlinkSync(hidden, join(path, "..data"));
  for (const [name, text] of Object.entries(data)) {
    const file = join(path, hidden, name);
    writeFileSync(file, text);
    chownSync(file, 0, group);
    chmodSync(file, mode);
    symlinkSync(join("..data", name), join(path, name));
  }
}

/** A value as the kubelet reads it: two dollars are one, and a name in parentheses is a variable of before, if there is one. */
const expanded = (value: string, before: Readonly<Record<string, string>>): string =>
  value.replace(/\$\$|\$\(([^)]*)\)/g, (found, name: string | undefined) =>
    name === undefined ? "$" : (before[name] ?? found),
  );
