import { parse } from "yaml";
import { azure, type AzureProps } from "../../../../constructs/clouds/azure";
import { GUARANTEES } from "../../../../constructs/clouds/guarantees";
import type { CloudFacts } from "../../../../constructs/kubernetes/facts";
import {
  ADMINISTRATOR,
  AZURE_PROPS,
  DEPLOYER,
  PLANNER,
  SUBSCRIPTION,
  synthAzure,
  synthPlatform,
  synthState,
  TENANT,
} from "../../../support/azure-environment";
import { all, environmentOn, one, release, type StackJson } from "../../../support/cloud-environment";

const platform = (props: Partial<AzureProps> = {}, profile?: "small"): StackJson =>
  synthAzure(
    props,
    (cloud, stack, environment) => {
      cloud.configure(stack, environment);
      cloud.connect(stack, environment).platform(stack);
    },
    { stack: "production-platform", profile },
  );

const DNS = { zones: [{ name: "example.com", resourceGroup: "dns" }] };

describe("configure", () => {
  const json = platform();

  test("keeps the state in the environment's account, as whoever is signed in to Entra", () => {
    expect(json.terraform.backend).toEqual({
      azurerm: {
        storage_account_name: expect.stringMatching(/^product[a-z]*tfstate[0-9a-f]{10}$/) as string,
        container_name: "tfstate",
        key: "production-platform.tfstate",
        subscription_id: SUBSCRIPTION,
        tenant_id: TENANT,
        use_azuread_auth: true,
      },
    });
    const named = platform({ stateAccount: "sharedstate" });
    expect(named.terraform.backend).toMatchObject({ azurerm: { storage_account_name: "sharedstate" } });
  });

  test("is for the environment's subscription and uses no keys of accounts", () => {
    const [provider] = json.provider.azurerm ?? [];
    expect(provider).toMatchObject({
      subscription_id: SUBSCRIPTION,
      tenant_id: TENANT,
      storage_use_azuread: true,
      resource_provider_registrations: "none",
    });
    expect(provider?.resource_providers_to_register).toContain("Microsoft.ContainerService");
    // In small letters, alone of all: another spelling is one that is never found registered.
    expect(provider?.resource_providers_to_register).toContain("microsoft.insights");
  });

  test("keeps what is deleted by mistake where the environment is protected, and nothing elsewhere", () => {
    const features = (found: StackJson) => {
      const [block] = found.provider.azurerm?.[0]?.features as Record<string, object[]>[];
      return block;
    };
    expect(features(json)).toMatchObject({
      key_vault: [{ purge_soft_delete_on_destroy: false, purge_soft_deleted_secrets_on_destroy: false }],
      resource_group: [{ prevent_deletion_if_contains_resources: true }],
      log_analytics_workspace: [{ permanently_delete_on_destroy: false }],
      storage: [{ data_plane_available: false }],
      template_deployment: [{ delete_nested_items_during_deletion: false }],
    });
    expect(features(platform({}, "small"))).toMatchObject({
      key_vault: [{ purge_soft_delete_on_destroy: true, recover_soft_deleted_key_vaults: true }],
      resource_group: [{ prevent_deletion_if_contains_resources: false }],
    });
  });

  test("pins the engine's floor, and each provider to what its bindings were generated from", () => {
    expect(json.terraform.required_version).toBe(">= 1.11.0");
    expect(json.terraform.required_providers).toEqual({
      azurerm: { source: "azurerm", version: "4.55.0" },
      kubernetes: { source: "kubernetes", version: "2.38.0" },
      helm: { source: "helm", version: "3.1.1" },
    });
  });
});

describe("state", () => {
  const json = synthState();
  const open = { access: "allow-list", cidrs: ["203.0.113.0/24", "198.51.100.6/31"] } as const;
  const small = synthState({ endpoint: open }, "small");
  const account = (found: StackJson) => one(found, "azurerm_storage_account");

  test("is local, at a path that says nothing of the machine", () => {
    expect(json.terraform.backend).toEqual({ local: { path: "../../../terraform.test-state.tfstate" } });
  });

  test("is in the account that it made, once the environment says so", () => {
    const moved = synthState({ stateIn: "account" });
    expect(moved.terraform.backend).toMatchObject({
      azurerm: { storage_account_name: account(moved).name, key: "test-state.tfstate", use_azuread_auth: true },
    });
    expect([moved.resource, moved.provider]).toEqual([json.resource, json.provider]);
  });

  test.each([json, small])("is in an account that nothing deletes, not even in a small environment (%#)", (found) => {
    expect(account(found)).toMatchObject({
      account_replication_type: "GZRS",
      shared_access_key_enabled: false,
      allow_nested_items_to_be_public: false,
      min_tls_version: "TLS1_2",
      infrastructure_encryption_enabled: true,
      blob_properties: {
        versioning_enabled: true,
        delete_retention_policy: { days: 90 },
        container_delete_retention_policy: { days: 90 },
      },
      lifecycle: { prevent_destroy: true },
    });
    expect(one(found, "azurerm_storage_container")).toMatchObject({
      name: "tfstate",
      container_access_type: "private",
      lifecycle: { prevent_destroy: true },
    });
    expect(one(found, "azurerm_management_lock")).toMatchObject({
      lock_level: "CanNotDelete",
      scope: "${azurerm_storage_account.Account.id}",
    });
  });

  test("is named as the other stacks look for it", () => {
    const backend = platform().terraform.backend as { azurerm: { storage_account_name: string } };
    expect(account(json).name).toBe(backend.azurerm.storage_account_name);
  });

  test("is reached by the callers of the Kubernetes API, as a firewall writes them, and from given subnets", () => {
    expect(account(small).network_rules).toMatchObject({
      default_action: "Deny",
      bypass: ["None"],
      ip_rules: ["203.0.113.0/24", "198.51.100.6", "198.51.100.7"],
    });
    const subnet = `/subscriptions/${SUBSCRIPTION}/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub/subnets/runners`;
    expect(account(synthState({ stateSubnets: [subnet] })).network_rules).toMatchObject({
      default_action: "Deny",
      virtual_network_subnet_ids: [subnet],
    });
    // There is no network yet, and nobody from outside to let in: Entra alone.
    expect(account(json).network_rules).toMatchObject({ default_action: "Allow" });
  });

  test("is written by those who deploy and repair, and whoever leaves can be let go in spite of the lock", () => {
    const writers = all(json, "azurerm_role_assignment");
    expect(writers.map(({ principal_id }) => principal_id)).toEqual([DEPLOYER, ADMINISTRATOR]);
    for (const writer of writers) {
      expect(writer.role_definition_name).toBe("Storage Blob Data Contributor");
      expect(writer.scope).toBe(
        `/subscriptions/${SUBSCRIPTION}/resourceGroups/\${azurerm_resource_group.ResourceGroup.name}`,
      );
    }
  });

  test("is read by those who plan, who write nothing in it", () => {
    const found = all(
      synthState({ access: { ...AZURE_PROPS.access, planners: [PLANNER] } }),
      "azurerm_role_assignment",
    );
    expect(found.filter(({ principal_id }) => principal_id === PLANNER)).toMatchObject([
      {
        role_definition_name: "Storage Blob Data Reader",
        scope: `/subscriptions/${SUBSCRIPTION}/resourceGroups/\${azurerm_resource_group.ResourceGroup.name}`,
      },
    ]);
    expect(found).toHaveLength(3);
  });
});

describe("connect", () => {
  const json = platform();

  test("asks for the cluster alone, by its name", () => {
    expect(Object.keys(json.data ?? {})).toEqual(["azurerm_kubernetes_cluster"]);
    expect(Object.values(json.data?.azurerm_kubernetes_cluster ?? {})).toEqual([
      expect.objectContaining({ name: "production", resource_group_name: "production" }),
    ]);
  });

  test("signs in by kubelogin as whoever the Azure CLI knows: no token is in the plan", () => {
    const [kubernetes] = json.provider.kubernetes ?? [];
    expect(kubernetes).toMatchObject({
      host: expect.stringMatching(/^https:\/\/\$\{data\.azurerm_kubernetes_cluster\..*\.fqdn\}:443$/) as string,
      exec: [
        {
          api_version: "client.authentication.k8s.io/v1beta1",
          command: "kubelogin",
          args: [
            "get-token",
            "--login",
            "azurecli",
            "--server-id",
            "6dae42f8-4368-4678-94ff-3960e28e3630",
            "--tenant-id",
            TENANT,
          ],
        },
      ],
    });
    const [helm] = json.provider.helm ?? [];
    expect(helm?.kubernetes).toMatchObject({ exec: { command: "kubelogin" } });
  });

  test("disks are the default class, encrypted with the environment's key, in the pod's zone", () => {
    expect(one(json, "kubernetes_storage_class_v1", "Disk")).toMatchObject({
      metadata: {
        name: "azure-disk",
        annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
      },
      storage_provisioner: "disk.csi.azure.com",
      parameters: {
        skuName: "Premium_LRS",
        diskEncryptionSetID: `/subscriptions/${SUBSCRIPTION}/resourceGroups/production/providers/Microsoft.Compute/diskEncryptionSets/production-disks`,
        networkAccessPolicy: "DenyAll",
        tags: "environment=production;cost-center=orders;contact=platform@example.com;managed-by=terraform;stack=production-platform",
        tagValueDelimiter: ";",
      },
      reclaim_policy: "Retain",
      volume_binding_mode: "WaitForFirstConsumer",
      allow_volume_expansion: true,
    });
    expect(one(platform({}, "small"), "kubernetes_storage_class_v1", "Disk").reclaim_policy).toBe("Delete");
  });

  test("shared volumes are NFS under TLS in the environment's account", () => {
    expect(one(json, "kubernetes_storage_class_v1", "Files")).toMatchObject({
      metadata: { name: "azure-files" },
      storage_provisioner: "file.csi.azure.com",
      parameters: {
        protocol: "nfs",
        encryptInTransit: "true",
        skuName: "PremiumV2_ZRS",
        resourceGroup: "production",
        mountPermissions: "0777",
      },
      reclaim_policy: "Retain",
    });
  });
});

describe("facts", () => {
  const facts = (props: Partial<AzureProps> = {}): CloudFacts => {
    const cloud = azure({ ...AZURE_PROPS, ...props });
    return cloud.facts(environmentOn(cloud));
  };

  test("a workload with an identity reaches Entra's sign-in, and no other address for it", () => {
    const [entra, ...others] = facts().identityEndpoints;
    expect(others).toEqual([]);
    expect(entra).toMatchObject({ port: 443 });
    expect(entra).toHaveProperty("cidrs", ["20.20.32.0/19", "20.190.128.0/18", "20.231.128.0/19", "40.126.0.0/18"]);
  });

  test("the Kubernetes API is at private addresses, on both of its ports", () => {
    expect(facts().apiServerEndpoints?.map(({ port }) => port)).toEqual([443, 4443]);
    // By Private Link at a private address too. Which public one it has outside is known when it is there.
    const endpoint = { access: "allow-list", cidrs: ["203.0.113.0/24"] } as const;
    expect(facts({ apiServerInNetwork: false }).apiServerEndpoints).toEqual(facts().apiServerEndpoints);
    expect(facts({ endpoint }).apiServerEndpoints).toEqual(facts().apiServerEndpoints);
    expect(facts({ apiServerInNetwork: false, endpoint })).not.toHaveProperty("apiServerEndpoints");
  });

  test("a Job is not disturbed, and the load balancer asks nodes often enough", () => {
    expect(facts().undisturbedPodAnnotations).toEqual({ "cluster-autoscaler.kubernetes.io/safe-to-evict": "false" });
    expect(facts().loadBalancerAnnotations).toEqual({
      "service.beta.kubernetes.io/azure-load-balancer-health-probe-interval": "5",
      "service.beta.kubernetes.io/azure-load-balancer-health-probe-num-of-probe": "2",
      "service.beta.kubernetes.io/azure-load-balancer-tcp-idle-timeout": "61",
    });
    expect(facts().loadBalancerClass).toBeUndefined();
  });

  test("the classes of volumes are those that the platform makes", () => {
    const made = all(platform(), "kubernetes_storage_class_v1").map(
      ({ metadata }) => (metadata as { name: string }).name,
    );
    expect(made.sort()).toEqual(Object.values(facts().storageClasses).sort());
  });

  test("external-dns edits the given zones, and is left out without one", () => {
    expect(facts().externalDns).toBeUndefined();
    const provider = facts({ dns: DNS }).externalDns;
    expect(provider).toMatchObject({ name: "azure", domains: [], flags: { "zone-id-filter": ["/example.com"] } });
    expect(JSON.parse(provider?.configuration?.content ?? "")).toEqual({
      tenantId: TENANT,
      subscriptionId: SUBSCRIPTION,
      resourceGroup: "dns",
      useWorkloadIdentityExtension: true,
    });
  });
});

describe("platform", () => {
  const json = synthPlatform({ dns: DNS });

  test("has no metrics server of ours: AKS has one", () => {
    expect(all(json, "helm_release").map(({ name }) => name)).not.toContain("metrics-server");
  });

  test("external-dns reads where its zones are, and signs in as itself", () => {
    const { values } = release(json, "external-dns");
    expect(values).toMatchObject({
      provider: { name: "azure" },
      secretConfiguration: {
        enabled: true,
        mountPath: "/etc/kubernetes",
        data: { "azure.json": expect.stringContaining('"useWorkloadIdentityExtension":true') as string },
      },
      podLabels: { "azure.workload.identity/use": "true" },
    });
  });

  test("External Secrets reads the environment's vault with the identity of its own pods", () => {
    const { values } = release(json, "external-secrets");
    expect(values).toMatchObject({ podLabels: { "azure.workload.identity/use": "true" } });
    const objects = parse(String(release(json, "platform-objects").given.values)) as {
      objects: Record<string, { kind: string }>;
    };
    const store = Object.values(objects.objects).find(({ kind }) => kind === "ClusterSecretStore");
    expect(store).toMatchObject({ spec: { provider: { azurekv: { authType: "WorkloadIdentity" } } } });
    expect(JSON.stringify(store)).not.toContain("serviceAccountRef");
  });

  test("the route controller's load balancer keeps the client's address", () => {
    const { values } = release(json, "traefik");
    expect(values).toMatchObject({ service: { spec: { externalTrafficPolicy: "Local" } } });
  });
});

test("it says of every guarantee how Azure keeps it, or why it does not", () => {
  const { guarantees } = azure(AZURE_PROPS);
  expect(Object.keys(guarantees).sort()).toEqual(Object.keys(GUARANTEES).sort());
  const missing = Object.entries(guarantees).filter(([, how]) => "missing" in how);
  expect(missing.map(([name]) => name)).toEqual(["copies-elsewhere", "shared-volumes"]);
});
