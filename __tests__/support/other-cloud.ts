import { aws } from "../../constructs/clouds/aws";
import type { Cloud } from "../../constructs/clouds/cloud";
import { type Guarantees, GUARANTEES } from "../../constructs/clouds/guarantees";
import type { ServiceTraits } from "../../constructs/services/traits";
import { AWS_PROPS } from "./aws-environment";

/** A cloud that differs from AWS in what a test is about, and in nothing else. Each call is another cloud. */
export function otherCloud(
  title: string,
  change: Partial<ServiceTraits> = {},
  missing: Readonly<Record<string, string>> = {},
): Cloud {
  const like = aws(AWS_PROPS);
  const names = Object.keys(GUARANTEES);
  const gaps = names.flatMap((name) => {
    const reason = missing[name];
    return reason === undefined ? [] : [[name, { missing: reason }] as const];
  });
  const guarantees: Guarantees = { ...like.guarantees, ...Object.fromEntries(gaps) };
  return {
    ...like,
    title,
    guarantees,
    networkCidrs: ["10.99.0.0/16"],
    placements: ({ kind }) => (kind === "rabbitmq" ? ["in-cluster"] : ["managed"]),
    describeService: (application, service) => ({
      ...like.describeService(application, service),
      ...change,
      placement: service.sizing.placement,
    }),
  };
}
