import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { Fn, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { providerId } from "./providers";
import { refuseOther } from "./stack-owner";

/** A cluster as whoever signs in finds it. */
export interface ClusterAddress {
  /** `https://…` address of the Kubernetes API. */
  readonly clusterEndpoint: string;
  /** Base64 of the PEM certificate that the API's certificate chains to. */
  readonly clusterCertificateAuthority: string;
}

/** The cloud's program that prints a token for each run, of the runner's own credentials: none is written anywhere. */
export interface TokenProgram {
  readonly command: string;
  readonly args: string[];
}

/**
 * Signs the stack's Kubernetes provider in. Returns the same for Helm, for the one stack that makes releases.
 * `ignoreAnnotations` are patterns of annotations that the cloud itself writes onto objects, and that every plan would take
 * away: those that the program writes are never among them. @default - none
 */
export function signIn(
  scope: Construct,
  address: ClusterAddress,
  program: TokenProgram,
  ignoreAnnotations?: readonly string[],
): () => void {
  const server = {
    host: address.clusterEndpoint,
    clusterCaCertificate: Fn.base64decode(address.clusterCertificateAuthority),
  };
  const exec = { apiVersion: "client.authentication.k8s.io/v1beta1", ...program };
  const stack = TerraformStack.of(scope);
  refuseOther(stack, "kubernetes", providerId("kubernetes"));
  new KubernetesProvider(scope, providerId("kubernetes"), {
    ...server,
    exec: [exec],
    ...(ignoreAnnotations !== undefined && { ignoreAnnotations: [...ignoreAnnotations] }),
  });
  return () => {
    refuseOther(stack, "helm", providerId("helm"));
    new HelmProvider(scope, providerId("helm"), { kubernetes: { ...server, exec } });
  };
}
