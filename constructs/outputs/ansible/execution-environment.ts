/* Image that AWX and ansible-runner start playbooks in, as ansible-builder's version 3 of its file has it. */

/** Version of the collection that knows Helm 4 and its flags. */
export const KUBERNETES_CORE = "6.6.0";

/** The newest ansible-core that runs on Python 3.11, too; the playbooks are tried with it. */
const ANSIBLE_CORE = "2.19.14";

const ANSIBLE_RUNNER = "2.4.3";

export const requirements = { collections: [{ name: "kubernetes.core", version: KUBERNETES_CORE }] } as const;

/** @param baseImage image with Python and Helm that it is made from */
export const executionEnvironment = (baseImage: string): unknown => ({
  version: 3,
  images: { base_image: { name: baseImage } },
  dependencies: {
    ansible_core: { package_pip: `ansible-core==${ANSIBLE_CORE}` },
    ansible_runner: { package_pip: `ansible-runner==${ANSIBLE_RUNNER}` },
    galaxy: "requirements.yml",
  },
  additional_build_steps: {
    // A base image without either fails to build, and not at the first release.
    prepend_final: ["RUN helm version --short"],
  },
});
