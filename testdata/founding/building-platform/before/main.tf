# Tables under a key, a trail in a bucket, logs for ninety days.

resource "aws_kms_key" "tables" {
  description             = "tables"
  enable_key_rotation     = true
  deletion_window_in_days = 7
}

resource "aws_kms_alias" "tables" {
  name          = "alias/platform-tables"
  target_key_id = aws_kms_key.tables.key_id
}

locals {
  tables = ["connections", "missions", "elevators"]
}

resource "aws_dynamodb_table" "this" {
  for_each = toset(local.tables)

  name         = "platform-${each.key}"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.tables.arn
  }

  point_in_time_recovery {
    enabled = each.key != "elevators"
  }
}

resource "aws_s3_bucket" "trail" {
  bucket = "platform-trail"
}

resource "aws_cloudtrail" "main" {
  name                       = "platform"
  s3_bucket_name             = aws_s3_bucket.trail.id
  is_multi_region_trail      = false
  enable_log_file_validation = false
}

resource "aws_cloudwatch_log_group" "functions" {
  name = "/aws/lambda/platform"
}
