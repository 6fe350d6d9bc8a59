# Who used which key: a trail with an alarm, and Config for the settings.

resource "aws_cloudwatch_log_group" "trail" {
  name              = "/finops/trail"
  retention_in_days = 400
  kms_key_id        = module.logs.arn
}

# The audit account owns the bucket.
resource "aws_cloudtrail" "main" {
  name                       = "finops"
  s3_bucket_name             = "finops-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = module.logs.arn
  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.trail.arn}:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam::111122223333:role/trail"

  event_selector {
    data_resource {
      type   = "AWS::S3::Object"
      values = ["arn:aws:s3"]
    }

    data_resource {
      type   = "AWS::DynamoDB::Table"
      values = ["arn:aws:dynamodb"]
    }
  }
}

resource "aws_cloudwatch_event_rule" "keys" {
  name = "finops-keys"
  event_pattern = jsonencode({
    source = ["aws.kms"]
    detail = { eventName = ["DisableKey", "ScheduleKeyDeletion"] }
  })
}

resource "aws_config_configuration_recorder" "main" {
  name     = "finops"
  role_arn = "arn:aws:iam::111122223333:role/config"

  recording_group {
    all_supported                 = true
    include_global_resource_types = true
  }
}

resource "aws_config_config_rule" "buckets" {
  name = "buckets-encrypted"

  source {
    owner             = "AWS"
    source_identifier = "S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED"
  }
}
