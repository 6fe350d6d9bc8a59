# Who did what: two trails, their bucket, and Config.

resource "aws_s3_bucket" "trail" {
  bucket = "platform-trail"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "trail" {
  bucket = aws_s3_bucket.trail.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "trail" {
  bucket = aws_s3_bucket.trail.id

  rule {
    id     = "old"
    status = "Enabled"

    expiration {
      days = 90
    }
  }
}

resource "aws_cloudtrail" "main" {
  name                          = "platform"
  s3_bucket_name                = aws_s3_bucket.trail.id
  kms_key_id                    = aws_kms_key.buckets.arn
  is_multi_region_trail         = false
  include_global_service_events = false
  enable_log_file_validation    = false

  event_selector {
    read_write_type = "WriteOnly"
  }
}

resource "aws_cloudtrail" "tables" {
  name                       = "platform-tables"
  s3_bucket_name             = aws_s3_bucket.trail.id
  enable_logging             = false
  is_multi_region_trail      = true
  enable_log_file_validation = true

  event_selector {
    include_management_events = false

    data_resource {
      type   = "AWS::DynamoDB::Table"
      values = ["arn:aws:dynamodb"]
    }
  }
}

resource "aws_config_configuration_recorder" "main" {
  name     = "platform"
  role_arn = "arn:aws:iam::111122223333:role/config"

  recording_group {
    all_supported  = false
    resource_types = ["AWS::DynamoDB::Table"]
  }
}
