import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import type { TerraformStack } from "cdktf";
import { applicationProblems } from "../../constructs/clouds/google/application-problems";
import type { GoogleLookup } from "../../constructs/clouds/google/lookup";
import { provideApplication } from "../../constructs/clouds/google/provide";
import { secretPlace } from "../../constructs/clouds/google/secret-store";
import { GOOGLE_SERVICES } from "../../constructs/clouds/google/services/provisioners";
import type { Told } from "../../constructs/clouds/shared/told";
import type { EnvironmentInput, EnvironmentOption } from "../../constructs/model/environment";
import type { ResolvedApplication } from "../../constructs/model/resolved";
import { firstApplication, managed, type OnCloud, provideOn, type Synthesized, synthesizeStack } from "./synthesized";

export { type Synthesized } from "./synthesized";

export const DATA_CIDRS = ["10.20.240.0/20"];

export const PLACE = { project: "orders-prod", region: "europe-west3", autopilot: false } as const;

/** What the lookup finds, as literals. */
export const LOOKUP: GoogleLookup = {
  project: PLACE.project,
  region: PLACE.region,
  clusterName: "production",
  clusterEndpoint: "https://10.20.0.2",
  clusterCertificateAuthority: "Y2VydGlmaWNhdGU=",
  networkId: "projects/orders-prod/global/networks/production",
  projectNumber: "123456789012",
  workloadPool: "orders-prod.svc.id.goog",
};

/** Google as far as an application's services are concerned. */
export const GOOGLE: EnvironmentOption = {
  title: "Google Cloud",
  problems: () => [],
  ...GOOGLE_SERVICES.option,
  secretPlace,
  applicationProblems: (application, path) => applicationProblems(PLACE, application, path),
};

/** What is built in a project, as the JSON that Terraform reads. */
export const synthesize = (build: (stack: TerraformStack) => void, environment: string): Synthesized =>
  synthesizeStack(environment, (stack) => {
    new GoogleProvider(stack, "google", { project: PLACE.project, region: PLACE.region });
    build(stack);
  });

/** The first application of an environment on Google, less the services that run in the cluster. */
export const googleApplication = (input: EnvironmentInput): ResolvedApplication =>
  managed(firstApplication({ ...input, cloud: GOOGLE }));

/** That application, as its stack creates it. */
export function onGoogle(input: EnvironmentInput, told?: Told): OnCloud {
  const application = googleApplication(input);
  return provideOn<[]>(application, synthesize, (stack) =>
    provideApplication(stack, { lookup: LOOKUP, application, place: { dataCidrs: DATA_CIDRS }, told }),
  );
}
