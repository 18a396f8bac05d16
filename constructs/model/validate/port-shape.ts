import { z } from "zod";
import type { PortSpec } from "../ports";
import { schemaOf } from "../schema-of";
import { portName } from "./container-shape";
import { unprivilegedPort } from "./forms";

/* The form of a workload's ports beside that of its requests. */

const appProtocol = z
  .string()
  .max(317)
  .regex(
    /^(?:(?=[^/]{1,253}\/)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*\/)?[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?$/,
    'use a service name of IANA\'s, e.g. "http", or a name with a domain, e.g. "kubernetes.io/h2c"',
  );

export const ports = z
  .record(
    portName,
    z.union(
      [
        unprivilegedPort,
        schemaOf<PortSpec>()({
          port: unprivilegedPort,
          protocol: z.enum(["TCP", "UDP"]).optional(),
          appProtocol: appProtocol.optional(),
        }),
      ],
      'use a number above 1023, or { port: 9090, protocol: "UDP", appProtocol: "http" }',
    ),
  )
  .optional();
