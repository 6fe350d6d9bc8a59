# Who did what: one trail, who is told when a key is in danger, and Config.

resource "aws_cloudtrail" "main" {
  name                       = "platform"
  s3_bucket_name             = module.trail.id
  kms_key_id                 = module.audit_key.arn
  is_multi_region_trail      = true
  enable_log_file_validation = true
  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.trail.arn}:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam::${local.account}:role/trail"

  event_selector {
    data_resource {
      type   = "AWS::DynamoDB::Table"
      values = ["arn:aws:dynamodb"]
    }

    data_resource {
      type   = "AWS::S3::Object"
      values = ["arn:aws:s3"]
    }

    data_resource {
      type   = "AWS::Lambda::Function"
      values = ["arn:aws:lambda"]
    }
  }
}

resource "aws_cloudwatch_log_group" "trail" {
  name              = "/platform/trail"
  retention_in_days = 400
  kms_key_id        = module.audit_key.arn
}

resource "aws_cloudwatch_event_rule" "keys" {
  name = "platform-keys"
  event_pattern = jsonencode({
    source = ["aws.kms"]
    detail = { eventName = ["DisableKey", "ScheduleKeyDeletion"] }
  })
}

resource "aws_config_configuration_recorder" "main" {
  name     = "platform"
  role_arn = "arn:aws:iam::${local.account}:role/config"

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
