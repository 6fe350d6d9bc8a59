# A key for each kind of data.

data "aws_caller_identity" "current" {}

locals {
  account = data.aws_caller_identity.current.account_id
  region  = "eu-west-1"
}

module "objects" {
  source = "./key"
  name   = "objects"
  roles  = [aws_iam_role.billing.arn]
  via    = ["s3"]
  services = {
    "cloudfront.amazonaws.com" = {
      actions   = ["kms:Decrypt"]
      condition = { StringEquals = { "aws:SourceArn" = aws_cloudfront_distribution.frontend.arn } }
    }
  }
}

module "tables" {
  source = "./key"
  name   = "tables"
  roles  = [aws_iam_role.billing.arn]
  via    = ["dynamodb"]
}

module "secrets" {
  source = "./key"
  name   = "secrets"
  roles  = [aws_iam_role.billing.arn]
  via    = ["secretsmanager", "ssm"]
}

module "functions" {
  source = "./key"
  name   = "functions"
  roles  = [aws_iam_role.billing.arn]
  via    = ["lambda"]
}

module "dashboards" {
  source = "./key"
  name   = "dashboards"
  roles  = ["arn:aws:iam::${local.account}:role/dashboards"]
  via    = ["quicksight"]
}

module "agent" {
  source = "./key"
  name   = "agent"
  roles  = [aws_iam_role.agent.arn]
  via    = ["bedrock"]
}

module "logs" {
  source = "./key"
  name   = "logs"
  services = {
    "logs.eu-west-1.amazonaws.com" = {
      actions   = ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey*", "kms:DescribeKey"]
      condition = { ArnLike = { "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:${local.region}:${local.account}:log-group:/finops/*" } }
    }
    "cloudtrail.amazonaws.com" = {
      actions = ["kms:GenerateDataKey*", "kms:Decrypt"]
      condition = {
        StringEquals = { "aws:SourceArn" = "arn:aws:cloudtrail:${local.region}:${local.account}:trail/finops" }
        StringLike   = { "kms:EncryptionContext:aws:cloudtrail:arn" = "arn:aws:cloudtrail:*:${local.account}:trail/*" }
      }
    }
  }
}
