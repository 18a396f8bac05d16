import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Found } from "./api";

/*
 * What kwok's kubelets are told about containers: objects say which file has the lines of one, where its ports are, and with
 * what a command is run in it. Nobody is let in by kwok itself, so shells and ports are told of by the names of pods, which
 * nobody can guess, and only while a test wants it.
 */

interface Told {
  readonly kind: string;
  readonly plural: string;
  readonly scope: "Cluster" | "Namespaced";
}

const GROUP = "kwok.x-k8s.io";
const VERSION = "v1alpha1";

export const TOLD: readonly Told[] = [
  { kind: "ClusterLogs", plural: "clusterlogs", scope: "Cluster" },
  { kind: "Logs", plural: "logs", scope: "Namespaced" },
  { kind: "Exec", plural: "execs", scope: "Namespaced" },
  { kind: "PortForward", plural: "portforwards", scope: "Namespaced" },
];

/** Definitions of these kinds. kwok reads their fields itself, and these have no schema of them. */
export const kubeletKinds = (): Found[] =>
  TOLD.map(({ kind, plural, scope }) => ({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${GROUP}` },
    spec: {
      group: GROUP,
      scope,
      names: { kind, plural, singular: kind.toLowerCase() },
      versions: [
        {
          name: VERSION,
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
        },
      ],
    },
  }));

/** An object of one of them: where it is posted, and itself. */
export function told(
  kind: "ClusterLogs" | "Exec" | "Logs" | "PortForward",
  metadata: { readonly name: string; readonly namespace?: string },
  spec: object,
): readonly [path: string, body: object] {
  const { plural } = TOLD.find((one) => one.kind === kind) ?? {};
  const where = metadata.namespace === undefined ? "" : `/namespaces/${metadata.namespace}`;
  return [`/apis/${GROUP}/${VERSION}${where}/${plural}`, { apiVersion: `${GROUP}/${VERSION}`, kind, metadata, spec }];
}

/** Name of the variable with the program that goes into a container. */
export const INTO = "INTO_CONTAINER";

const PROGRAMS = ["sh", "top", "df", "du"];

/**
 * A search path for kwok, which starts commands on this machine: the programs that are asked for in containers are started by
 * what `INTO_CONTAINER` names, and nothing else is found first.
 */
export function programsOfContainers(folder: string): string {
  const programs = join(folder, "programs");
  mkdirSync(programs, { recursive: true });
  for (const name of PROGRAMS) {
    const file = join(programs, name);
    writeFileSync(file, `#!/bin/sh\nexec "$${INTO}" "\${0##*/}" "$@"\n`);
    chmodSync(file, 0o755);
  }
  return `${programs}:${process.env["PATH"] ?? ""}`;
}
