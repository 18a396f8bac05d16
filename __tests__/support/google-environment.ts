import { google, type GoogleProps, type MadeGoogleNetwork } from "../../constructs/clouds/google";
import { type Profile, type StackJson, stacksOn } from "./cloud-environment";

export { all, environmentOn, one, release, type StackJson, synthCloud } from "./cloud-environment";

/** Valid in every field; a test overrides the one it is about. */
export const GOOGLE_PROPS: GoogleProps & { readonly network: MadeGoogleNetwork } = {
  project: "orders-production",
  region: "europe-west3",
  network: { cidr: "10.10.0.0/16" },
  endpoint: { access: "private" },
  access: {
    deployers: ["serviceAccount:deployer@orders-production.iam.gserviceaccount.com"],
    administrators: ["group:platform@example.com"],
  },
};

const stacks = stacksOn<GoogleProps>((props) => google({ ...GOOGLE_PROPS, ...props }));

export const { synth: synthGoogle, synthCluster, synthPlatform } = stacks;

/** `state-<env>`. */
export const synthState = (props: Partial<GoogleProps> = {}, profile?: Profile): StackJson =>
  stacks.synthState("state-test", props, profile);
