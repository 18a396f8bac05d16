import { aws, type AwsProps } from "../../constructs/clouds/aws";
import { azure } from "../../constructs/clouds/azure";
import type { Cloud } from "../../constructs/clouds/cloud";
import { google } from "../../constructs/clouds/google";
import { environment, type EnvironmentSpec } from "../../constructs/environment";
import type { PoliciesByNameStage } from "../../constructs/kubernetes/facts";
import { application, external, smtp } from "../../constructs/model/application";
import { http, release, worker } from "../../constructs/model/workload";
import { ingress } from "../../constructs/routing/ingress";
import { bucket } from "../../constructs/services/bucket";
import { mysql } from "../../constructs/services/mysql";
import { AWS_PROPS } from "./aws-environment";
import { AZURE_PROPS } from "./azure-environment";
import { GOOGLE_PROPS } from "./google-environment";

/* Environments in which policies know hosts by their names, or do not yet: one application with edges of every kind. */

/** What a test or a story edits. */
interface Edit {
  /** Of the images. */
  readonly version?: string;
  /** Whom `api` calls outside. */
  readonly host?: string;
  readonly release?: "helm" | "terraform";
}

function shop({ version = "v1", host = "api.example.com" }: Edit) {
  const image = `registry.example.com/shop:${version}`;
  return application({
    name: "shop",
    owner: "shop",
    services: { db: mysql({ database: "shop" }), files: bucket() },
    externals: {
      payments: external({ host }),
      partner: external({ host: "partner.example.net", cidrs: ["198.51.100.0/24"] }),
      mail: smtp({ host: "smtp.example.org" }),
    },
    workloads: {
      web: http({ image, needs: ["api"] }),
      api: http({ image, needs: ["db", "files", "payments"] }),
      consumer: worker({ image, command: ["consume"], needs: ["mail", "partner"] }),
      mover: worker({ image, command: ["move"], needs: ["files"] }),
      migrate: release({ image, command: ["migrate"], needs: ["db"] }),
    },
    routes: [{ host: "www", path: "/", to: "web" }],
  });
}

const on = (name: string, cloud: Cloud, edit: Edit): EnvironmentSpec =>
  environment({
    name,
    cloud,
    routing: ingress(),
    profile: "small",
    contact: "platform@example.com",
    costCenter: "shop",
    ...(edit.release !== undefined && { release: edit.release }),
    applications: [{ application: shop(edit), hosts: { www: "www.shop.example.com" } }],
  });

export const onGoogle = (policiesByName?: PoliciesByNameStage, edit: Edit = {}): EnvironmentSpec =>
  on("gke", google({ ...GOOGLE_PROPS, ...(policiesByName && { policiesByName }) }), edit);

export const onAzure = (policiesByName?: PoliciesByNameStage, edit: Edit = {}): EnvironmentSpec =>
  on("aks", azure({ ...AZURE_PROPS, ...(policiesByName && { policiesByName }) }), edit);

export const onAws = (props: Partial<AwsProps> = {}, edit: Edit = {}): EnvironmentSpec =>
  on("eks", aws({ ...AWS_PROPS, ...props }), edit);

/** By Auto Mode, on whose nodes alone AWS has policies by name. */
export const onAutoMode = (policiesByName?: PoliciesByNameStage, edit: Edit = {}): EnvironmentSpec =>
  onAws({ nodes: { autoMode: true }, ...(policiesByName && { policiesByName }) }, edit);
