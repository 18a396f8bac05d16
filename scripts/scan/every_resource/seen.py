"""Passes every resource that checkov reaches. Its own count is 0 for Terraform JSON, so what it skips would go unseen."""

from checkov.common.models.enums import CheckCategories, CheckResult
from checkov.terraform.checks.resource.base_resource_check import BaseResourceCheck


class Seen(BaseResourceCheck):
    def __init__(self):
        super().__init__(
            name="Ensure that checkov looks at the resource",
            id="GOLDENPATH_SEEN",
            categories=[CheckCategories.GENERAL_SECURITY],
            supported_resources=["*"],
        )

    def scan_resource_conf(self, conf):
        return CheckResult.PASSED


Seen()
