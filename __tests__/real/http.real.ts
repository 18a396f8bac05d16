import { PRE_STOP_SECONDS } from "../../constructs/kubernetes/pod";
import { frontend, render, resolvedApplication } from "../support/resolved";
import { nodeImage } from "./support/images";
import { REQUEST, stopUnderLoad } from "./support/load";
import { ready, startPod } from "./support/pod";

test("a pod of a Node server that is told to go answers every request within its time", async () => {
  const objects = render({
    application: resolvedApplication({ workloads: [frontend({ terminationGraceSeconds: REQUEST + 2 })] }),
  });
  const pod = await startPod({ objects, deployment: "my-app-frontend", images: { frontend: nodeImage } });
  try {
    await ready(pod, ["frontend"]);
    const { sent, outcomes, killed, seconds } = await stopUnderLoad(pod);
    expect(sent).toBeGreaterThan(200);
    expect(outcomes).toEqual({ "200": sent });
    expect(killed).toEqual([]);
    expect(seconds).toBeGreaterThan(PRE_STOP_SECONDS);
    expect(seconds).toBeLessThan(PRE_STOP_SECONDS + REQUEST + 3);
  } finally {
    await pod.remove();
  }
});
