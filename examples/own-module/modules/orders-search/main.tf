# Stands for what your module makes: an index in some cloud, and the key by which clients come to it.

variable "name" {
  type = string
}

variable "replicas" {
  type = number
}

resource "terraform_data" "index" {
  input = {
    name     = var.name
    replicas = var.replicas
  }
}

resource "terraform_data" "key" {
  input = uuid()

  lifecycle {
    ignore_changes = [input]
  }
}

output "host" {
  value = "${terraform_data.index.output.name}.search.example.com"
}

output "api_key" {
  value     = sha256(terraform_data.key.output)
  sensitive = true
}
