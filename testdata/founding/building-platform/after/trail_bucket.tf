# Where the trail is written, for a year and a month; each reading of it is written down elsewhere.

module "trail" {
  source      = "./modules/bucket"
  name        = "platform-trail"
  kms_key_arn = module.audit_key.arn
  statements = [
    {
      Sid       = "TrailAsks"
      Effect    = "Allow"
      Principal = { Service = "cloudtrail.amazonaws.com" }
      Action    = "s3:GetBucketAcl"
      Resource  = "arn:aws:s3:::platform-trail"
      Condition = { StringEquals = { "aws:SourceArn" = "arn:aws:cloudtrail:eu-west-1:${local.account}:trail/platform" } }
    },
    {
      Sid       = "TrailWrites"
      Effect    = "Allow"
      Principal = { Service = "cloudtrail.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "arn:aws:s3:::platform-trail/*"
      Condition = { StringEquals = { "aws:SourceArn" = "arn:aws:cloudtrail:eu-west-1:${local.account}:trail/platform" } }
    },
  ]
}

resource "aws_s3_bucket_lifecycle_configuration" "trail" {
  bucket = module.trail.id

  rule {
    id     = "old"
    status = "Enabled"

    expiration {
      days = 400
    }
  }
}

# The access logs lie in the bucket of the log account.
resource "aws_s3_bucket_logging" "trail" {
  bucket        = module.trail.id
  target_bucket = "platform-access-logs"
  target_prefix = "trail/"
}
