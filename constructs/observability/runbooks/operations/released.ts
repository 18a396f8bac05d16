import { helmRelease } from "../commands";
import type { Operated } from "../operated";
import type { Step } from "../page";

/** What brings the workloads where a pipeline does, once Terraform has prepared their namespace. */
export const released = (operated: Operated): Step[] =>
  operated.release === "helm"
    ? [
        {
          say: "Terraform has prepared the namespace; the pipeline of the release brings the workloads: run it again for the last commit that was well. By hand, from that commit, with `--set image.tag=` and its tag where the pipeline says one:",
          run: [helmRelease(operated, "--set", `environment=${operated.application.environment}`)],
        },
      ]
    : [];
