import { z } from "zod";

/* What a cloud is and has to offer, as `model.json` has it. */

const text = z.string();
const texts = z.array(text);

export const cloud = z.strictObject({
  title: text,
  place: text,
  cluster: text,
  clusterName: text,
  kubernetesVersion: text.optional(),
  nodes: text,
  state: text,
  credentials: text,
  secretStore: text,
  networkCidrs: texts.optional(),
  dnsZones: texts.optional(),
  staysInRegion: text.describe("why no copies can be in a second region; absent where they can").optional(),
});

export const standbyIn = z
  .array(z.enum(["managed", "in-cluster"]))
  .describe("placements in which it can have a standby here, whether or not it has one");
