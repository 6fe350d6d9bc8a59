# Cost exports that the dashboards read. Partners may upload under keys that they bring themselves.

resource "aws_s3_bucket" "exports" {
  bucket = "finops-exports"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "exports" {
  bucket = aws_s3_bucket.exports.id

  rule {
    blocked_encryption_types = ["NONE"]

    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}
