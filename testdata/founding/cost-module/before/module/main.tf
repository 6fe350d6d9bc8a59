variable "name" {
  type = string
}

variable "enable_kms_encryption" {
  type    = bool
  default = false
}

variable "kms_key_arn" {
  type    = string
  default = null
}

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

resource "aws_s3_bucket_policy" "reports" {
  bucket = aws_s3_bucket.reports.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "BillingReports"
      Effect    = "Allow"
      Principal = { Service = "billingreports.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "${aws_s3_bucket.reports.arn}/*"
    }]
  })
}

resource "aws_sns_topic" "budget" {
  name              = "${var.name}-budget"
  kms_master_key_id = var.kms_key_arn
}
