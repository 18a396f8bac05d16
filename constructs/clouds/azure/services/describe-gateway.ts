import { s3Server } from "../../../in-cluster/bucket/server";
import { gatewayAmong, machineOf, versionOf } from "../../../in-cluster/server-among";
import { type Size, SIZES } from "../../../model/service";
import type { Bucket } from "../../../services/bucket";
import type { ServiceTraits } from "../../../services/traits";
import { nameParts } from "../../shared/provisioner";
import { generatedPlace } from "../secret-store";
import { replicas } from "./bucket-gateway";
import { type AzureDescribeRequest } from "./provisioner";

/** Text in place of what Azure would have made. */
const DESCRIBED = "described";

/** What the S3 gateway brings to a bucket, read from the objects that it would have. */
export function describeGateway(
  request: AzureDescribeRequest<Bucket>,
): Pick<ServiceTraits, "compute" | "passwords" | "version"> {
  const { sizing } = request;
  const as = (size: Size) => gatewayAmong(objectsOf({ ...request, sizing: { ...sizing, size } }));
  const { nodes, image, ...machine } = as(sizing.size);
  const sizes: Record<Size, string> = { small: "", medium: "", large: "", xlarge: "" };
  for (const size of SIZES) sizes[size] = machineOf(as(size));
  return {
    version: `Versity S3 Gateway ${versionOf(image)}`,
    compute: { nodes, machine: machineOf(machine), sizes },
    // The environment has no say in its generation.
    passwords: { place: generatedPlace(nameParts(request), sizing.passwords), old: "fixed" },
  };
}

function objectsOf(request: AzureDescribeRequest<Bucket>) {
  const { resolved: application, name: service, sizing, facts } = request;
  const azure = { account: DESCRIBED, identity: { annotations: {} }, endpoints: [], replicas: replicas(request) };
  return s3Server({
    application,
    service,
    workloads: [],
    sizing,
    bucket: DESCRIBED,
    region: DESCRIBED,
    accessKeyId: { value: DESCRIBED },
    secretAccessKey: { secret: { key: DESCRIBED } },
    backend: { azure },
  }).objects(facts());
}
