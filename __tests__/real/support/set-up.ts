import { buildExternalSecrets } from "./external-secrets";
import { checkRequirements } from "./requirements";

/** Once, before any test. */
export default function setUp(): void {
  checkRequirements();
  buildExternalSecrets();
}
