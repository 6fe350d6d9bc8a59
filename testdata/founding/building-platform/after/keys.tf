# Keys for tables, for buckets, for secrets, for code; and one for what is written about all of them.

data "aws_caller_identity" "current" {}

locals {
  account = data.aws_caller_identity.current.account_id
}

module "tables_key" {
  source = "./modules/key"
  name   = "tables"
  roles  = [aws_iam_role.functions.arn]
  via    = ["dynamodb"]
}

module "buckets_key" {
  source = "./modules/key"
  name   = "buckets"
  services = {
    "cloudfront.amazonaws.com" = {
      actions   = ["kms:Decrypt"]
      condition = { StringEquals = { "aws:SourceArn" = module.website.distribution_arn } }
    }
  }
}

module "secrets_key" {
  source = "./modules/key"
  name   = "secrets"
  roles  = [aws_iam_role.functions.arn]
  via    = ["secretsmanager"]
}

module "code_key" {
  source = "./modules/key"
  name   = "code"
  roles  = [aws_iam_role.functions.arn]
  via    = ["lambda"]
}

module "audit_key" {
  source = "./modules/key"
  name   = "audit"
  services = {
    "cloudtrail.amazonaws.com" = {
      actions = ["kms:GenerateDataKey*", "kms:Decrypt"]
      condition = {
        StringEquals = { "aws:SourceArn" = "arn:aws:cloudtrail:eu-west-1:${local.account}:trail/platform" }
        StringLike   = { "kms:EncryptionContext:aws:cloudtrail:arn" = "arn:aws:cloudtrail:*:${local.account}:trail/*" }
      }
    }
    "logs.eu-west-1.amazonaws.com" = {
      actions   = ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey*", "kms:DescribeKey"]
      condition = { ArnLike = { "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:eu-west-1:${local.account}:log-group:*" } }
    }
  }
}
