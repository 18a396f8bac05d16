import { ACTIONS } from "../../pipelines/actions";
import type { MetadataAddress } from "../../pipelines/machines";
import {
  ALL_IDENTITIES,
  type ApiCallers,
  type PipelineAccess,
  variableName,
  variableValue,
} from "../../pipelines/pipeline";
import { azureRights } from "./pipelines/rights";
import { clientOf } from "./pipelines/script";

type Known = Parameters<typeof azureRights>[1];

/** Release of kubelogin, by which the Kubernetes API of AKS is asked. */
const KUBELOGIN = "0.2.19";

/** Instance metadata, and the server that gives the agent of a machine its goals and certificates, which resolves names, too. */
const METADATA: readonly MetadataAddress[] = [
  { address: "169.254.169.254", resolves: false },
  { address: "168.63.129.16", resolves: true },
];

/** A managed identity for each, which the job becomes by a federated credential. */
export const pipeline = (
  environment: Parameters<typeof azureRights>[0],
  known: Known,
  callers: ApiCallers,
): PipelineAccess => ({
  signIn: (identity) => [
    {
      name: "Sign in to Azure",
      uses: ACTIONS.signInToAzure,
      with: {
        "client-id": variableValue(environment, clientOf(identity)),
        "tenant-id": known.tenantId,
        "subscription-id": known.subscriptionId,
      },
    },
    {
      name: "Set up kubelogin",
      run: [
        `mkdir -p "$RUNNER_TEMP/bin"`,
        `az aks install-cli --kubelogin-version ${KUBELOGIN} \\`,
        `  --install-location "$RUNNER_TEMP/bin/kubectl" --kubelogin-install-location "$RUNNER_TEMP/bin/kubelogin"`,
        `echo "$RUNNER_TEMP/bin" >>"$GITHUB_PATH"`,
      ],
    },
  ],
  // The provider and the state's backend ask GitHub themselves, again and again: a sign-in of the CLI ends while an apply waits.
  env: (identity) => ({
    ARM_USE_OIDC: "true",
    ARM_CLIENT_ID: variableValue(environment, clientOf(identity)),
    ARM_TENANT_ID: known.tenantId,
    ARM_SUBSCRIPTION_ID: known.subscriptionId,
  }),
  callers,
  rights: (asked) => azureRights(environment, known, asked),
  // Its action signs in by the CLI that is there, which then brings kubectl and kubelogin.
  machine: { programs: ["azure-cli"], metadata: METADATA },
  variables: ALL_IDENTITIES.map((identity) => ({
    name: variableName(environment, clientOf(identity)),
    description: `client id of the managed identity that jobs ${identity} by`,
    identity,
  })),
});
