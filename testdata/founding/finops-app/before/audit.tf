# Who used which key: a trail, and Config for the settings.

resource "aws_cloudtrail" "main" {
  name                       = "finops"
  s3_bucket_name             = "finops-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = true

  event_selector {
    exclude_management_event_sources = ["kms.amazonaws.com"]
  }
}

resource "aws_config_configuration_recorder" "main" {
  name     = "finops"
  role_arn = "arn:aws:iam::111122223333:role/config"

  recording_group {
    all_supported  = false
    resource_types = ["AWS::S3::Bucket"]
  }
}
