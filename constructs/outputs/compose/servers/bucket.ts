import { S3_HEALTH_PATH, S3_REGION } from "../../../in-cluster/bucket/names";
import type { Bucket } from "../../../services/bucket";
import { S3_SERVER } from "../../../services/bucket/versions";
import { CONFINED, NETWORK, onNetwork } from "../parts";
import { containerProvisioner } from "./provisioner";
import { dataVolume, PASSWORD, serverHealth, USER } from "./server";

const PORT = 9000;

const DATA = "/data";

/** The S3 server of the cluster. A bucket is a folder, made before it starts, and an object is a file in it. */
export const bucketInCompose = containerProvisioner<Bucket>({
  container: "minio",
  versions: [S3_SERVER],
  service: ({ host, name }) => ({
    comment: `Versity S3 Gateway, in MinIO's place. It has no console; whatever speaks S3 lists what is in it:
  docker run --rm --network <project>_${NETWORK} -e AWS_ACCESS_KEY_ID=${USER} -e AWS_SECRET_ACCESS_KEY=${PASSWORD} -e AWS_REGION=${S3_REGION} docker.io/amazon/aws-cli --endpoint-url http://${host}:${PORT} s3 ls --recursive s3://${name}`,
    image: S3_SERVER.image,
    mem_limit: "256m",
    restart: "unless-stopped",
    entrypoint: ["sh", "-c", `mkdir -p ${DATA}/${name} && exec versitygw posix ${DATA}`],
    environment: {
      VGW_PORT: `:${PORT}`,
      VGW_REGION: S3_REGION,
      VGW_HEALTH: S3_HEALTH_PATH,
      ROOT_ACCESS_KEY_ID: USER,
      ROOT_SECRET_ACCESS_KEY: PASSWORD,
    },
    volumes: [`${dataVolume(host)}:${DATA}`],
    tmpfs: ["/tmp"],
    ...onNetwork(),
    healthcheck: serverHealth(["CMD", "wget", "-q", "-O", "/dev/null", `http://127.0.0.1:${PORT}${S3_HEALTH_PATH}`]),
    read_only: true,
    // Root owns the volume and needs no right over others' files.
    ...CONFINED,
  }),
  parts: ({ host, name }) => ({
    endpoint: `http://${host}:${PORT}`,
    bucket: name,
    region: S3_REGION,
    accessKeyId: USER,
  }),
  secrets: { secretAccessKey: PASSWORD },
});
