import { arnsIn, policy, type Policy, type RightsIn, throughServices } from "./policy";
import { deployPolicy } from "./read";

/** Rights of a deploy of previews: where the cluster and its network are, and states below the folder of previews. */
export function previewPolicy(of: RightsIn): Policy {
  const { at, bucket } = arnsIn(of);
  const state = bucket(`${of.stateBucket}/${of.previewFolder}/*.tfstate`);
  return policy(
    ...deployPolicy(of).Statement,
    { Sid: "Network", Effect: "Allow", Action: ["ec2:DescribeSubnets"], Resource: "*" },
    { Sid: "StateNames", Effect: "Allow", Action: ["s3:ListBucket"], Resource: [bucket(of.stateBucket)] },
    { Sid: "State", Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: [state] },
    {
      Sid: "Lock",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
      Resource: [`${state}.tflock`],
    },
    {
      Sid: "Keys",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: at("kms", "key/*"),
      Condition: throughServices(of),
    },
  );
}

/** Rights of a sweep: where the cluster is, and to list and delete what is below that folder. It reads no state. */
export function sweepPolicy(of: RightsIn): Policy {
  const { bucket } = arnsIn(of);
  const folder = `${of.previewFolder}/`;
  return policy(
    ...deployPolicy(of).Statement,
    {
      Sid: "StateVersions",
      Effect: "Allow",
      Action: ["s3:ListBucketVersions"],
      Resource: [bucket(of.stateBucket)],
      Condition: { StringEquals: { "s3:prefix": folder } },
    },
    {
      Sid: "States",
      Effect: "Allow",
      Action: ["s3:DeleteObjectVersion"],
      Resource: [bucket(`${of.stateBucket}/${folder}*`)],
    },
  );
}
