import type { Document } from "./template";

/** Files of templates by the kind of object in them. */
const TEMPLATES: Readonly<Record<string, string>> = {
  ConfigMap: "configmap",
  Deployment: "deployment",
  Service: "service",
  HorizontalPodAutoscaler: "hpa",
  ScaledObject: "scaledobject",
  PodDisruptionBudget: "pdb",
  CronJob: "cronjob",
  Job: "job",
  Ingress: "ingress",
  SealedSecret: "secret",
};

/** The file of a document, by its path in the chart. */
export const templateOf = ({ kind, group }: Pick<Document, "group" | "kind">): string =>
  group === undefined ? `templates/${TEMPLATES[kind] ?? kind.toLowerCase()}.yaml` : "templates/objects.yaml";
