# Three keys: for tables, for buckets, for secrets.

resource "aws_kms_key" "tables" {
  description             = "tables"
  enable_key_rotation     = true
  rotation_period_in_days = 730
  policy                  = data.aws_iam_policy_document.key.json
}

resource "aws_kms_alias" "tables" {
  name          = "alias/platform-tables"
  target_key_id = aws_kms_key.tables.key_id
}

resource "aws_kms_key" "buckets" {
  description             = "buckets"
  enable_key_rotation     = true
  deletion_window_in_days = 7
  policy                  = data.aws_iam_policy_document.key.json
}

resource "aws_kms_alias" "buckets" {
  name          = "alias/platform-buckets"
  target_key_id = aws_kms_key.buckets.key_id
}

resource "aws_kms_key" "secrets" {
  description = "secrets"
}

data "aws_iam_policy_document" "key" {
  statement {
    sid       = "Account"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::111122223333:root"]
    }
  }

  statement {
    sid       = "Services"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["dynamodb.amazonaws.com", "sns.amazonaws.com"]
    }
  }

  # The deputy may be any resource of any account.
  statement {
    sid       = "Mail"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["ses.amazonaws.com"]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["arn:aws:ses:*:*:receipt-rule-set/*"]
    }
  }
}
