import { backstageTemplate } from "../../constructs/templates/backstage";
import { yaml } from "../../constructs/yaml/write";
import { lastVersion, templatesOf } from "./archives";
import type { Written } from "./folder";

/** Every template as one of Backstage's, and the location that lists them. */
export function backstageFiles(home: string, options: { owner: string; package: string }): readonly Written[] {
  const names = templatesOf(home);
  const templates = names.flatMap((name) => {
    const { archive, digest } = lastVersion(home, name);
    return backstageTemplate(archive, { digest, ...options }).map((file) => ({
      ...file,
      path: `${name}/${file.path}`,
    }));
  });
  const location = {
    apiVersion: "backstage.io/v1alpha1",
    kind: "Location",
    metadata: { name: "goldenpath-templates", description: "Templates of services" },
    spec: { targets: names.map((name) => `./${name}/template.yaml`) },
  };
  return [{ path: "location.yaml", text: yaml(location), executable: false }, ...templates];
}
