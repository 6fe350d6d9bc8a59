# Who delivers and who reads, and what nobody may do.

locals {
  own = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }

  deliveries = [for sid, service in { CostReports = "billingreports", DataExports = "bcm-data-exports" } : {
    Sid       = sid
    Effect    = "Allow"
    Principal = { Service = "${service}.amazonaws.com" }
    Action    = "s3:PutObject"
    Resource  = "${aws_s3_bucket.reports.arn}/*"
    Condition = local.own
  }]

  finance = {
    Sid       = "Finance"
    Effect    = "Allow"
    Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:role/finance" }
    Action    = "s3:GetObject"
    Resource  = "${aws_s3_bucket.reports.arn}/*"
  }

  readers = var.reader_account == null ? [] : [{
    Sid       = "Readers"
    Effect    = "Allow"
    Principal = { AWS = "arn:aws:iam::${var.reader_account}:role/cost-reader" }
    Action    = "s3:GetObject"
    Resource  = "${aws_s3_bucket.reports.arn}/*"
    Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }
  }]

  both = [aws_s3_bucket.reports.arn, "${aws_s3_bucket.reports.arn}/*"]

  denials = [
    {
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = local.both
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    },
    {
      Sid       = "Tls12"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = local.both
      Condition = { NumericLessThan = { "s3:TlsVersion" = "1.2" } }
    },
    {
      Sid       = "OwnKeyOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:PutObject"
      Resource  = "${aws_s3_bucket.reports.arn}/*"
      Condition = {
        StringNotEquals = { "s3:x-amz-server-side-encryption-aws-kms-key-id" = var.kms_key_arn }
        Null            = { "s3:x-amz-server-side-encryption-aws-kms-key-id" = "false" }
      }
    },
  ]
}

resource "aws_s3_bucket_policy" "reports" {
  bucket = aws_s3_bucket.reports.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat(local.deliveries, [local.finance], local.readers, local.denials)
  })
}
