# The bucket into which AWS delivers cost reports.

data "aws_caller_identity" "current" {}

resource "aws_s3_bucket" "reports" {
  bucket = var.name
}

resource "aws_s3_bucket_server_side_encryption_configuration" "reports" {
  bucket = aws_s3_bucket.reports.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = var.enable_kms_encryption ? "aws:kms" : "AES256"
      kms_master_key_id = var.enable_kms_encryption ? var.kms_key_arn : null
    }
  }
}

resource "aws_s3_bucket_public_access_block" "reports" {
  bucket                  = aws_s3_bucket.reports.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "reports" {
  bucket = aws_s3_bucket.reports.id

  rule {
    object_ownership = "ObjectWriter"
  }
}

resource "aws_s3_bucket_policy" "reports" {
  bucket = aws_s3_bucket.reports.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          Sid       = "CostReports"
          Effect    = "Allow"
          Principal = { Service = "billingreports.amazonaws.com" }
          Action    = "s3:PutObject"
          Resource  = "${aws_s3_bucket.reports.arn}/*"
        },
        {
          Sid       = "DataExports"
          Effect    = "Allow"
          Principal = { Service = "bcm-data-exports.amazonaws.com" }
          Action    = "s3:PutObject"
          Resource  = "${aws_s3_bucket.reports.arn}/*"
        },
        {
          Sid       = "Finance"
          Effect    = "Allow"
          Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:role/finance" }
          Action    = "s3:GetObject"
          Resource  = "${aws_s3_bucket.reports.arn}/*"
        },
      ],
      var.reader_account == null ? [] : [{
        Sid       = "Readers"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${var.reader_account}:root" }
        Action    = "s3:GetObject"
        Resource  = "${aws_s3_bucket.reports.arn}/*"
      }]
    )
  })
}
