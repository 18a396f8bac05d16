import { policy, type Policy } from "./policy";

/** What no role made here may do, whatever is attached to it: anything to IAM that would make it more than it is. */
export const boundaryPolicy: Policy = policy(
  { Sid: "All", Effect: "Allow", NotAction: ["iam:*", "organizations:*", "account:*"], Resource: "*" },
  {
    Sid: "WhatClustersNeedOfIam",
    Effect: "Allow",
    Action: [
      "iam:PassRole",
      "iam:CreateServiceLinkedRole",
      "iam:GetRole",
      "iam:GetInstanceProfile",
      "iam:ListAttachedRolePolicies",
    ],
    Resource: "*",
  },
);
