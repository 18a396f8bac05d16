import { s3Server } from "../../../in-cluster/s3-server";
import { type Size, SIZES } from "../../../model/service";
import type { Bucket } from "../../../services/bucket";
import { gatewayAmong, machineOf, versionOf } from "../../shared/in-cluster-server";
import type { ServiceTraits } from "../../traits";
import { generatedPlace } from "../secret-store";
import { replicas } from "./bucket-gateway";
import { type Asked, partsOf } from "./cell";

/** In place of what Azure would have made. */
const DESCRIBED = "described";

/** What the S3 gateway brings to a bucket, read from the objects that it would have. */
export function describeGateway(asked: Asked<Bucket>): Pick<ServiceTraits, "compute" | "passwords" | "version"> {
  const { sizing } = asked;
  const as = (size: Size) => gatewayAmong(objectsOf({ ...asked, sizing: { ...sizing, size } }));
  const { nodes, image, ...machine } = as(sizing.size);
  const sizes: Record<Size, string> = { small: "", medium: "", large: "", xlarge: "" };
  for (const size of SIZES) sizes[size] = machineOf(as(size));
  return {
    version: `Versity S3 Gateway ${versionOf(image)}`,
    compute: { nodes, machine: machineOf(machine), sizes },
    // The environment has no say in its generation.
    passwords: { place: generatedPlace(partsOf(asked), sizing.passwords), old: "fixed" },
  };
}

function objectsOf(asked: Asked<Bucket>) {
  const { resolved: application, name: service, sizing, facts } = asked;
  const azure = { account: DESCRIBED, identity: { annotations: {} }, endpoints: [], replicas: replicas(asked) };
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
  }).objects(facts);
}
