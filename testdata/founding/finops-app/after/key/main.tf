# A key with an alias: who administers it, which roles use it through which services, and which services use it on
# their own.

variable "name" {
  type = string
}

variable "roles" {
  type    = list(string)
  default = []
}

variable "via" {
  type    = list(string)
  default = []
}

variable "services" {
  type    = any
  default = {}
}

data "aws_caller_identity" "current" {}

locals {
  account = data.aws_caller_identity.current.account_id

  owner = {
    Sid       = "Account"
    Effect    = "Allow"
    Principal = { AWS = "arn:aws:iam::${local.account}:root" }
    Action    = "kms:*"
    Resource  = "*"
  }

  administrator = {
    Sid       = "Administrator"
    Effect    = "Allow"
    Principal = { AWS = "arn:aws:iam::${local.account}:role/key-administrator" }
    Action    = ["kms:Describe*", "kms:Get*", "kms:List*", "kms:EnableKey", "kms:EnableKeyRotation", "kms:CancelKeyDeletion", "kms:TagResource", "kms:UntagResource"]
    Resource  = "*"
  }

  roles = length(var.roles) == 0 ? [] : [{
    Sid       = "Roles"
    Effect    = "Allow"
    Principal = { AWS = var.roles }
    Action    = ["kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"]
    Resource  = "*"
    Condition = { StringEquals = { "kms:ViaService" = [for service in var.via : "${service}.eu-west-1.amazonaws.com"] } }
  }]

  services = [for service, use in var.services : {
    Sid       = title(split(".", service)[0])
    Effect    = "Allow"
    Principal = { Service = service }
    Action    = use.actions
    Resource  = "*"
    Condition = use.condition
  }]
}

resource "aws_kms_key" "this" {
  description             = var.name
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat([local.owner, local.administrator], local.roles, local.services)
  })

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_kms_alias" "this" {
  name          = "alias/finops-${var.name}"
  target_key_id = aws_kms_key.this.key_id
}

output "arn" {
  value = aws_kms_key.this.arn
}
