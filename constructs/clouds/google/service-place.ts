import { DataGoogleProject } from "@cdktf/provider-google/lib/data-google-project";
import { check } from "../../model/schema";
import { schemaOf } from "../../model/schema-of";
import type { ServicePlace } from "../service-place";
import { forWorkloadsAlone } from "../shared/alone";
import { dataBlock, unique } from "../shared/fields";
import { provideAlone } from "../shared/provide";
import { reference } from "../shared/references";
import { createServices } from "./provide";
import type { GoogleRegion } from "./regions";
import { project, region } from "./schema";
import { secretPlace } from "./secret-store";
import { askedOf, GOOGLE_SERVICES } from "./services/provisioners";
import { WorkloadAccounts } from "./workload-identity";

/** Where on Google Cloud single data services are made. The provider is the stack's own, for this project. */
export interface GoogleServicesProps {
  /** Id of the project: `orders-staging`. */
  readonly project: string;
  readonly region: GoogleRegion;
  /**
   * Network with private services access, in which servers have their addresses: its id or a reference,
   * `projects/<project>/global/networks/<network>`.
   * @see https://cloud.google.com/vpc/docs/private-services-access
   */
  readonly networkId: string;
  /** Blocks of that access, for network policies of who connects. @default - none are known */
  readonly cidrs?: readonly string[];
}

const SCHEMA = schemaOf<GoogleServicesProps>()({
  project,
  region,
  networkId: reference(
    /^projects\/[\w.:-]+\/global\/networks\/[a-z][-a-z0-9]*$/,
    'use the id of a network, e.g. "projects/orders-staging/global/networks/main"',
  ),
  cidrs: unique(dataBlock("use the private block of the access")).optional(),
});

const FOR_WORKLOADS = { bucket: "S3 clients sign in to Cloud Storage as the service account of a workload" };

/** A part of Google Cloud for single data services: `place: googleServices({...})`. */
export const googleServices = (props: GoogleServicesProps): ServicePlace => ({
  title: "Google Cloud",
  get where() {
    return [props.project, props.region];
  },
  ...GOOGLE_SERVICES.option,
  secretPlace,
  problems: (path) => check(SCHEMA, props, path, { elsewhere: ["networkId"] }),
  applicationProblems: (application, path) => [
    ...GOOGLE_SERVICES.problems(application, askedOf({ ...props, autopilot: false }), path),
    ...forWorkloadsAlone(application, FOR_WORKLOADS, [...path, "place"]),
  ],
  provideAlone: (scope, application) => {
    const { project: projectId, region: name, networkId, cidrs = [] } = props;
    const { number } = new DataGoogleProject(scope, "Project", { projectId });
    const lookup = { networkId, project: projectId, projectNumber: number, region: name };
    const accounts = new WorkloadAccounts(scope, "Accounts", { lookup, application });
    return provideAlone(scope, application, (stack, owner) =>
      createServices(stack, { lookup, application: owner, place: { dataCidrs: cidrs } }, accounts),
    );
  },
});
