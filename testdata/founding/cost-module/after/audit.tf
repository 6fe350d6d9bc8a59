# Who changes budgets, roles and buckets, and who is told when the key is in danger.

resource "aws_cloudtrail" "costs" {
  name                       = "costs"
  s3_bucket_name             = "costs-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = module.key.arn
  cloud_watch_logs_group_arn = "arn:aws:logs:eu-west-1:111122223333:log-group:costs-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam::111122223333:role/trail"

  event_selector {
    data_resource {
      type   = "AWS::S3::Object"
      values = ["arn:aws:s3"]
    }
  }
}

resource "aws_cloudwatch_event_rule" "keys" {
  name = "costs-keys"
  event_pattern = jsonencode({
    source = ["aws.kms"]
    detail = { eventName = ["DisableKey", "ScheduleKeyDeletion"] }
  })
}

resource "aws_config_configuration_recorder" "costs" {
  name     = "costs"
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
