import type { JsonObject } from "../kubernetes/json";
import { PROTECTED_LABEL } from "../kubernetes/protection";

const NAME = "goldenpath-deletion-protection";

/** What holds data, and what takes its data along when it goes. */
const KINDS = [
  { apiGroups: [""], apiVersions: ["v1"], resources: ["persistentvolumeclaims"] },
  { apiGroups: ["rabbitmq.com"], apiVersions: ["v1beta1"], resources: ["rabbitmqclusters"] },
];

/**
 * What clouds call deletion protection, for what holds data in the cluster: the API server itself refuses, whoever asks and
 * by whatever plan. Without it a claim that is gone from the program is gone with its disk.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export function deletionProtection(): JsonObject[] {
  return [
    {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicy",
      metadata: { name: NAME },
      spec: {
        failurePolicy: "Fail",
        matchConstraints: {
          objectSelector: { matchLabels: { [PROTECTED_LABEL]: "true" } },
          resourceRules: KINDS.map((kind) => ({ ...kind, operations: ["DELETE"] })),
        },
        validations: [
          {
            expression: "false",
            messageExpression:
              "oldObject.metadata.name + ' holds data of a protected environment; deploy it with its name in drops " +
              "before you remove it'",
            message: "it holds data of a protected environment; deploy it with its name in drops before you remove it",
          },
        ],
      },
    },
    {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicyBinding",
      metadata: { name: NAME },
      spec: { policyName: NAME, validationActions: ["Deny"] },
    },
  ];
}
