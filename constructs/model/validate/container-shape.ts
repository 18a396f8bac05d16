import { z } from "zod";
import type { ContainerCheck, ContainerSpec, SidecarSpec } from "../containers";
import type { Probe } from "../probes";
import type { Resources } from "../quantity";
import { schemaOf } from "../schema-of";
import {
  absolutePath,
  args,
  config,
  cpu,
  image,
  memory,
  mountPath,
  name,
  positive,
  seconds,
  unprivilegedPort,
  words,
} from "./forms";

/* The form of containers, those beside a workload's own too. */

const amounts = schemaOf<Resources["limits"]>()({ cpu, memory });
export const resources = schemaOf<Resources>()({ requests: amounts, limits: amounts });

const timing = {
  initialDelaySeconds: z.int().min(0).max(3600).optional(),
  periodSeconds: seconds.optional(),
  timeoutSeconds: seconds.optional(),
  failureThreshold: positive.optional(),
};
export const probe = schemaOf<Probe>()(timing);

const check = schemaOf<ContainerCheck>()({
  ...timing,
  command: words.optional(),
  path: absolutePath.optional(),
  port: z.string().optional(),
});

const fields = {
  image,
  command: words.optional(),
  args: args.optional(),
  config: config.optional(),
  secrets: z.array(z.string()).optional(),
  resources: resources.optional(),
  mounts: z.record(name, mountPath).optional(),
  readOnlyRootFilesystem: z.boolean().optional(),
};

/** Name of a port, which is a service name of IANA's form. */
export const portName = z
  .string()
  .max(15, "use at most 15 characters")
  .regex(/^[a-z](?:[a-z0-9]|-(?=[a-z0-9]))*$/, "use lower-case letters, digits and single hyphens, a letter first");

const initContainer = schemaOf<ContainerSpec>()(fields);
const sidecar = schemaOf<SidecarSpec>()({
  ...fields,
  ports: z.record(portName, unprivilegedPort).optional(),
  liveness: check.optional(),
  readiness: check.optional(),
  startup: check.optional(),
});

export const initContainers = z.record(name, initContainer).optional();
export const sidecars = z.record(name, sidecar).optional();

/**
 * Form of what an environment says of one: `false` takes it away, and anything else is as in the application.
 *
 * @param valid one of that form, which stands for one that is taken away
 */
export const orFalse = (form: z.ZodType, valid: object): z.ZodType =>
  z.preprocess((given) => {
    if (given === false) return valid;
    // zod would wait for it. It is told of as no plain data.
    return given instanceof Promise ? undefined : given;
  }, form);

const TAKEN_AWAY = { image: "registry.example.com/none:v1" } satisfies ContainerSpec;
export const overriddenInitContainers = z.record(name, orFalse(initContainer, TAKEN_AWAY)).optional();
export const overriddenSidecars = z.record(name, orFalse(sidecar, TAKEN_AWAY)).optional();
