import type { Check } from "../../../preflight/check";
import type { Asked } from "./ask";
import { type ClusterPlace, instanceChecks } from "./imported-rds";
import { bucketChecks } from "./imported-s3";

export const importChecks = (asked: Asked, place: ClusterPlace): Check[] => [
  ...instanceChecks(asked, place),
  ...bucketChecks(asked),
];
