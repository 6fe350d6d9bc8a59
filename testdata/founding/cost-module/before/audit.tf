# Who changes budgets, roles and buckets.

resource "aws_cloudtrail" "costs" {
  name                       = "costs"
  s3_bucket_name             = "costs-audit"
  is_multi_region_trail      = false
  enable_log_file_validation = true
}

resource "aws_config_configuration_recorder" "costs" {
  name     = "costs"
  role_arn = "arn:aws:iam::111122223333:role/config"

  recording_group {
    all_supported  = false
    resource_types = ["AWS::S3::Bucket", "AWS::IAM::Role"]
  }
}
