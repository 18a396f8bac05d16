import type { ResolvedPhpFpm } from "../../../constructs/model/resolved";
import { backend, render, resolvedApplication } from "../../support/resolved";
import type { Image } from "./container";
import { nginxImage, phpImage } from "./images";
import { type Pod, ready, startPod } from "./pod";

export const FPM = "backend";
export const NGINX = "backend-nginx";

/** A ready pod of the reference application's backend; `image` changes something of both images. */
export async function phpPod(changes: Partial<ResolvedPhpFpm> = {}, image: Partial<Image> = {}): Promise<Pod> {
  const pod = await startPod({
    objects: render({ application: resolvedApplication({ workloads: [backend(changes)] }) }),
    deployment: "my-app-backend",
    images: { [FPM]: { ...phpImage, ...image }, [NGINX]: { ...nginxImage, ...image } },
  });
  try {
    await ready(pod, [FPM, NGINX]);
    return pod;
  } catch (error) {
    await pod.remove();
    throw error;
  }
}

/** What PHP-FPM says of itself: `listen queue`, `active processes`, … */
export async function poolStatus(pod: Pod): Promise<Readonly<Record<string, string>>> {
  const script =
    'REQUEST_METHOD=GET SCRIPT_NAME=$FCGI_STATUS_PATH SCRIPT_FILENAME=$FCGI_STATUS_PATH cgi-fcgi -bind -connect "$FCGI_CONNECT"';
  const { output } = await pod.container(FPM).exec(["sh", "-c", script]);
  const fields = [...output.matchAll(/^([a-z ]+): +(\S.*?)\r?$/gm)];
  return Object.fromEntries(fields.map(([, name = "", value = ""]): [string, string] => [name, value]));
}
