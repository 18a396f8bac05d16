import { z } from "zod";
import { schemaOf } from "../../model/schema-of";
import { text } from "../shared/fields";
import { installed } from "../shared/installed";
import type { LocalProps } from "./props";

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names */
const storageClass = text((value) =>
  value.length <= 253 && /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/.test(value)
    ? undefined
    : 'use a name that "kubectl get storageclass" prints, e.g. "standard"',
);

/** Any text is a context's name; one with an interpolation would be evaluated. */
const context = text((value) =>
  /^[^\s"\\$%]+$/.test(value) ? undefined : 'use a name that "kubectl config get-contexts" prints, e.g. "kind-kind"',
);

export const propsSchema = schemaOf<LocalProps>()({
  context: context.optional(),
  storageClass: storageClass.optional(),
  loadBalancer: z.boolean().optional(),
  metricsServer: z.boolean().optional(),
  installed: installed.optional(),
});
