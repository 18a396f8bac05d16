import { buildExternalSecrets } from "./external-secrets";
import { compile } from "./go-program";
import { RCLONE_PROGRAM } from "./images";
import { checkRequirements } from "./requirements";
import { buildSamples } from "./sample-images";
import { buildS3Server } from "./servers/s3";

/** Once, before any test. */
export default function setUp(): void {
  checkRequirements();
  buildExternalSecrets();
  buildS3Server();
  compile(RCLONE_PROGRAM);
  buildSamples();
}
